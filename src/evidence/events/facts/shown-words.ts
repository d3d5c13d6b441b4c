import { withoutDataBytes } from '../forms/data-bytes.js';
import { shortProvider, type WindowsEvent } from '../windows-event.js';
import type { EventFacts } from './event-facts.js';

/** Providers whose texts and values speak of pools, files and codes, never of people. */
const technical =
  /^(?:was|w3svc|w3svc-wp|httpevent|httpservice|httpplatformhandler|iis-configuration|iis aspnetcore module(?: v2)?|\.net runtime|application error|windows error reporting|schannel|scecli)$/;

/**
 * Returns the words of an event that may be shown. Other events list people below their first line, under labels in any language:
 * of them the first line counts, and of an ASP.NET event the exception, which has observations of its own.
 */
export function shownWords(event: WindowsEvent, facts: EventFacts): string {
  const provider = shortProvider(event.provider);
  if (provider === 'asp.net') return facts.exceptionMessage ? '' : (event.plain[1] ?? '');
  const words = technical.test(provider)
    ? withoutDataBytes(event.message ?? '') || event.plain.filter((value) => value.length > 1).join('; ')
    : sentenceOf(provider, firstSentence(event.message) ?? '');
  // What a program was started with is no matter of the event, and may hold anything; `.\name` is a local account, and Kerberos
  // names the account that holds a service name.
  return words
    .replace(/\b(command ?line) '[^'\n]{0,2000}'(?=(\w)?)/gi, (_, name, glued) => `${name} …${glued ? ' ' : ''}`)
    .replace(/(?<=[\s'"])\.\\[^\s'"]{1,64}/g, '…')
    .replace(/(?<=\berror from the server )\S{1,120}?(?=\.?(?:\s|$))/i, '…');
}

/** Returns the first line; where it ends with a colon, what it announces is in the next. */
function firstSentence(text: string | undefined): string | undefined {
  const [line = '', next = ''] = text?.split('\n', 2) ?? [];
  return (
    (/(?:error|following)[^:]{0,20}:\s*$/i.test(line) ? `${line.trim()} ${next.trim()}` : line.trim()) || undefined
  );
}

/** Fields of a logon that people put into one line name its account; a whole sentence of Windows names none. */
function sentenceOf(provider: string, line: string): string {
  return provider !== 'security-auditing' || /^[^:：\d\\@]{10,300}$/.test(line) ? line : '';
}
