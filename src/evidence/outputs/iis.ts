import { objectState } from '../config/pools.js';
import type { ObservationCollector } from '../gather.js';
import { findElement, rootElementOf } from '../markup.js';
import type { CommandOutput, OutputLine } from './output.js';

const listCommand = /\bappcmd(?:\.exe)?"?\s+list\s+(\w+)/i;

export const iisOutputs: readonly CommandOutput[] = [
  { command: 'appcmd', kind: 'server-config', typed: listCommand, read: readAppcmdList },
  { command: 'Get-IISAppPool', sign: /-{4,}/, kind: 'server-config', read: readPoolTable },
  { command: 'Get-Website', sign: /-{4,}/, kind: 'server-config', read: readSiteTable },
];

/** `SITE "Shop" (id:1,bindings:http/*:80:,state:Started)` and its like: a type, a name, and values in brackets. */
const listed = /^\s*(SITE|APP|VDIR|MODULE|REQUEST|BACKUP) "([^"]{1,260})"\s*(?:\((.{0,900})\))?\s*$/;

function readAppcmdList(lines: readonly OutputLine[], gather: ObservationCollector, typed: boolean): boolean {
  let found = false;
  for (const line of lines) {
    const row = listed.exec(line.text);
    if (!row) continue;
    found = true;
    observeListed(row[1]!, row[2]!, row[3] ?? '', line, gather);
  }
  return found || readSection(lines, gather) || (typed && readOneWord(lines, gather));
}

function observeListed(
  type: string,
  name: string,
  values: string,
  line: OutputLine,
  gather: ObservationCollector,
): void {
  const place = { event: line.number, field: type };
  const value = (key: string) =>
    new RegExp(`(?:^|,\\s?)${key}:(.{0,400}?)(?:,\\s?[a-zA-Z]{2,20}:|$)`).exec(values)?.[1];
  if (type === 'SITE') {
    gather.add('site.name', name, place);
    observeState(value('state'), 'site.state', line, gather);
    const bindings = /bindings:(.{0,700}?),state:/.exec(values)?.[1] ?? '';
    for (const binding of bindings.split(',').filter(Boolean)) gather.add('site.binding', portOf(binding), place);
  } else if (type === 'APP') gather.add('app.pool', value('applicationPool') ?? '', place);
  else if (type === 'MODULE') gather.add('module.listed', name, place);
  else if (type === 'REQUEST') {
    const url = value('url')?.replace(/^[A-Z]{1,10} /, '');
    if (url) gather.add('running.url', url, place);
    const ms = /\d{1,10}/.exec(value('time') ?? '')?.[0];
    if (ms) gather.add('running.ms', Number(ms), place);
    const module = value('module');
    if (module) gather.add('running.module', module, place);
  } else gather.add('config.listed', type.toLowerCase(), place);
}

/** `https/*:443:shop.example` without addresses and names: `https port 443`. */
function portOf(binding: string): string {
  const found = /^([\w.]{2,20})\/(?:.{0,60}:)?(\d{1,5}):/.exec(binding.trim());
  return found ? `${found[1]} port ${found[2]}` : 'other';
}

function observeState(
  word: string | undefined,
  name: 'site.state' | 'pool.state',
  line: OutputLine,
  gather: ObservationCollector,
): void {
  const state = objectState(word);
  if (state) gather.add(name, state, { event: line.number, field: 'state' });
}

/** `appcmd list config /section:…` prints the section within its group, as XML without its own root. */
function readSection(lines: readonly OutputLine[], gather: ObservationCollector): boolean {
  const text = lines.map((line) => line.text).join('\n');
  const root = rootElementOf(text)?.name;
  if (root === undefined || !/^system\.(?:webServer|web|applicationHost|ftpServer)$/.test(root)) return false;
  const section = rootElementOf(findElement(text, root)?.inner ?? '')?.name;
  const name = section && /^[A-Za-z]{2,40}$/.test(section) ? section : root;
  const line = lines.find((one) => one.text.includes(`<${name}`)) ?? lines[0]!;
  gather.add('config.section', name, { event: line.number, field: root });
  return true;
}

/** `/text:state` and other single attributes print one word, which says something only below its command. */
function readOneWord(lines: readonly OutputLine[], gather: ObservationCollector): boolean {
  const words = lines.filter(({ text }) => text.trim() !== '');
  const [line] = words;
  if (!line || words.length > 1 || !/^[\w.:-]{1,40}$/.test(line.text.trim())) return false;
  if (objectState(line.text)) observeState(line.text, 'pool.state', line, gather);
  else gather.add('config.value', line.text.trim(), { event: line.number, field: 'value' });
  return true;
}

/** `Get-IISAppPool`, and `Get-ChildItem IIS:\AppPools`: names may hold blanks, the state is one of five words. */
function readPoolTable(lines: readonly OutputLine[], gather: ObservationCollector): boolean {
  const rows = lines.flatMap(({ text, number }) => {
    const found =
      /^(\S.{0,63}?)\s+(Started|Stopped|Starting|Stopping|Unknown)\s+(?:(?:v[24]\.0|No Managed)?\s*(?:Integrated|Classic)\b.*|.{0,200})$/.exec(
        text.trimEnd(),
      );
    return found ? [{ name: found[1]!.trim(), state: found[2]!, text, number }] : [];
  });
  const ruled = lines.some(({ text }) => /^\s*-{4,}\s+-{5,}\s+-{3,}/.test(text));
  if (!ruled || rows.length === 0 || rows.some(({ text }) => /\s(?:https?|net\.\w+)\s/.test(text))) return false;
  for (const { name, state, number } of rows) {
    gather.add('pool.name', name, { event: number, field: 'Name' });
    gather.add('pool.state', objectState(state)!, { event: number, field: 'Status', raw: state });
  }
  return true;
}

/** `Get-Website`, `Get-IISSite`: name, number, state, path, bindings. */
function readSiteTable(lines: readonly OutputLine[], gather: ObservationCollector): boolean {
  const rows = lines.flatMap(({ text, number }) => {
    const found = /^(\S.{0,100}?)\s+(\d{1,10})\s+(Started|Stopped|Starting|Stopping|Unknown)\s+\S/.exec(text.trimEnd());
    return found ? [{ name: found[1]!.trim(), state: found[3]!, number }] : [];
  });
  const ruled = lines.some(({ text }) => /^\s*-{4,}\s+-{2,}\s+-{5,}/.test(text));
  if (!ruled || rows.length === 0) return false;
  for (const { name, state, number } of rows) {
    gather.add('site.name', name, { event: number, field: 'Name' });
    gather.add('site.state', objectState(state)!, { event: number, field: 'State', raw: state });
  }
  return true;
}
