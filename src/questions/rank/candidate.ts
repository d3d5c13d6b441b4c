/** An entry that may answer, with its statement. */
export interface Candidate {
  /** A topic, a cause, or one of the special entries of the model. */
  entry: string;
  /** The statement that was asked for; absent for the entry as a whole. */
  statement?: string;
  /** What may be meant as well, the likelier first; '' for the entry as a whole. */
  beside?: readonly string[];
  /** Share of the votes, 0 to 1; all candidates together have 1. */
  share: number;
}
