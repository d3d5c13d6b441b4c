import { shortProvider } from '../events/windows-event.js';
import type { Reading } from '../evidence.js';

/** Kinds whose readers read the exception that their text holds. */
const tellsFailure: ReadonlySet<Reading['kind']> = new Set(['error-page', 'event-export', 'application-log']);

/** Returns the readings of a text without those that say less of what another says too: a table of whoami is more than one of its rows. */
export function dropDoubles(found: Reading[]): Reading[] {
  const tables = found.some((r) => r.kind === 'token-listing');
  const windows = found.some((r) => r.kind === 'event-export');
  return found.filter(
    (r) =>
      !(r.form === 'whoami-row' && tables) &&
      !(r.form === 'freb-events' && windows) &&
      !(
        r.form === 'stack-trace' &&
        found.some((other) => other !== r && other.form !== 'error-message' && tellsFailure.has(other.kind))
      ) &&
      !(r.form === 'error-message' && found.length > 1) &&
      !(
        r.form === 'aspnetcore-stdout' && found.some((other) => other.kind === 'event-export' && quotesStdout(other))
      ) &&
      !(r.form === 'windows-event-message' && found.some((other) => other !== r && tellsSameEvents(other, r))),
  );
}

/** True for events of the ASP.NET Core Module: they hold what the application wrote to stdout before it ended. */
function quotesStdout({ observations }: Reading): boolean {
  return observations.some(({ name, value }) => name === 'event.provider' && /AspNetCore Module/i.test(String(value)));
}

/** True when the events of a text are in the other reading with their heads: same providers, or the same without a version. */
function tellsSameEvents(whole: Reading, text: Reading): boolean {
  if (whole.kind !== 'event-export' || whole.form === text.form) return false;
  const providers = (reading: Reading) =>
    reading.observations.filter((o) => o.name === 'event.provider').map((o) => shortProvider(String(o.value)));
  const known = providers(whole);
  return providers(text).every((one) => known.some((other) => other.startsWith(one)));
}
