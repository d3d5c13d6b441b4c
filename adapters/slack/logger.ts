import { type Logger, LogLevel } from '@slack/bolt';
import type { SlackLog } from './log.js';

/**
 * Returns a logger for Bolt that passes on warnings and errors. Debug and info lines contain message bodies, so they are
 * dropped; of errors only Bolt's own words are logged.
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
