import type { EvidenceItem, Part, Step, Text } from '../../../src/answer/answer.js';
import { plainText } from '../../../src/answer/answer.js';
import { neutralize } from '../../../src/answer/text.js';
import { alignColumns } from './columns.js';
import {
  bulleted,
  lineBreak,
  longestText,
  numbered,
  paragraph,
  preformatted,
  richElements,
  type Stretch,
} from './rich.js';
import { countCharacters } from './size.js';

/** A part of an answer as rich text, heading included. */
export function partStretches(part: Part): Stretch[] {
  const heading = part.heading ? paragraph(richElements(part.heading, { bold: true })) : [];
  return joinedSections([...heading, ...body(part)]);
}

/** Lines that follow each other are one section with line ends, as Slack's own editor writes them. */
function joinedSections(stretches: Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const stretch of stretches) {
    const last = joined.at(-1);
    const lines = last?.type === 'rich_text_section' && stretch.type === 'rich_text_section';
    if (lines && countCharacters(last) + countCharacters(stretch) < longestText) {
      joined[joined.length - 1] = { ...last, elements: [...last.elements, ...lineBreak(), ...stretch.elements] };
    } else joined.push(stretch);
  }
  return joined;
}

function body(part: Part): Stretch[] {
  switch (part.kind) {
    case 'text':
      return paragraph(richElements(part.text));
    case 'facts':
      if (part.facts.every((fact) => fact.label === ''))
        return bulleted(part.facts.map((fact) => richElements(fact.value)));
      return part.facts.flatMap((fact) =>
        paragraph(richElements(`${fact.label}: `, { bold: true }), richElements(fact.value)),
      );
    case 'table':
      return preformatted(alignColumns(part.columns, part.rows));
    case 'steps':
      return joinedLists(part.steps.flatMap(step));
    case 'command':
      return [...preformatted(part.command), ...note(part.note)];
    case 'evidence':
      return preformatted(part.items.map((item, at) => evidence(item, part.items[at - 1])).join('\n'));
    case 'notice': {
      const mark = part.level === 'warning' ? 'warning' : 'information_source';
      return paragraph([{ type: 'emoji', name: mark }], richElements(' '), richElements(part.text));
    }
  }
}

/** Steps that follow each other without a command in between are one list. */
function joinedLists(stretches: Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const stretch of stretches) {
    const last = joined.at(-1);
    if (last?.type === 'rich_text_list' && stretch.type === 'rich_text_list') {
      joined[joined.length - 1] = { ...last, elements: [...last.elements, ...stretch.elements] };
    } else joined.push(stretch);
  }
  return joined;
}

/** A step keeps its number although its command stands between it and the next one. */
function step(item: Step, index: number): Stretch[] {
  return [
    numbered(index, richElements(item.text)),
    ...(item.command ? preformatted(item.command) : []),
    ...note(item.note),
    ...(item.rollback
      ? paragraph(richElements('Undo: ', { italic: true }), richElements(item.rollback, { italic: true }))
      : []),
  ];
}

function note(text: Text | undefined): Stretch[] {
  return text ? paragraph(richElements(text, { italic: true })) : [];
}

/** Raw values below the event they stand in, named once; monospace, so nothing in them can mean anything. */
function evidence(item: EvidenceItem, before?: EvidenceItem): string {
  const place = placeOf(item);
  const value = item.field ? `${neutralize(item.field)} = ${neutralize(item.value)}` : neutralize(item.value);
  const same = before !== undefined && place === placeOf(before);
  const line = place === '' ? value : same ? `  ${value}` : `${place}\n  ${value}`;
  return item.note ? `${line}\n  ${neutralize(plainText(item.note))}` : line;
}

function placeOf(item: EvidenceItem): string {
  const pieces = [
    item.file && `${neutralize(item.file)}:`,
    item.event !== undefined && `event ${item.event}`,
    item.eventName && neutralize(item.eventName),
  ];
  return pieces.filter(Boolean).join(' ');
}
