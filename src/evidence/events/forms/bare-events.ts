import { withoutQuotation } from '../../fragment/quotation.js';
import { shortProvider, type WindowsEvent } from '../windows-event.js';
import { bareMessages } from './bare-messages.js';
import { withDataBytes } from './data-bytes.js';
import { readEventTime } from './event-time.js';
import { findNamedEvents, type HeadedEvent } from './named-events.js';

/** Characters of a window in which events are searched, because the patterns look far. Each window begins in the middle of the one before. */
const windowLength = 32_000;
/** A longer text is not a paste. */
const longestBareText = 1024 * 1024;

/** Most events in one paste without their heads. */
const mostBareEvents = 20;

/**
 * Returns the events that were copied without their heads, in the order of the text: named by provider and number in a heading
 * of the writer's own, or known by the provider's own words.
 */
export function findBareEvents(text: string): WindowsEvent[] {
  const unix = withoutQuotation(text.slice(0, longestBareText).replace(/\r\n?/g, '\n'))
    // Bold type of a forum around a path or a name.
    .replace(/\*\*(?=\S)([^*\n]{1,200})(?<=\S)\*\*/g, '$1')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
  const found: WindowsEvent[] = [];
  let told = 0;
  for (const { from, end, text: part } of windowsOf(unix)) {
    for (const one of findIn(part)) {
      const at = from + one.from;
      // What begins later stands whole in the next window; what is below a heading was told with it.
      if (at >= end || at < told || found.length === mostBareEvents) continue;
      found.push(one.event);
      told = 'to' in one ? from + one.to : at + 1;
    }
  }
  return found.map((event, i) => withDataBytes({ ...event, number: i + 1 }));
}

/** Windows over a text, each with its place, and with the place of the next one: at the start of a line where there is one. */
function* windowsOf(text: string): Generator<{ from: number; end: number; text: string }> {
  let from = 0;
  while (from < text.length) {
    const most = from + windowLength;
    const line = text.indexOf('\n', from + windowLength / 2) + 1;
    const end = most >= text.length ? text.length : line > 0 && line < most ? line : most;
    yield { from, end, text: text.slice(from, most) };
    from = end;
  }
}

/** Returns the events of one window in the order of their places. */
function findIn(unix: string): (HeadedEvent | Pick<HeadedEvent, 'from' | 'event'>)[] {
  const named = findNamedEvents(unix);
  const bare = findByWords(unix).filter(({ from, event }) => !named.some((one) => tellsSame(one, from, event)));
  return [...named, ...bare].sort((a, b) => a.from - b.from);
}

/** True when a heading names the event whose words are below it; words of an event that was not named stay one of their own. */
function tellsSame({ from, to, event: named }: HeadedEvent, at: number, event: WindowsEvent): boolean {
  if (at < from || at >= to) return false;
  return (
    event.id === undefined || named.id === event.id || shortProvider(named.provider) === shortProvider(event.provider)
  );
}

function findByWords(unix: string): Pick<HeadedEvent, 'from' | 'event'>[] {
  const found = bareMessages
    .filter(({ holds }) => holds === undefined || unix.includes(holds))
    .flatMap(({ provider, id, begins }) =>
      [...unix.matchAll(begins)].map((match) => ({ provider, id, at: match.index })),
    )
    .sort((a, b) => a.at - b.at)
    .filter((event, i, all) => i === 0 || event.at > all[i - 1]!.at);
  return found.map(({ provider, id, at }, i) => {
    const message = messageAt(unix.slice(at, found[i + 1]?.at).trimEnd(), provider, isQuotedAt(unix, at));
    const time = timeAbove(provider, unix.slice(Math.max(0, at - nearBefore, found[i - 1]?.at ?? 0), at), message);
    const event = { number: 0, id, provider, time, data: new Map(), plain: [], message, headless: true as const };
    return { from: at, event };
  });
}

/** The time of an event is in its first line, or so near above it. In characters. */
const nearBefore = 200;
const stamp =
  /(?<![\w.])\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:T|,?[ \t]{1,3})\d{1,2}:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[ \t]?[AaPp]\.?[Mm]\.?)?/g;

/** Returns the time of an event of the Security log without its own head, where one is in its first line or just above it. */
function timeAbove(provider: string, before: string, message: string): string | undefined {
  // What other programs write into their first line may be their own time.
  if (provider !== 'Microsoft-Windows-Security-Auditing') return undefined;
  const stamps = [before, message.split('\n', 1)[0]!].flatMap((text) => text.match(stamp) ?? []);
  return stamps.map(readEventTime).findLast((time) => time !== undefined);
}

/** True for words that are in quotes within a sentence. */
function isQuotedAt(text: string, at: number): boolean {
  return /["“„«]\s?$/.test(text.slice(Math.max(0, at - 2), at));
}

/** Events whose texts have empty lines in them; those of the others end at the first. */
const withEmptyLines = /^(?:ASP\.NET|\.NET Runtime|Windows Error Reporting|Microsoft-Windows-Security-Auditing)$/;

/** Time stamps and paths that were wrapped go back into their lines. */
function messageAt(text: string, provider: string, quoted: boolean): string {
  const end = withEmptyLines.test(provider) ? -1 : text.search(quoted ? /["”“»]|\n/ : /\n\s*\n/);
  const own =
    provider === 'Windows Error Reporting' ? text.search(/\n\s*(?:Attached files|These files|Analysis symbol)/) : end;
  const message = own < 0 ? text : text.slice(0, own);
  return provider === 'Application Error' ? message.replace(/\n(?=0x[0-9a-f]{8}\b|[A-Za-z]:\\)/gi, ' ') : message;
}
