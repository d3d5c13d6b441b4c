/** The door's log. Lines hold facts and codes, never content. */
export interface TeamsLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}
