import type { Verdict } from '../diagnosis/report.js';
import { type Answer, type EvidenceItem, type Part, plainText, type Step, type Text } from './answer.js';

/**
 * Makes control characters visible, so that log text can neither move a cursor nor hide other text. Line ends and tabs
 * become spaces; other control characters and bidirectional overrides become marks such as `\x1b`.
 */
export function neutralize(text: string): string {
  return text
    .replace(/[\r\n\t\v\f\u2028\u2029\u0085]+/g, ' ')
    .replace(
      /[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g,
      (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`,
    );
}

/** Neutralizes each line of a script and keeps the line breaks. */
export function neutralLines(text: string): string[] {
  return text.split(/\r?\n/).map((line) => neutralize(line.replace(/\t/g, '  ')).trimEnd());
}

export interface TextOptions {
  /** Width of prose and tables; commands and raw values are never broken. 80 by default. */
  columns?: number;
  /** `false` leaves the folded parts out and lists their headings. */
  folded?: boolean;
  /** `true` adds a line with the labels of the buttons. */
  actions?: boolean;
  /** `true` puts the verdict before the title. */
  verdict?: boolean;
  /** Colours a piece of a line that is already broken; without it the text is plain. */
  paint?: Paint;
}

/** The role of a piece of text, which decides its colour. A verdict is the role of its own word. */
export type TextRole = Verdict | 'title' | 'heading' | 'command' | 'warning';
export type Paint = (role: TextRole, text: string) => string;

/** How lines are broken and coloured. */
interface Style {
  columns: number;
  paint: Paint;
}

/** Renders an Answer as plain text, for the terminal, for goldens, and where a platform cannot show a card. Ends with a line end. */
export function renderText(answer: Answer, options: TextOptions = {}): string {
  const style: Style = { columns: options.columns ?? 80, paint: options.paint ?? ((_role, text) => text) };
  const { columns } = style;
  const blocks: string[][] = [renderTitle(answer, options.verdict ? answer.verdict : undefined, style)];
  const [shown, folded] = [
    answer.parts.filter((p) => p.keep !== 'fold'),
    answer.parts.filter((p) => p.keep === 'fold'),
  ];
  for (const part of shown) blocks.push(renderPart(part, style));
  if (options.folded === false) {
    if (folded.length > 0)
      blocks.push(wrap(`More: ${folded.map((p) => neutralize(p.heading ?? p.id)).join(' · ')}`, columns));
  } else if (folded.length > 0) {
    blocks.push([style.paint('title', 'Details')]);
    for (const part of folded) blocks.push(renderPart(part, style));
  }
  if (answer.sources.length > 0) {
    blocks.push([
      style.paint('heading', 'Sources'),
      ...answer.sources.flatMap((s) =>
        wrap(`${neutralize(s.title)}${s.date ? ` (${neutralize(s.date)})` : ''}`, columns, '- ', '  ').concat(
          s.url ? [`  ${neutralize(s.url)}`] : [],
        ),
      ),
    ]);
  }
  if (options.actions && answer.actions.length > 0) {
    blocks.push(wrap(answer.actions.map((a) => `[${neutralize(a.label)}]`).join(' '), columns));
  }
  return `${blocks.map((b) => b.join('\n')).join('\n\n')}\n`;
}

function literal(text: Text): string {
  return neutralize(plainText(text));
}

function renderTitle(answer: Answer, verdict: Verdict | undefined, { columns, paint }: Style): string[] {
  const [first = '', ...rest] = wrap(`${verdict ? `${verdict}  ` : ''}${literal(answer.title)}`, columns);
  const head = verdict ? paint(verdict, verdict) + paint('title', first.slice(verdict.length)) : paint('title', first);
  return [head, ...rest.map((line) => paint('title', line))];
}

function renderPart(part: Part, style: Style): string[] {
  const heading = part.heading ? [style.paint('heading', neutralize(part.heading))] : [];
  const indent = part.heading ? '  ' : '';
  return [...heading, ...body(part, style, indent)];
}

function body(part: Part, { columns, paint }: Style, indent: string): string[] {
  switch (part.kind) {
    case 'text':
      return wrap(literal(part.text), columns, indent);
    case 'notice': {
      if (part.level !== 'warning') return wrap(literal(part.text), columns, indent, `${indent}  `);
      const lines = wrap(literal(part.text), columns, `${indent}! `, `${indent}  `);
      return lines.map((line) => paint('warning', line));
    }
    case 'facts':
      return facts(part.facts, columns, indent);
    case 'table':
      return table(part.columns, part.rows, columns, indent);
    case 'steps':
      return part.steps.flatMap((s, i) => step(s, `${i + 1}. `, { columns, paint }, indent));
    case 'command': {
      const lines = commandLines(part.command, indent, paint);
      return part.note ? [...lines, ...wrap(literal(part.note), columns, indent)] : lines;
    }
    case 'evidence':
      return part.items.flatMap((item) => evidence(item, columns, indent));
  }
}

/** Returns the lines of a command, which are never broken, two columns to the right of the indent. */
function commandLines(command: string, indent: string, paint: Paint): string[] {
  return neutralLines(command).map((line) => (line === '' ? '' : `${indent}  ${paint('command', line)}`));
}

function facts(rows: { label: string; value: Text }[], columns: number, indent: string): string[] {
  const width = Math.min(28, Math.max(...rows.map((r) => r.label.length), 0)) + 2;
  const beside = indent + ' '.repeat(width);
  return rows.flatMap((row) => {
    const label = neutralize(row.label);
    if (label === '') return wrap(literal(row.value), columns, `${indent}• `, `${indent}  `);
    // A label wider than its column gets its own line.
    if (label.length + 2 > width)
      return [...wrap(label, columns, indent), ...wrap(literal(row.value), columns, beside, beside)];
    return wrap(literal(row.value), columns, indent + label.padEnd(width), beside);
  });
}

function step(item: Step, mark: string, { columns, paint }: Style, indent: string): string[] {
  const inner = indent + ' '.repeat(mark.length);
  return [
    ...wrap(literal(item.text), columns, indent + mark, inner),
    ...(item.command ? commandLines(item.command, inner, paint) : []),
    ...(item.note ? wrap(literal(item.note), columns, inner) : []),
    ...(item.rollback ? wrap(`Undo: ${literal(item.rollback)}`, columns, inner) : []),
  ];
}

function evidence(item: EvidenceItem, columns: number, indent: string): string[] {
  const place = [
    item.file && `${neutralize(item.file)}:`,
    item.event !== undefined && `event ${item.event}`,
    item.eventName && neutralize(item.eventName),
  ].filter(Boolean);
  const value = item.field ? `${neutralize(item.field)} = ${neutralize(item.value)}` : neutralize(item.value);
  const line =
    place.length > 0 ? `${place.join(' ')}${item.event !== undefined && !item.eventName ? ':' : ''} ${value}` : value;
  return [
    ...wrap(line, columns, indent, `${indent}  `),
    ...(item.note ? wrap(literal(item.note), columns, `${indent}  `) : []),
  ];
}

/** Renders columns as wide as their cells; the last one wraps. A table wider than the line becomes a block for each row. */
function table(names: string[], rows: Text[][], columns: number, indent: string): string[] {
  const cells = [names.map(neutralize), ...rows.map((row) => row.map(literal))];
  const widths = names.map((_, c) => Math.max(...cells.map((row) => (row[c] ?? '').length)));
  const before = widths.slice(0, -1).reduce((sum, w) => sum + w + 2, indent.length);
  if (before > columns - 20) {
    return rows.flatMap((row, i) => [
      ...(i > 0 ? [''] : []),
      ...facts(
        names.map((label, c) => ({ label, value: row[c] ?? '' })),
        columns,
        indent,
      ),
    ]);
  }
  return cells.flatMap((row) => {
    const head = row
      .slice(0, -1)
      .map((cell, c) => cell.padEnd(widths[c]! + 2))
      .join('');
    return wrap(row[row.length - 1] ?? '', columns, indent + head, ' '.repeat(before)).map((line) => line.trimEnd());
  });
}

/** Wraps words into lines. A word longer than the line stays whole, because it is a path, a URL or a value to copy. */
function wrap(text: string, columns: number, first = '', next = first): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && line.length + 1 + word.length > columns) {
      lines.push(line.trimEnd());
      line = next;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  lines.push(line.trimEnd());
  return lines;
}
