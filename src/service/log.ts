import { type Logger, pino } from 'pino';
import type { Config } from './config.js';

export type { Logger } from 'pino';

/** Field names under which an SDK may pass a secret or a person; their values are never written, at any level. */
const redact = [
  'token',
  'authorization',
  'password',
  'secret',
  'cookie',
  'text',
  'user',
  'email',
  'url',
  'downloadUrl',
];

/**
 * Creates the operator's log: one JSON object per line on standard error, because standard output carries answers.
 * Only event names, codes, counts and ids are logged; the redaction list guards against what an SDK passes.
 */
export function createLog(level: Config['logLevel'], destination: NodeJS.WritableStream = process.stderr): Logger {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: redact.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '(withheld)' },
    },
    destination,
  );
}
