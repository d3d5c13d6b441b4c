import { type Logger, LogLevel } from '@slack/bolt';
import type { SlackLog } from './log.js';

/**
 * Bolt's log, reduced to what is worth waking somebody for. Debug and info lines of Bolt contain message bodies, so they
 * go nowhere; of errors only the words Bolt itself wrote are kept.
 */
export function createBoltLogger(log: SlackLog): Logger {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...words) => log.warn({ from: 'bolt' }, sentence(words)),
    error: (...words) => log.error({ from: 'bolt' }, sentence(words)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}

function sentence(words: unknown[]): string {
  return String(words.find((word) => typeof word === 'string') ?? 'something failed in Bolt').slice(0, 200);
}
