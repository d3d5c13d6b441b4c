import type { FileVerdict } from '../diagnosis/report.js';
import type { EventRow } from '../knowledge/event-schema.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Part } from './answer.js';
import { stepsPart, stepsWithUndo } from './steps.js';
import { countWords, formatUtc } from './wording.js';

/** Events of a story shown at most, and names of unknown ones. */
const eventsShown = 12;
const unknownShown = 5;

/** Returns the row of the table that decides a file of events; undefined for other files. */
export function eventRowOf(file: FileVerdict, knowledge: Knowledge): EventRow | undefined {
  return file.story?.rule ? knowledge.events.get(file.story.rule) : undefined;
}

/** Lists the events in order of time, each with its meaning. A single event is described by the answer itself. */
export function storyPart(file: FileVerdict): Part | undefined {
  const { events = [], more = 0, unknown = [], unknownKinds = 0 } = file.story ?? {};
  if (events.length < 2 && !(events.length === 1 && unknown.length + more > 0)) return undefined;
  const important = events.length > eventsShown ? events.filter(({ role }) => role !== 'note') : events;
  const shown = (important.length > 0 ? important : events).slice(0, eventsShown);
  const facts = shown.map(({ time, lastTime, name, count, means }) => ({
    label: [time && localOrUtc(time), name, count > 1 && timesWords(count, lastTime)].filter(Boolean).join(' · '),
    value: means,
  }));
  const hiddenCount = events.length + more - shown.length;
  if (hiddenCount > 0)
    facts.push({
      label: '',
      value: `I left out ${countWords(hiddenCount, 'more event')} that I know: they say less, or are from other hours.`,
    });
  const others = unknownKinds - unknownShown;
  if (unknown.length > 0)
    facts.push({
      label: "Events I don't know",
      value: unknown.slice(0, unknownShown).join(', ') + (others > 0 ? ` and ${countWords(others, 'other kind')}` : ''),
    });
  const heading = events.every(({ time }) => time) ? 'What happened, in order of time' : 'What the events say';
  return { kind: 'facts', id: 'story', heading, keep: 'normal', facts };
}

/** Lists the known events nearest to unknown ones, so that the user recognises a mistyped number. */
export function nearestEventsPart(file: FileVerdict): Part | undefined {
  const nearest = file.story?.nearest ?? [];
  if (nearest.length === 0) return undefined;
  return {
    kind: 'facts',
    id: 'nearest',
    heading: 'The nearest events that I know',
    keep: 'normal',
    facts: nearest.map(({ name, means }) => ({ label: name, value: means })),
  };
}

/** Says what to send when no event is known; undefined where one is. */
export function unknownEventPart(file: FileVerdict): Part | undefined {
  const { unknown = [], events = [] } = file.story ?? {};
  if (unknown.length === 0 || events.length > 0) return undefined;
  return {
    kind: 'text',
    id: 'unknown',
    keep: 'normal',
    text: "If this is about IIS, send me the events of the minutes before it from the logs System and Application. The reason usually comes first, from WAS, W3SVC-WP, ASP.NET, .NET Runtime or Application Error. If you only sent the number, send the event's text too: select it in Event Viewer and press Copy.",
  };
}

function timesWords(count: number, last: string | null): string {
  return last === null ? `${count} times` : `${count} times, last ${localOrUtc(last)}`;
}

/** Formats a time; one without a zone is the server's local time. */
function localOrUtc(time: string): string {
  return time.endsWith('Z') ? formatUtc(time) : time.replace('T', ' ');
}

/** Lists the steps for the decisive event. */
export function eventStepsPart(file: FileVerdict, knowledge: Knowledge): Part | undefined {
  const row = eventRowOf(file, knowledge);
  if (!row || row.do.length === 0) return undefined;
  // An exception may name its card more exactly than the number of the event: then that card has the steps.
  if (row.cause !== undefined && file.cause !== null && row.cause !== file.cause) return undefined;
  const told = file.told?.join(', ');
  const steps = stepsWithUndo(row.do, (name) => (name === 'told.fact' ? told : file.story?.facts[name]));
  return steps.length === 0 ? undefined : stepsPart({ id: 'fix', heading: 'Fix', keep: 'normal', steps });
}
