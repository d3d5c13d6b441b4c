import type { JudgedReading } from '../judged-reading.js';

/** True for the token of a worker process, in contrast to that of a console. */
export function isWorkerToken({ facts }: JudgedReading): boolean {
  return facts.text('token.whose') === 'worker';
}

/** True for the token of a worker process that does not hold the right. */
export function lacksRightInToken(file: JudgedReading): boolean {
  return isWorkerToken(file) && file.facts.flag('token.has-right') === false;
}
