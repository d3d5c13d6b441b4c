import type { EvidenceItem, Part, Step, TablePart, Text } from '../../../src/answer/answer.js';
import { plainText } from '../../../src/answer/answer.js';
import { neutralize } from '../../../src/answer/text.js';
import {
  bulletList,
  lineBreak,
  longestText,
  numberedItem,
  paragraph,
  preformattedText,
  richElements,
  type Stretch,
} from './rich.js';
import { countCharacters } from './size.js';

/** Returns a part of an answer as rich text, without its heading. */
export function partStretches(part: Part): Stretch[] {
  return joinSections(body(part));
}

/** Joins consecutive lines into one section with line ends, as Slack's own editor writes them. */
function joinSections(stretches: Stretch[]): Stretch[] {
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
        return bulletList(part.facts.map((fact) => richElements(fact.value)));
      return part.facts.flatMap((fact) =>
        paragraph(richElements(`${fact.label}: `, { bold: true }), richElements(fact.value)),
      );
    case 'table':
      return tableRows(part);
    case 'steps':
      return joinLists(part.steps.flatMap(step));
    case 'command':
      return [...preformattedText(part.command), ...note(part.note)];
    case 'evidence':
      return preformattedText(part.items.map((item, at) => evidence(item, part.items[at - 1])).join('\n'));
    case 'notice': {
      const icon = part.level === 'warning' ? 'warning' : 'information_source';
      return paragraph([{ type: 'emoji', name: icon }], richElements(' '), richElements(part.text));
    }
  }
}

/**
 * Returns the rows of a table as a list, for modals and private answers, which take no table of Slack's own, and for tables
 * wider than a phone. A list breaks between words, where columns would break anywhere.
 */
function tableRows({ columns, rows }: TablePart): Stretch[] {
  return bulletList(
    rows.map((row) =>
      columns.flatMap((name, at) => {
        const cell = richElements(row[at] || '–', at === 0 ? { bold: true } : {});
        return at === 0 ? cell : [...richElements(` · ${plainText(name)}: `), ...cell];
      }),
    ),
  );
}

/** Joins consecutive steps without a command in between into one list. */
function joinLists(stretches: Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const stretch of stretches) {
    const last = joined.at(-1);
    if (last?.type === 'rich_text_list' && stretch.type === 'rich_text_list') {
      joined[joined.length - 1] = { ...last, elements: [...last.elements, ...stretch.elements] };
    } else joined.push(stretch);
  }
  return joined;
}

/** Returns a step with its number, because a command between two steps ends the list. */
function step(item: Step, index: number): Stretch[] {
  return [
    numberedItem(index, richElements(item.text)),
    ...(item.command ? preformattedText(item.command) : []),
    ...note(item.note),
    ...(item.rollback
      ? paragraph(richElements('Undo: ', { italic: true }), richElements(item.rollback, { italic: true }))
      : []),
  ];
}

function note(text: Text | undefined): Stretch[] {
  return text ? paragraph(richElements(text, { italic: true })) : [];
}

/** Returns raw values below the name of their event, which is not repeated. Slack interprets nothing in monospace text. */
function evidence(item: EvidenceItem, previous?: EvidenceItem): string {
  const place = describePlace(item);
  const value = item.field ? `${neutralize(item.field)} = ${neutralize(item.value)}` : neutralize(item.value);
  const isSame = previous !== undefined && place === describePlace(previous);
  const line = place === '' ? value : isSame ? `  ${value}` : `${place}\n  ${value}`;
  return item.note ? `${line}\n  ${neutralize(plainText(item.note))}` : line;
}

function describePlace(item: EvidenceItem): string {
  const pieces = [
    item.file && `${neutralize(item.file)}:`,
    item.event !== undefined && `event ${item.event}`,
    item.eventName && neutralize(item.eventName),
  ];
  return pieces.filter(Boolean).join(' ');
}
