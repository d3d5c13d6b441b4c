import { OperatorError } from '../service/operator-error.js';

/** Why the engine cannot start: one sentence with the setting, what is wrong and what to do. */
export class EngineError extends OperatorError {
  override readonly name = 'EngineError';
}
