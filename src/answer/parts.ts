import type { DecisiveEvent, FileVerdict, RequestSummary } from '../diagnosis/report.js';
import { vocabulary } from '../evidence/vocabulary/index.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Action, Answer, EvidenceItem, Part, Source, Span, Text } from './answer.js';
import { moduleCodeLine, parseCode } from './codes.js';
import { countWords, daysOld, describeAge, describeDuration, formatUtc, joinTexts } from './wording.js';

/** Age in days from which a trace shows when it was recorded, because policies may have changed since. */
const oldAfterDays = 7;
/** Characters of a request line on the first screen. */
const urlShown = 160;

/**
 * `GET /path → 500 · pool Portal · WEB03 · 2026-06-08 19:53:49 UTC`; `alike` counts the logs that show the same. Undefined where
 * the evidence names neither a URL nor a status.
 */
export function requestPart(request: RequestSummary, now?: Date, alike = 1): Part | undefined {
  const what = clipText([request.verb, request.url && urlPath(request.url)].filter(Boolean).join(' '), urlShown);
  const rest: Span[][] = [];
  if (request.appPool) rest.push(['pool ', { strong: clipText(request.appPool, 80) }]);
  if (request.server) rest.push([clipText(request.server, 80)]);
  if (request.time) rest.push([formatUtc(request.time)]);
  if (request.timeTakenMs !== null && request.timeTakenMs >= 1000)
    rest.push([`took ${describeDuration(request.timeTakenMs)}`]);
  const days = daysOld(request.time, now);
  if (days !== undefined && days >= oldAfterDays) rest.push([{ strong: `recorded ${describeAge(days)} ago` }]);
  if (alike > 1) rest.push([{ strong: `and ${countWords(alike - 1, 'more log')} with the same fault` }]);
  const status = statusText(request);
  const head: Span[] = what ? [{ code: what }] : [];
  if (status) head.push(...(what ? [' → '] : []), { strong: status });
  const shown = [head, ...rest].filter((spans) => spans.length > 0);
  if (shown.length === 0) return undefined;
  return { kind: 'text', id: 'request', keep: 'always', text: joinTexts(shown, ' · ') };
}

/** Raw values shown at most, even behind "show more"; the rest is a number. */
const rawShown = 60;

/**
 * Every raw value the verdict rests on.
 * @param more what is left out besides
 */
export function listPart(items: EvidenceItem[], more?: string): Part | undefined {
  if (items.length === 0) return undefined;
  const hiddenCount = items.length - rawShown;
  const left = [...(hiddenCount > 0 ? [countWords(hiddenCount, 'more value')] : []), ...(more ? [more] : [])];
  const shown = left.length > 0 ? [...items.slice(0, rawShown), { value: `and ${left.join(' and ')}` }] : items;
  return { kind: 'evidence', id: 'evidence', heading: 'Evidence', keep: 'fold', items: shown };
}

/** Returns the whole URL, for the evidence, where the first line has no room for it. */
export function longUrlItems(file: FileVerdict, named: boolean): EvidenceItem[] {
  const url = file.request?.url;
  if (!url || url.length <= urlShown) return [];
  return [named ? { file: file.name, field: 'url', value: url } : { field: 'url', value: url }];
}

/** Cuts a text to a number of characters and marks the cut. */
export function clipText(text: string, limit: number): string {
  return text.length > limit ? `${text.slice(0, limit)}…` : text;
}

/** Returns `500` or `500.19`; null when the log has no status. */
export function statusText(request: RequestSummary): string | null {
  // 0 stands for a connection that was closed without an answer.
  if (request.status === null || request.status === 0) return null;
  return request.substatus ? `${request.status}.${request.substatus}` : String(request.status);
}

/** Returns path and query of a URL, and any other text as it is. Query values are withheld before they get here. */
export function urlPath(url: string): string {
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') || '/';
}

/** Returns the deciding event, with its code in every form an administrator may search for. */
export function decisiveItem(
  file: FileVerdict,
  decisive: DecisiveEvent,
  knowledge: Knowledge,
  named: boolean,
): EvidenceItem {
  const where = [decisive.module, decisive.notification].filter((w): w is string => w !== null).join(', ');
  const raw = file.evidence.find((e) => e.event === decisive.event && e.field === 'ErrorCode')?.value;
  const value = decisive.errorCode === null ? undefined : parseCode(decisive.errorCode);
  const status = file.request && statusText(file.request);
  const item: EvidenceItem = { event: decisive.event, eventName: decisive.name, value: '' };
  if (named) item.file = file.name;
  if (value === undefined && !decisive.name.startsWith('MODULE_SET_')) {
    const field = file.evidence.find((e) => e.event === decisive.event && !/status/i.test(e.field));
    return { ...item, ...(field ? readableValue(field) : { value: where || 'decided the outcome' }) };
  }
  if (value === undefined) {
    item.value = status ? `status ${status}` : where;
    item.note = joinTexts([where, 'no error code (0 means that none was set)'].filter(Boolean), '; ');
    return item;
  }
  item.field = 'ErrorCode';
  item.value = raw ?? String(value);
  const decoded = moduleCodeLine(value, decisive.module, knowledge).replace(`${raw ?? value} = `, '');
  const unrepeated = raw !== undefined && decoded.startsWith(`${raw} `) ? decoded.slice(raw.length + 1) : decoded;
  item.note = joinTexts([[{ strong: `= ${unrepeated}` }], where].filter((t) => t.length > 0) as Text[], ', ');
  return item;
}

