import { type Logger, pino } from 'pino';
import type { Config } from './config.js';

export type { Logger } from 'pino';

/** Names under which an SDK could hand us a secret or a person; never written, whatever the level. */
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
 * The operator's log: one JSON object a line on standard error, so that standard output stays the answer's.
 * Only event names, codes, counts and ids are logged; the redaction list is the second fence.
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
