import { type Answer, type EvidenceItem, type Part, plainText, type Step, type Text } from './answer.js';
import { neutralize, neutralLines } from './text.js';

/** Renders an Answer as Markdown, for tickets and wikis. Every string of the answer stays the text it is. */
export function renderMarkdown(answer: Answer): string {
  const blocks = [`## ${prose(answer.title)}`, ...answer.parts.map(renderMarkdownPart)];
  if (answer.sources.length > 0) {
    const lines = answer.sources.map(
      ({ title, url }) => `- ${escapeMarkdown(title)}${url ? `: <${encodeURI(url)}>` : ''}`,
    );
    blocks.push(`### Sources\n\n${lines.join('\n')}`);
  }
  return `${blocks.join('\n\n')}\n`;
}

function renderMarkdownPart(part: Part): string {
  const heading = part.heading ? `### ${escapeMarkdown(part.heading)}\n\n` : '';
  return heading + markdownBody(part);
}

function markdownBody(part: Part): string {
  switch (part.kind) {
    case 'text':
      return prose(part.text);
    case 'notice':
      return `> ${prose(part.text)}`;
    case 'facts':
      return part.facts
        .map(({ label, value }) => `- ${label === '' ? '' : `**${escapeMarkdown(label)}:** `}${prose(value)}`)
        .join('\n');
    case 'table': {
      const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
      const head = [row(part.columns.map(escapeMarkdown)), row(part.columns.map(() => '---'))];
      return [...head, ...part.rows.map((cells) => row(cells.map(prose)))].join('\n');
    }
    case 'steps':
      return part.steps.map((step, i) => markdownStep(step, i + 1)).join('\n');
    case 'command':
      return `${fence(part.command, '')}${part.note ? `\n\n${prose(part.note)}` : ''}`;
    case 'evidence':
      return part.items.map((item) => `- ${proofLine(item)}`).join('\n');
  }
}

function markdownStep({ text, command, note, rollback }: Step, number: number): string {
  const more = [
    command && fence(command, '   '),
    note && `   ${prose(note)}`,
    rollback && `   Undo: ${prose(rollback)}`,
  ];
  return [`${number}. ${prose(text)}`, ...more.filter(Boolean)].join('\n\n');
}

function proofLine({ file, event, eventName, field, value, note }: EvidenceItem): string {
  const place = [
    file && `${escapeMarkdown(file)}:`,
    event !== undefined && `event ${event}`,
    eventName && codeSpan(eventName),
  ];
  const words = [...place, codeSpan(field ? `${field} = ${value}` : value), note && prose(note)];
  return words.filter(Boolean).join(' ');
}

function prose(text: Text): string {
  if (typeof text === 'string') return escapeMarkdown(text);
  return text
    .map((span) => {
      if (typeof span === 'string') return escapeMarkdown(span);
      if ('code' in span) return codeSpan(span.code);
      if ('strong' in span) return `**${escapeMarkdown(span.strong)}**`;
      return escapeMarkdown(plainText([span]));
    })
    .join('');
}

/** Escapes what Markdown, HTML and chats of tickets would read as markup; a mention does not reach anyone. */
function escapeMarkdown(text: string): string {
  return neutralize(text)
    .replace(/[\\`*_{}[\]<>#|~!]/g, '\\$&')
    .replace(/@/g, '@\u200b');
}

function codeSpan(text: string): string {
  const plain = neutralize(text).replaceAll('|', '¦');
  const ticks = fenceFor(plain, 1);
  return `${ticks} ${plain} ${ticks}`.replace(/^(`) (.*[^ `]) (`)$/, '$1$2$3');
}

function fence(text: string, indent: string): string {
  const lines = neutralLines(text);
  const ticks = fenceFor(text, 3);
  return [ticks, ...lines, ticks].map((line) => indent + line).join('\n');
}

/** Returns backticks enough that none of the text ends them. */
function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  return '`'.repeat(Math.max(least, longest + 1));
}
