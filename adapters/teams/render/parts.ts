import { type EvidenceItem, type Part, plainText, type Step, type Text } from '../../../src/answer/answer.js';
import { narrowestWidth, phoneColumns } from '../../../src/answer/table.js';
import { neutralLines } from '../../../src/answer/text.js';
import { toSpans } from '../../../src/desk/short-answer.js';
import type { CardElement, CodeBlock, Container, FactSet, Heading, Inline, RichTextBlock, Table } from './elements.js';
import type { ContinuedSteps } from './split.js';
import { isPlainInMarkdown, toInlines, toParagraphs, toTextBlock } from './text.js';

/** Returns a part of an answer as card elements, heading included. */
export function toPartElements(part: Part): CardElement[] {
  return [...(part.heading ? [toHeading(part.heading)] : []), ...body(part)];
}

/** Returns a heading of a part, or with `size` the title. Text that Markdown would change is bold and no heading. */
export function toHeading(text: Text, size: 'Default' | 'Medium' = 'Default'): Heading | RichTextBlock {
  const spacing = size === 'Default' ? ('Medium' as const) : undefined;
  const flat = plainText(text);
  if (!isPlainInMarkdown(flat)) return toTextBlock(toInlines(text, { weight: 'Bolder', size }), spacing);
  return {
    type: 'TextBlock',
    text: flat,
    style: 'heading',
    wrap: true,
    weight: 'Bolder',
    size,
    ...(spacing && { spacing }),
  };
}

function body(part: Part): CardElement[] {
  switch (part.kind) {
    case 'text':
      // Without a heading the spacing shows where the part begins.
      return toParagraphs(part.text, {}, part.heading ? 'Small' : 'Medium');
    case 'facts':
      return facts(part.facts);
    case 'table':
      return [table(part.columns, part.rows)];
    case 'steps':
      return part.steps.flatMap((item, index) => step(item, index + 1 + ((part as ContinuedSteps).from ?? 0)));
    case 'command':
      return [command(part.command, part.language), ...(part.note ? note(part.note) : [])];
    case 'evidence':
      return part.items.map(evidence);
    case 'notice':
      return [
        { type: 'Container', style: part.level === 'warning' ? 'warning' : 'accent', items: toParagraphs(part.text) },
      ];
  }
}

function facts(list: { label: string; value: Text }[]): (FactSet | RichTextBlock)[] {
  if (list.every((fact) => fact.label === ''))
    return list.map((fact) => toTextBlock(['• ', ...toInlines(fact.value)], 'Small'));
  if (list.every((fact) => isPlainInMarkdown(fact.label) && isPlainInMarkdown(fact.value))) {
    const pairs = list.map((fact) => ({ title: fact.label, value: toInlines(fact.value).join('') }));
    return [{ type: 'FactSet', facts: pairs }];
  }
  return list.map((fact) =>
    toTextBlock([...toInlines(`${fact.label}:`, { weight: 'Bolder' }), ' ', ...toInlines(fact.value)], 'Small'),
  );
}

/**
 * Returns a table with a fallback for clients older than schema 1.5, in which each row is a line that names its columns. A
 * table too wide for a phone is shown as the fallback everywhere.
 */
function table(columns: string[], rows: Text[][]): Table | Container {
  const cells = (items: RichTextBlock[]) => ({
    type: 'TableRow' as const,
    cells: items.map((item) => ({ type: 'TableCell' as const, items: [item] })),
  });
  const lines = rows.map((row) => {
    const line = row.flatMap((cell, index): Inline[] => [
      ...(index === 0 ? [] : [' · ']),
      ...toInlines(`${columns[index] ?? ''}: `, { isSubtle: true }),
      ...toInlines(cell),
    ]);
    return toTextBlock(line, 'Small');
  });
  const fallback: Container = { type: 'Container', items: lines.length > 0 ? lines : [toTextBlock([])] };
  if (narrowestWidth({ columns, rows }) > phoneColumns) return fallback;
  return {
    type: 'Table',
    firstRowAsHeaders: true,
    columns: columns.map((name, at) => ({
      width: columnWidth([name, ...rows.map((row) => plainText(row[at] ?? ''))]),
    })),
    rows: [
      cells(columns.map((name) => toTextBlock(toInlines(name, { weight: 'Bolder' })))),
      ...rows.map((row) => cells(columns.map((_, index) => toTextBlock(toInlines(row[index] ?? ''))))),
    ],
    fallback,
  };
}

/** Returns the weight of a column: its longest cell, at least its longest word, and at most 20 unless a word is longer. */
function columnWidth(cells: string[]): number {
  const longest = Math.max(...cells.map((cell) => cell.length));
  const word = Math.max(...cells.flatMap((cell) => cell.split(/\s+/)).map((word) => word.length));
  return Math.max(word + 3, Math.min(longest, 20));
}

function step(item: Step, number: number): CardElement[] {
  return [
    toTextBlock([{ type: 'TextRun', text: `${number}. `, weight: 'Bolder' }, ...toInlines(item.text)], 'Small'),
    ...(item.command ? [command(item.command, item.shell)] : []),
    ...(item.note ? note(item.note) : []),
    ...(item.rollback ? note(['Undo: ', ...toSpans(item.rollback)]) : []),
  ];
}

/** Characters of a command whose lines are blocks of their own, which take three times its size. */
const longestDrawn = 4_000;

/** Returns a command with a button that copies it, where the client is Teams. Others show the fallback. */
function command(text: string, shell: Step['shell']): CodeBlock {
  const language = shell === 'powershell' ? 'PowerShell' : 'DOS';
  const codeSnippet = neutralLines(text).join('\n').trimEnd();
  const fallback = text.length > longestDrawn ? oneBlock(codeSnippet) : commandLines(text);
  return { type: 'CodeBlock', codeSnippet, language, fallback };
}

/** Returns a script as one block in monospace. */
function oneBlock(script: string): Container {
  return { type: 'Container', style: 'emphasis', items: [toTextBlock(toInlines(script, { fontType: 'Monospace' }))] };
}

/**
 * Returns a command in monospace with a block for each line, so that it can be selected and copied. Teams drops leading
 * spaces and empty lines, so no-break spaces replace them; PowerShell reads those as spaces.
 */
function commandLines(text: string): Container {
  const lines = neutralLines(text.replace(/\s+$/, '')).map((line) =>
    line === '' ? noBreak : line.replace(/^ +/, (indent) => noBreak.repeat(indent.length)),
  );
  const items = lines.map((line, index) =>
    toTextBlock(toInlines(line, { fontType: 'Monospace' }), index === 0 ? undefined : 'None'),
  );
  return { type: 'Container', style: 'emphasis', spacing: 'Small', showBorder: true, items };
}

const noBreak = '\u00a0';

function note(text: Text): RichTextBlock[] {
  return toParagraphs(text, { isSubtle: true }, 'Small');
}

function evidence(item: EvidenceItem): RichTextBlock {
  const line: Inline[] = [];
  if (item.file) line.push(...toInlines(`${item.file}: `, { isSubtle: true }));
  if (item.event !== undefined) line.push(...toInlines(`event ${item.event} `, { weight: 'Bolder' }));
  if (item.eventName) line.push(...toInlines(`${item.eventName} `, { fontType: 'Monospace' }));
  if (item.field) line.push(...toInlines(`${item.field} = `));
  line.push(...toInlines(item.value, { fontType: 'Monospace' }));
  if (item.note) line.push(' ', ...toInlines(item.note, { isSubtle: true }));
  return toTextBlock(line, 'Small');
}
