import { SaxesParser } from 'saxes';
import type { CollectBlock } from '../../../src/knowledge/collect-schema.js';

/** The files of a server that the script of `collect` reads, by their names in the zip. */
export interface MadeServer {
  configuration: Record<string, string>;
  logs: Record<string, string>;
  texts: Record<string, string>;
}

/**
 * Packs a server as the script of `collect` does: configuration by the list of attributes, log lines without the private columns,
 * every text with what is blanked. Lists and patterns are those of the script; the steps are written again here, because no
 * PowerShell runs in tests.
 */
export function packServer(server: MadeServer, blocks: readonly CollectBlock[]): Record<string, string> {
  const masks = blocks.flatMap((block) => block.masks);
  const allow = new Map(
    Object.entries(Object.assign({}, ...blocks.map((block) => block.allow)) as CollectBlock['allow']),
  );
  const [, list = ''] = /\$private = (.+)/.exec(blocks.map(({ script }) => script).join('\n')) ?? [];
  const columns = new Set([...list.matchAll(/'([^']+)'/g)].map(([, name]) => name));
  const each = (files: Record<string, string>, read: (text: string) => string) =>
    Object.entries(files).map(([name, text]): [string, string] => [name, read(text)]);
  const packed = [
    ...each(server.configuration, (text) => copyAllowed(text, allow)),
    ...each(server.logs, (text) => readLog(text, columns)),
    ...each(server.texts, (text) => text),
  ];
  const blank = (text: string) =>
    masks.reduce((rest, { pattern, to }) => rest.replace(new RegExp(pattern, 'gi'), to), text);
  return Object.fromEntries(packed.map(([name, text]) => [name, blank(text)]));
}

function copyAllowed(xml: string, allow: ReadonlyMap<string, readonly string[]>): string {
  const parser = new SaxesParser();
  const quote = (value: string) =>
    value.replace(/[&"<]/g, (c) => ({ '&': '&amp;', '"': '&quot;', '<': '&lt;' })[c] ?? '');
  let copy = '';
  // An element that is not on the list goes with all that is in it.
  let left = 0;
  parser.on('opentag', ({ name, attributes }) => {
    const known = allow.get(name);
    if (left > 0 || !known) return void left++;
    const kept = Object.entries(attributes).filter(([attribute]) => known.includes(attribute));
    copy += `<${name}${kept.map(([attribute, value]) => ` ${attribute}="${quote(value)}"`).join('')}>`;
  });
  parser.on('closetag', ({ name }) => {
    if (left > 0) left--;
    else copy += `</${name}>`;
  });
  parser.write(xml).close();
  return copy;
}

function readLog(text: string, columns: ReadonlySet<string | undefined>): string {
  const lines = text.split(/\r?\n/);
  const fields =
    lines
      .find((line) => line.startsWith('#Fields: '))
      ?.slice('#Fields: '.length)
      .split(' ') ?? [];
  const shown = lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) =>
      line
        .split(' ')
        .map((value, index) => (columns.has(fields[index]) ? '-' : value.replace(/\?.*/, '')))
        .join(' '),
    );
  return ['#Software: Microsoft Internet Information Services', `#Fields: ${fields.join(' ')}`, ...shown].join('\r\n');
}
