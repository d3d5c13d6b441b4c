import type { Answer, Part, TablePart, Text } from '../answer/answer.js';
import { plainText } from '../answer/answer.js';
import { endSentence } from '../answer/end-sentence.js';
import { clipText } from '../answer/parts.js';
import { countWords, formatUtc, listWords } from '../answer/wording.js';
import type { PostKind, Tracing, TracingOf } from './ports.js';
import type { WatchGroup } from './records.js';

/** Rows of a table in a post. */
export const rowsShown = 10;

function post(title: Text, parts: Part[], summary = plainText(title)): Answer {
  return { title, summary: endSentence(summary), parts, actions: [], sources: [] };
}

/** Returns where a group was seen: `pool Portal, site 2 on WEB03`. */
function placeOf({ pool, site, server }: Pick<WatchGroup, 'pool' | 'site' | 'server'>): string {
  const places = [pool && `pool ${clipText(pool, 60)}`, site && `site ${site}`].filter(Boolean).join(', ');
  return (
    [places, server && `on ${clipText(server, 60)}`].filter(Boolean).join(' ') || 'a server that the log does not name'
  );
}

/**
 * Says that a cause is new, or back after a quiet time: where, since when, how often, and the first step. An edit later says
 * when it is quiet.
 */
export function groupPost(group: WatchGroup, kind: PostKind, tracing: TracingOf): Answer {
  const isQuiet = group.state === 'quiet';
  const words = isQuiet ? 'Not seen lately: ' : kind === 'back' ? 'It is back: ' : 'New: ';
  const title = [words, ...(typeof group.title === 'string' ? [group.title] : group.title)];
  const times = `${group.count.toLocaleString('en-US')} times`;
  const often: Text =
    group.count === 1
      ? `I saw it once, at ${formatUtc(group.last)}.`
      : group.since === group.last
        ? `I have seen it ${times}, at ${formatUtc(group.last)}.`
        : `I have seen it ${times} between ${formatUtc(group.since)} and ${formatUtc(group.last)}.`;
  return post(
    title,
    [
      { kind: 'text', id: 'seen', keep: 'always', text: `${often} It comes from ${placeOf(group)}.` },
      ...(isQuiet ? [quietPart([group], tracing)] : []),
      ...group.parts,
      {
        kind: 'text',
        id: 'more',
        keep: 'normal',
        text: [
          'The whole answer: send me ',
          { code: clipText(group.example, 120) },
          ', or run ',
          { code: 'frebot diagnose' },
          ' with it on the server.',
        ],
      },
    ],
    `${plainText(title)}, ${placeOf(group)}`,
  );
}

/**
 * Says several new causes in one post, because a post each would be a flood.
 * @param total how many there are; the groups may be the first of them
 */
export function severalPost(groups: readonly WatchGroup[], total: number, tracing: TracingOf): Answer {
  const quiet = groups.filter(({ state }) => state === 'quiet');
  return post(`${countWords(total, 'new cause')} at once`, [
    tableOf(groups, ['What', 'Where', 'Logs', 'Last'], rowOf, total),
    ...(quiet.length > 0 ? [quietPart(quiet, tracing)] : []),
  ]);
}

/** Says what was there before the first look. @param total how many causes; the groups may be the first of them */
export function firstLookPost(
  { folder, read, left }: { folder: string; read: number; left: number },
  groups: readonly WatchGroup[],
  total: number,
): Answer {
  const title = `I watch ${clipText(folder, 120)} now`;
  if (read + left === 0) return post(title, [{ kind: 'text', id: 'old', keep: 'always', text: 'It held no logs.' }]);
  const held = countWords(read + left, 'log');
  const newest =
    left > 0 ? `It held ${held} already. I read the newest ${read.toLocaleString('en-US')}` : `It held ${held} already`;
  const old = `${newest}, with ${countWords(total, 'cause')} to look at. From now on I post only what is new.`;
  return post(title, [
    { kind: 'text', id: 'old', keep: 'always', text: old },
    ...(groups.length > 0 ? [tableOf(groups, ['What', 'Where', 'Logs', 'Last'], rowOf, total)] : []),
    ...(left > 0 ? [leftPart(folder, left)] : []),
  ]);
}

function leftPart(folder: string, left: number): Part {
  return {
    kind: 'command',
    id: 'left',
    keep: 'normal',
    heading: `${countWords(left, 'older log')} left unread`,
    command: `frebot diagnose "${clipText(folder, 200)}"`,
    note: 'This reads all of them, on the server, and changes nothing.',
  };
}

/** Says how often known causes came again, and which came no more. */
export function againPost(again: readonly WatchGroup[], quiet: readonly WatchGroup[], tracing: TracingOf): Answer {
  const parts: Part[] = [];
  if (again.length > 0)
    parts.push(
      tableOf(again, ['The same again', 'Where', 'More', 'In all'], ({ title, count, toldCount, ...group }) => [
        title,
        placeOf(group),
        (count - toldCount).toLocaleString('en-US'),
        count.toLocaleString('en-US'),
      ]),
    );
  if (quiet.length > 0) parts.push(quietPart(quiet, tracing));
  const more = again.reduce((sum, { count, toldCount }) => sum + count - toldCount, 0);
  const title = [
    again.length > 0 && `${countWords(more, 'more log')} of ${countWords(again.length, 'known cause')}`,
    quiet.length > 0 && `${countWords(quiet.length, 'cause')} not seen lately`,
  ].filter((words) => words !== false);
  return post(listWords(title), parts);
}

function quietPart(quiet: readonly WatchGroup[], tracing: TracingOf): Part {
  return {
    kind: 'facts',
    id: 'quiet',
    heading: 'No longer seen',
    keep: 'always',
    facts: quiet.slice(0, rowsShown).map((group) => ({ label: '', value: quietLine(group, tracing(group)) })),
  };
}

/** Silence is good news only while tracing is on. */
function quietLine({ title, last, ...group }: WatchGroup, tracing: Tracing): Text {
  const line = `${plainText(title)}, ${placeOf(group)}: not seen since ${formatUtc(last)}`;
  if (tracing === 'on') return `${line}, and tracing is on.`;
  if (tracing === 'off') return `${line}, but tracing is off, so that proves nothing.`;
  return `${line}. I can't see whether tracing is on.`;
}

function rowOf({ title, count, last, ...group }: WatchGroup): Text[] {
  return [title, placeOf(group), count.toLocaleString('en-US'), formatUtc(last)];
}

function tableOf(
  groups: readonly WatchGroup[],
  columns: string[],
  row: (group: WatchGroup) => Text[],
  total = groups.length,
): TablePart {
  const rows = groups.slice(0, rowsShown).map(row);
  const left = total - rows.length;
  if (left > 0) rows.push([`and ${countWords(left, 'more cause')}`, '', '', '']);
  return {
    kind: 'table',
    id: `groups-${columns[0]}`.toLowerCase().replaceAll(' ', '-'),
    keep: 'always',
    columns,
    rows,
  };
}
