import { type Logger, LogLevel } from '@slack/bolt';
import type { SlackLog } from './log.js';

/**
 * Returns a logger for Bolt that passes on warnings and errors. Debug and info lines contain message bodies and are dropped.
 * Of each line only Bolt's first words are logged.
 */
export function createBoltLogger(log: SlackLog): Logger {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...words) => log.warn({ from: 'bolt' }, firstWords(words)),
    error: (...words) => log.error({ from: 'bolt' }, firstWords(words)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}

function firstWords(words: unknown[]): string {
  return String(words.find((word) => typeof word === 'string') ?? 'something failed in Bolt').slice(0, 200);
}
