import type { FileVerdict } from '../diagnosis/report.js';
import type { EventRow } from '../knowledge/event-schema.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Part } from './answer.js';
import { stepsPart, stepsWithUndo } from './steps.js';
import { countWords, formatUtc } from './wording.js';

/** Events of a story shown at most. */
const eventsShown = 12;

/** The row of the table that decides a file of events; undefined for other files. */
export function eventRowOf(file: FileVerdict, knowledge: Knowledge): EventRow | undefined {
  return file.story?.rule ? knowledge.events.get(file.story.rule) : undefined;
}

/** The events in order of time, each with what it means; one event alone is told by the answer itself. */
export function storyPart(file: FileVerdict): Part | undefined {
  const { events = [], unknown = [] } = file.story ?? {};
  if (events.length < 2 && !(events.length === 1 && unknown.length > 0)) return undefined;
  const facts = events.slice(0, eventsShown).map(({ time, name, count, means }) => ({
    label: [time && localOrUtc(time), name, count > 1 && `${count} times`].filter(Boolean).join(' · '),
    value: means,
  }));
  const left = events.length - eventsShown;
  if (left > 0) facts.push({ label: '', value: `and ${countWords(left, 'more event')}` });
  if (unknown.length > 0) facts.push({ label: 'Not known to me', value: unknown.slice(0, 5).join(', ') });
  const heading = events.every(({ time }) => time) ? 'What happened, in order of time' : 'What the events say';
  return { kind: 'facts', id: 'story', heading, keep: 'normal', facts };
}

/** A time without a zone is the server's own. */
function localOrUtc(time: string): string {
  return time.endsWith('Z') ? formatUtc(time) : time.replace('T', ' ');
}

/** What to do about the decisive event. */
export function eventStepsPart(file: FileVerdict, knowledge: Knowledge): Part | undefined {
  const row = eventRowOf(file, knowledge);
  if (!row || row.do.length === 0) return undefined;
  const steps = stepsWithUndo(row.do, (name) => file.story?.facts[name]);
  return steps.length === 0 ? undefined : stepsPart({ id: 'fix', heading: 'Fix', keep: 'normal', steps });
}
