import { type EvidenceItem, type Part, plain, type Step, type Text } from '../../../src/answer/answer.js';
import { narrowest, phoneColumns } from '../../../src/answer/table.js';
import { neutralLines } from '../../../src/answer/text.js';
import type { Container, Element, FactSet, Inline, RichTextBlock, Table } from './elements.js';
import type { ContinuedSteps } from './split.js';
import { block, inlines, isPlainInMarkdown, paragraphs } from './text.js';

/** A part of an answer as card elements, heading included. */
export function partElements(part: Part): Element[] {
  return [...(part.heading ? [heading(part.heading)] : []), ...body(part)];
}

function heading(text: Text): RichTextBlock {
  return block(inlines(text, { weight: 'Bolder' }), 'Medium');
}

function body(part: Part): Element[] {
  switch (part.kind) {
    case 'text':
      // Without a heading the distance shows that another thought begins.
      return paragraphs(part.text, {}, part.heading ? 'Small' : 'Medium');
    case 'facts':
      return facts(part.facts);
    case 'table':
      return [table(part.columns, part.rows)];
    case 'steps':
      return part.steps.flatMap((item, index) => step(item, index + 1 + ((part as ContinuedSteps).from ?? 0)));
    case 'command':
      return [command(part.command), ...(part.note ? note(part.note) : [])];
    case 'evidence':
      return part.items.map(evidence);
    case 'notice':
      return [
        { type: 'Container', style: part.level === 'warning' ? 'warning' : 'accent', items: paragraphs(part.text) },
      ];
  }
}

function facts(list: { label: string; value: Text }[]): (FactSet | RichTextBlock)[] {
  if (list.every((fact) => fact.label === ''))
    return list.map((fact) => block(['• ', ...inlines(fact.value)], 'Small'));
  if (list.every((fact) => isPlainInMarkdown(fact.label) && isPlainInMarkdown(fact.value))) {
    const pairs = list.map((fact) => ({ title: fact.label, value: inlines(fact.value).join('') }));
    return [{ type: 'FactSet', facts: pairs }];
  }
  return list.map((fact) =>
    block([...inlines(`${fact.label}:`, { weight: 'Bolder' }), ' ', ...inlines(fact.value)], 'Small'),
  );
}

/**
 * Tables came with schema 1.5; where they are unknown each row is a line that names its columns. So it is for a table
 * too wide for a phone.
 */
function table(columns: string[], rows: Text[][]): Table | Container {
  const cells = (items: RichTextBlock[]) => ({
    type: 'TableRow' as const,
    cells: items.map((item) => ({ type: 'TableCell' as const, items: [item] })),
  });
  const lines = rows.map((row) => {
    const line = row.flatMap((cell, index): Inline[] => [
      ...(index === 0 ? [] : [' · ']),
      ...inlines(`${columns[index] ?? ''}: `, { isSubtle: true }),
      ...inlines(cell),
    ]);
    return block(line, 'Small');
  });
  const fallback: Container = { type: 'Container', items: lines.length > 0 ? lines : [block([])] };
  if (narrowest({ columns, rows }) > phoneColumns) return fallback;
  return {
    type: 'Table',
    firstRowAsHeaders: true,
    columns: columns.map((name, at) => ({ width: width([name, ...rows.map((row) => plain(row[at] ?? ''))]) })),
    rows: [
      cells(columns.map((name) => block(inlines(name, { weight: 'Bolder' })))),
      ...rows.map((row) => cells(columns.map((_, index) => block(inlines(row[index] ?? ''))))),
    ],
    fallback,
  };
}

/** A column's share: as its longest cell, but neither too narrow for a word nor all of the card. */
function width(cells: string[]): number {
  const longest = Math.max(...cells.map((cell) => cell.length));
  const word = Math.max(...cells.flatMap((cell) => cell.split(/\s+/)).map((word) => word.length));
  return Math.max(word + 3, Math.min(longest, 20));
}

function step(item: Step, number: number): Element[] {
  return [
    block([{ type: 'TextRun', text: `${number}. `, weight: 'Bolder' }, ...inlines(item.text)], 'Small'),
    ...(item.command ? [command(item.command)] : []),
    ...(item.note ? note(item.note) : []),
    ...(item.rollback ? note(['Undo: ', ...spans(item.rollback)]) : []),
  ];
}

const spans = (text: Text) => (typeof text === 'string' ? [text] : text);

/**
 * Commands in monospace, a block for each line, so that they can be marked and copied. Teams lets leading spaces and
 * empty lines vanish; no-break spaces stay, and PowerShell reads them as spaces.
 */
function command(text: string): Container {
  const lines = neutralLines(text.replace(/\s+$/, '')).map((line) =>
    line === '' ? noBreak : line.replace(/^ +/, (indent) => noBreak.repeat(indent.length)),
  );
  const items = lines.map((line, index) =>
    block(inlines(line, { fontType: 'Monospace' }), index === 0 ? undefined : 'None'),
  );
  return { type: 'Container', style: 'emphasis', spacing: 'Small', items };
}

const noBreak = '\u00a0';

function note(text: Text): RichTextBlock[] {
  return paragraphs(text, { isSubtle: true }, 'Small');
}

function evidence(item: EvidenceItem): RichTextBlock {
  const line: Inline[] = [];
  if (item.file) line.push(...inlines(`${item.file}: `, { isSubtle: true }));
  if (item.event !== undefined) line.push(...inlines(`event ${item.event} `, { weight: 'Bolder' }));
  if (item.eventName) line.push(...inlines(`${item.eventName} `, { fontType: 'Monospace' }));
  if (item.field) line.push(...inlines(`${item.field} = `));
  line.push(...inlines(item.value, { fontType: 'Monospace' }));
  if (item.note) line.push(' ', ...inlines(item.note, { isSubtle: true }));
  return block(line, 'Small');
}
