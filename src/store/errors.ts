import { OperatorError } from '../service/operator-error.js';

/** Keeps the engine from starting: one sentence with the setting, what is wrong and what to do. */
export class EngineError extends OperatorError {
  override readonly name = 'EngineError';
}
