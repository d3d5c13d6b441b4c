import type { WindowsEvent } from '../windows-event.js';
import { isKnownProvider } from './event-text.js';

/**
 * Provider and number as people name an event above its text: `Error 5002 – WAS`, `Event 5002, WAS`, `WAS 5002: …`,
 * `event id 5002 from source WAS:`. The level is a word of any language.
 */
const provider = String.raw`((?:Microsoft-Windows-)?[A-Z.][\w.-]{1,40}(?: [A-Z][A-Za-z]{2,12}){0,3}(?: \d\.[\d.]{1,14})?)`;
const number = String.raw`#?(\d{2,5})`;
const named: readonly { pattern: RegExp; provider: number; id: number }[] = [
  // What is before the number is a level or the word for event; what is behind it leads to the source.
  {
    pattern: new RegExp(
      String.raw`(?:^|\s)\p{L}[\p{L}-]{1,14}(?: ?[Ii][Dd])?:? {0,2}${number}\)?,? {0,2}(?:[-–—,(]|(?:\p{L}{2,6} )?\p{L}{2,8}:?) {0,2}${provider}\)? {0,2}(?:(?:[:：]|\.(?!\d)) {0,2}|$)`,
      'u',
    ),
    provider: 2,
    id: 1,
  },
  {
    pattern: new RegExp(
      String.raw`^[\s>*•-]{0,8}(?:\d{1,2}[.)] )?${provider},? {0,2}(?:[-–—(] ?)?(?:\p{L}{4,9}(?:[ -]?[Ii][Dd])?:? )?${number}\)? {0,2}(?:[:：–—-] {0,2}|$)`,
      'u',
    ),
    provider: 1,
    id: 2,
  },
];

/** A heading is short; the text of an event behind it may be long. In characters. */
const longestHeading = 160;
/** Shorter words below a heading are not an event's text. In characters. */
const shortestText = 20;
const mostNamed = 40;

/** An event that a heading names, with the place of its text. */
export interface HeadedEvent {
  from: number;
  to: number;
  event: WindowsEvent;
}

/** Returns the events that a text names by provider and number, each with the words that follow in its line or below it. */
export function findNamedEvents(text: string): HeadedEvent[] {
  const lines = text.split('\n');
  // One line is a question as often as an event; there the provider's own words decide.
  if (lines.filter((line) => line.trim() !== '').length < 2) return [];
  const starts: number[] = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length + 1;
  }
  const heads = lines.map(headIn);
  const found: HeadedEvent[] = [];
  for (const [i, head] of heads.entries()) {
    if (!head || found.length >= mostNamed) continue;
    let end = i + 1;
    // An empty line may part the heading from its text.
    if (head.rest === '' && lines[end]?.trim() === '') end++;
    while (end < lines.length && lines[end]!.trim() !== '' && !heads[end]) end++;
    const message = [head.rest, ...lines.slice(i + 1, end)].join('\n').trim();
    if (message.length < shortestText || /\?\s*$/.test(message.split('\n', 1)[0]!)) continue;
    found.push({
      from: starts[i]!,
      to: starts[end] ?? text.length,
      event: {
        number: 0,
        id: head.id,
        provider: head.provider,
        data: new Map(),
        plain: [],
        message,
      },
    });
  }
  return found;
}

function headIn(line: string): { provider: string; id: number; rest: string } | undefined {
  const whole = line.trimEnd();
  // A heading that goes on does not end where it is cut: half a version is none.
  const front = whole.length > longestHeading ? `${whole.slice(0, longestHeading)}…` : whole;
  // A log and a number: `Security log 4625`.
  const bare = front.replace(/^([\s>*•-]{0,8}(?:System|Application|Security)) log(?= #?\d)/i, '$1');
  const cut = front.length - bare.length;
  const log = /^[\s>*•-]{0,8}(?:System|Application|Security)(?: log)?(?: ?[/|,·>] ?| - )(?=\S)/i.exec(bare)?.[0] ?? '';
  for (const { pattern, provider, id } of named) {
    const hit = pattern.exec(bare.slice(log.length));
    const source = hit && providerNamed(hit[provider]!.trim(), Number(hit[id]));
    if (!hit || !source) continue;
    const rest = line.slice(cut + log.length + hit.index + hit[0].length).trim();
    return { provider: source, id: Number(hit[id]), rest };
  }
  return undefined;
}

/** People name the Security log where its one provider is meant. */
function providerNamed(name: string, id: number): string | undefined {
  if (/^security(?: (?:log|event))?$/i.test(name)) return id >= 4600 && id < 4800 ? 'Security' : undefined;
  return isKnownProvider(name) ? name : undefined;
}
