/** What keeps the engine from starting: one sentence with the setting, what is wrong and what to do. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}
