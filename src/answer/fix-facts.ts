import type { FactLookup } from './wording.js';

/** The facts of a case, for commands, the texts to forward and the script. */
export interface FixFacts {
  pool?: string | undefined;
  server?: string | undefined;
  gpo?: string | undefined;
  /** The list as it should become: every present holder and the missing ones. */
  line?: string | undefined;
  /** What was seen of the failure, in sentences. */
  seen?: string | undefined;
  /** Present holders as the evidence lists them. */
  holders?: readonly string[];
}

/** Returns what fills the braces of a recipe; an empty fact counts as unknown. */
export function fixFactLookup(facts: FixFacts): FactLookup {
  const known: Record<string, string | undefined> = {
    pool: facts.pool,
    server: facts.server,
    gpo: facts.gpo,
    line: facts.line,
    seen: facts.seen,
  };
  return (name) => (known[name] === '' ? undefined : known[name]);
}
