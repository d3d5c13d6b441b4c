/**
 * An error that the operator can fix: a wrong setting, a data directory in use, a token that a platform refuses.
 * The message is one sentence that names the setting, what is wrong and what to do; it is printed without a stack.
 */
export class OperatorError extends Error {}
