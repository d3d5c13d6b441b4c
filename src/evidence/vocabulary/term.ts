/** How an observation's value is typed: a scalar, a closed set of words, or a list of strings. */
export interface Term {
  type: 'string' | 'number' | 'boolean' | 'list' | readonly string[];
  /** What the fact says, in one line; authors of cause cards read it in `knowledge/OBSERVATIONS.md`. */
  means: string;
}
