/** How an observation's value is typed: a scalar, a closed set of words, or a list of strings. */
export interface Term {
  type: 'string' | 'number' | 'boolean' | 'list' | readonly string[];
  /** What the fact says, in one line: shown to authors of cause cards when they name something that does not exist. */
  means: string;
}
