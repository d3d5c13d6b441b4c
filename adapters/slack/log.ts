/** The door's log. Lines hold facts and codes, never content. */
export interface SlackLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}
