import { withoutQuotation } from '../fragment/quotation.js';
import { crashLine } from './crash-line.js';
import { withDataBytes } from './data-bytes.js';
import { reportSignature } from './error-report.js';
import { eventSentences } from './event-sentences.js';
import { findNamedEvents, type NamedEvent } from './named-events.js';
import { shortProvider, type WindowsEvent } from './windows-event.js';

/** Events are looked for in windows of so many characters, because the patterns look far; each begins in the middle of the last. */
const windowLength = 32_000;
/** A longer text is no paste. */
const longestBareText = 1024 * 1024;

/** More events are not copied without their heads. */
const mostBareEvents = 20;

/** Messages by which an event is known without its head, where only the text was copied. */
const bareMessages: readonly { provider: string; id?: number; begins: RegExp }[] = [
  {
    provider: 'ASP.NET',
    id: 1309,
    begins: /^[^\n:：]{2,40}[:：] ?(?:3[01]\d\d|4\d\d\d|1\d\d\d\d\d) *\n[^\n]{1,300}\n[^\n]{0,200}\d[/.:]\d/m,
  },
  { provider: 'IIS AspNetCore Module', begins: /\bprocess was created with commandline ['"]/i },
  { provider: 'IIS AspNetCore Module', begins: /^.{0,40}'\/?(?:MACHINE\/WEBROOT\/APPHOST|LM\/W3SVC)\/[^'\n]{0,300}'/m },
  {
    provider: 'Application Error',
    id: 1000,
    // A mail or a forum may have wrapped the line before its time stamp.
    begins:
      /^[^\n:：]{4,60}[:：] ?[\w .-]{1,60}\.exe, [^\n]{0,300}\n(?:[^\n:：]{1,80}\n)?[^\n:：]{4,60}[:：] ?[^\n,]{1,80}, /m,
  },
  // Server 2008 R2 and older write it in one line.
  { provider: 'Application Error', id: 1000, begins: crashLine },
  {
    provider: '.NET Runtime',
    id: 1023,
    begins: /^[^\n:：]{4,30}[:：] ?[\w .-]{1,60}\.exe\n[^\n]{0,200}\bv?\d{1,5}\.\d{1,5}[\s\S]{0,400}?\b80131506\b/m,
  },
  {
    provider: '.NET Runtime',
    id: 1026,
    begins: /^[^\n:：]{4,30}[:：] ?[\w .-]{1,60}\.exe\n[^\n]{0,200}\bv?\d{1,5}\.\d{1,5}/m,
  },
  // The address of the article about this event is in its text in every language.
  {
    provider: 'Microsoft-Windows-IIS-W3SVC-WP',
    id: 2282,
    begins: /^[^\n]{0,60}(?:[A-Za-z]:|%)[^\n]{1,240}\.dll\b[^\n]{0,600}LinkId=29349/im,
  },
  { provider: 'Windows Error Reporting', id: 1001, begins: reportSignature },
  // Who lost a right: the number stands in a heading of the writer's own, or the English labels tell.
  {
    provider: 'Microsoft-Windows-Security-Auditing',
    id: 4705,
    begins:
      /^(?:[^\n]{0,120}\b4705\b[^\n]{0,200}\n[\s\S]{0,1200}?|\s{0,8}Subject:[\s\S]{0,900}?\bRemoved Right:[\s\S]{0,80}?)\bSeImpersonatePrivilege\b/m,
  },
  // Two codes one below the other, Status and Sub Status: labels are translated, NTSTATUS codes of logons are not. The
  // logon type is some lines above.
  {
    provider: 'Microsoft-Windows-Security-Auditing',
    id: 4625,
    begins:
      /(?:^[^\n:：]{4,60}[:：][ \t]{0,8}\d{1,2}[ \t]*\n[\s\S]{0,800}?)?^[^\n:：]{4,60}[:：]\s{0,8}0xC000[0-9A-F]{4}\s{0,4}\n[^\n:：]{4,60}[:：]\s{0,8}0x(?:0|C000[0-9A-F]{4})\s{0,4}$/im,
  },
];

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
      // What begins later stands whole in the next window; what stands below a heading was told with it.
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
function findIn(unix: string): (NamedEvent | Pick<NamedEvent, 'from' | 'event'>)[] {
  const named = findNamedEvents(unix);
  const bare = findByWords(unix).filter(({ from, event }) => !named.some((one) => tellsSame(one, from, event)));
  return [...named, ...bare].sort((a, b) => a.from - b.from);
}

/** True when a heading names the event whose words are below it; words of an event that was not named stay one of their own. */
function tellsSame({ from, to, event: named }: NamedEvent, at: number, event: WindowsEvent): boolean {
  if (at < from || at >= to) return false;
  return (
    event.id === undefined || named.id === event.id || shortProvider(named.provider) === shortProvider(event.provider)
  );
}

function findByWords(unix: string): Pick<NamedEvent, 'from' | 'event'>[] {
  const found = [...eventSentences, ...bareMessages]
    .flatMap(({ provider, id, begins }) =>
      [...unix.matchAll(new RegExp(begins, `${begins.flags}g`))].map((match) => ({ provider, id, at: match.index })),
    )
    .sort((a, b) => a.at - b.at)
    .filter((event, i, all) => i === 0 || event.at > all[i - 1]!.at);
  return found.map(({ provider, id, at }, i) => {
    const message = messageAt(unix.slice(at, found[i + 1]?.at).trimEnd(), provider, quotedAt(unix, at));
    return { from: at, event: { number: 0, id, provider, data: new Map(), plain: [], message, headless: true } };
  });
}

/** True for words that are in quotes within a sentence. */
function quotedAt(text: string, at: number): boolean {
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