/**
 * Returns field and value of a proof as people read them. A value that repeats its field loses it; an observation that
 * is no field of the file goes by the last word of its name.
 */
export function readableValue({ field, value }: { field: string; value: string }): { field?: string; value: string } {
  const own = value.startsWith(`${field} =`) ? value.slice(field.length + 2).trim() : value;
  const truth = own === 'true' ? 'yes' : own === 'false' ? 'no' : own;
  if (Object.hasOwn(vocabulary, field))
    return { field: field.slice(field.lastIndexOf('.') + 1).replaceAll('-', ' '), value: truth };
  if (own === 'false' && field.includes('Impersonat')) return { field, value: 'without IIS_IUSRS' };
  return { field, value: truth };
}

/** True for a yes or no that Frebot worked out; the sentence beside it says the same in words. */
export function isInference({ field, value }: { field: string; value: string }): boolean {
  return Object.hasOwn(vocabulary, field) && (value === 'true' || value === 'false');
}

/** Says how many events of a damaged file were read, and what is missing. */
export function damagePart(file: FileVerdict): Part | undefined {
  if (!file.damageNote) return undefined;
  const harmless = file.damage.length > 0 && file.damage.every((d) => d === 're-encoded');
  return {
    kind: 'notice',
    id: 'damage',
    level: harmless ? 'info' : 'warning',
    keep: harmless ? 'fold' : 'always',
    text: file.damageNote,
  };
}

/** Lists the longest steps of the request in the order they ran. */
export function timelinePart(file: FileVerdict): Part | undefined {
  const entries = file.timeline ?? [];
  if (entries.length === 0) return undefined;
  const longest = new Set([...entries].sort((a, b) => b.durationMs - a.durationMs).slice(0, 12));
  return {
    kind: 'table',
    id: 'timeline',
    heading: `Timeline (the clock of the trace moves in steps of ${describeClock(file.waterfall?.clockMs)})`,
    keep: 'fold',
    ...(file.waterfall && { waterfall: file.waterfall }),
    columns: ['At', 'Took', 'Events', 'Step'],
    rows: entries
      .filter((entry) => longest.has(entry))
      .map((entry) => [
        describeDuration(entry.startMs),
        describeDuration(entry.durationMs),
        `${entry.firstEvent}–${entry.lastEvent}`,
        [...new Set([entry.step, entry.module, entry.notification])].filter(Boolean).join(', '),
      ]),
  };
}

/** Windows' default, also where a trace cannot tell its own. */
function describeClock(ms: number | null | undefined): string {
  return ms === undefined || ms === null || ms === 15.625 ? 'about 15.6 ms' : `${ms} ms`;
}

/** Counts the sensitive values that the answer leaves out. */
export function withheldPart(count: number): Part | undefined {
  if (count === 0) return undefined;
  return {
    kind: 'text',
    id: 'withheld',
    keep: 'always',
    text: `I withheld ${countWords(count, 'private value')}.`,
  };
}

/** Buttons of folded parts, in their order. */
const labels = {
  'gpo-text': 'Message for the owner',
  fix: 'Fix steps',
  ticket: 'Change ticket',
  exception: 'Exception text',
  powershell: 'PowerShell',
  defaults: 'Default values',
  evidence: 'Show evidence',
  timeline: 'Timeline',
} as const;

/** Returns a button for each folded part, and with `follow` the two that report how the fix went. */
export function actionsFor(parts: Part[], follow: boolean): Action[] {
  const has = (id: string) => parts.some((part) => part.id === id && part.keep === 'fold');
  const actions: Action[] = [];
  for (const id of Object.keys(labels) as (keyof typeof labels)[]) {
    if (id === 'fix' && has('fix-steps')) actions.push({ id, label: labels[id], part: 'fix-steps' });
    else if (has(id)) actions.push({ id, label: labels[id], part: id });
  }
  if (follow) actions.push({ id: 'fixed', label: 'This fixed it' }, { id: 'not-it', label: 'Not it' });
  return actions;
}

/** Returns each source once, in order. Experience has no address, so it is left out. */
export function sourcesOf(lists: readonly (readonly { title: string; url?: string; date?: string }[])[]): Source[] {
  const seen = new Set<string>();
  const sources: Source[] = [];
  for (const { title, url, date } of lists.flat()) {
    const key = url ?? title;
    if (url === undefined || seen.has(key)) continue;
    seen.add(key);
    sources.push(date === undefined ? { title, url } : { title, url, date });
  }
  return sources;
}

/** Puts parts right behind the one that is the answer; first where there is none. */
export function insertAfterAnswer(answer: Answer, added: readonly Part[]): Answer {
  const at = answer.parts.findIndex(({ id }) => id === 'answer') + 1;
  return { ...answer, parts: answer.parts.toSpliced(at, 0, ...added) };
}

/** Drops the parts that a builder had nothing for. */
export function dropEmptyParts(parts: readonly (Part | undefined)[]): Part[] {
  return parts.filter((part): part is Part => part !== undefined);
}
