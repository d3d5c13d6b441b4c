import { isPoolName } from '../../vocabulary/identifiers.js';
import { fieldOf, type WindowsEvent } from '../windows-event.js';

/** The pool of a WAS or W3SVC event: its own field, the first value that can be a pool, or where the sentence names it. */
export function poolIn(event: WindowsEvent): string | undefined {
  const words = (event.message ?? '').slice(0, 4000);
  const value = event.plain.find((v) => v !== '' && !/^(?:\d+|https?|net\.\w+|msmq\.\w+)$/.test(v));
  const name =
    fieldOf(event, ['AppPoolID', 'AppPoolId', 'AppPoolName', 'ApplicationPool']) ??
    value ??
    /\bapplication pool(?: with id)? ['"‘’“„]([^'"‘’“”\n]{1,64})['"‘’“”]/i.exec(words)?.[1] ??
    // "The application pool identity is invalid" speaks of the identity.
    /\bapplication pool (?!identity\b)([^'"\n]{1,64}?) (?:is|has|may|could|was)\b/i.exec(words)?.[1] ??
    // In other languages the sentence of these events quotes nothing else first.
    (firstQuoted.has(event.id ?? 0) ? /["'„“«「『]([^"'„“”»«」』\n]{1,64})["'“”»」』]/.exec(words)?.[1] : undefined);
  return name !== undefined && isPoolName(name) && !/\.(dll|config)$/i.test(name) ? name : undefined;
}

const firstQuoted = new Set([5002, 5009, 5010, 5011, 5012, 5013, 5021, 5057, 5059, 5117]);
