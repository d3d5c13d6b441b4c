import type { WindowsEvent } from '../windows-event.js';

/** Numbers that only one provider near IIS has: a person who writes `Event ID 5139` needs to name no source. */
const providersByNumber: readonly { from: number; to: number; provider: string }[] = [
  { from: 1026, to: 1026, provider: '.NET Runtime' },
  { from: 1309, to: 1310, provider: 'ASP.NET' },
  { from: 2214, to: 2307, provider: 'Microsoft-Windows-IIS-W3SVC-WP' },
  { from: 5001, to: 5215, provider: 'Microsoft-Windows-WAS' },
  { from: 15005, to: 15021, provider: 'Microsoft-Windows-HttpEvent' },
  { from: 36870, to: 36888, provider: 'Schannel' },
];

/** `Event ID 5139`, `Ereignis-ID: 5139`, `event 5139`: the word before ID is of any language. */
const numbered = /(?:\p{L}{2,12}[ -]?I[Dd]|\b[Ee]vents?(?: id)?)[.:]? {0,2}#?(\d{4,5})(?![\d.])/gu;

/** `WAS warnings 5021`, `Schannel 36874`: the source, a word or two, the number. */
const sourced =
  /\b(?:WAS|W3SVC-WP|Schannel|HttpEvent|\.NET Runtime|ASP\.NET)(?: \p{L}{3,12}){0,2}:? #?(\d{4,5})(?![\d.])/gu;

/** Most numbers in a post; more of them are a list. */
const mostNumbered = 6;

/** Returns the events that a text of several lines names by their number alone, each once. */
export function findNumberedEvents(text: string): WindowsEvent[] {
  if (text.split('\n').filter((line) => line.trim() !== '').length < 2) return [];
  const ids = new Set([numbered, sourced].flatMap((form) => [...text.matchAll(form)].map((found) => Number(found[1]))));
  const events = [...ids].flatMap((id) => {
    const known = providersByNumber.find(({ from, to }) => id >= from && id <= to);
    return known ? [{ id, provider: known.provider, data: new Map<string, string>(), plain: [] }] : [];
  });
  if (events.length > mostNumbered) return [];
  return events.map((event, i) => ({ ...event, number: i + 1, headless: true as const }));
}
