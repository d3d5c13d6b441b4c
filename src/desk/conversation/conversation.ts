import type { CasePlace } from '../cases/case-place.js';
import type { Door } from '../ports/door.js';
import { CatalogueError } from '../ports/errors.js';
import type { ThreadState } from '../ports/store.js';
import type { Spender } from '../quotas.js';

/** Tells whether a person may use the command of this name. */
export type Permits = (command: string) => Promise<boolean>;

/** The conversation that a message or a call is part of. */
export interface Conversation extends CasePlace {
  /** The accounts whose quotas pay for reading; absent for calls on this machine. */
  spender?: Spender | undefined;
  /** What the store knows about the thread, read once for this message or call. */
  state: ThreadState | undefined;
  /** True where I also hear what is not addressed to me. */
  chat: boolean;
  /** It is in no thread of the chat. */
  alone?: true | undefined;
  /** Every command may be used when absent. */
  permits?: Permits | undefined;
  /** Reads the thread's earlier files again, those this process does not hold. Absent where no door can fetch them. */
  recall?(): Promise<void>;
}

/** Returns the permissions of a person behind a door. Page and terminal restrict nothing: their user may do everything. */
export function permissionsOf(
  door: Pick<Door, 'permits'> | undefined,
  person: { tenant: string; who: string },
): Permits | undefined {
  const { tenant, who } = person;
  return door?.permits && ((command) => door.permits?.(command, { tenant, who }) ?? Promise.resolve(true));
}

/**
 * Checks that a command may be used. This is the only check of commands for administrators; it runs just before the command,
 * with the name of the command that will run.
 * @throws CatalogueError `not-allowed`
 */
export async function requirePermission(command: string, permits: Permits | undefined): Promise<void> {
  if (!permits || (await permits(command))) return;
  throw new CatalogueError('not-allowed', { what: `the command ${command}: it is for administrators` });
}
