import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';
import { failingLines } from '../text-lines.js';

/** A text with a message in it is a post or a short log; of a longer one other readers speak. In characters. */
const longestText = 64_000;
/** `Namespace.Type: words`, `ValueError: words`, with what a log writes in front. */
const named =
  /(?:^|[\s>([])((?:[A-Za-z_]\w{0,80}\.){0,12}[A-Z]\w{2,80}(?:Exception|Error|Fault))(?: \((0x[0-9a-f]{8})\))?: (\S.{0,1500})$/i;
/** What a compiler of .NET prints in every language: `(0): error CS0016: …`. */
const compiled = /(?:^|[\s:)])(?:error|warning as error)? ?((?:CS|BC)\d{4,5}): (\S.{0,1500})$/;
/** A code behind a label, in the notations that programs use: `ErrorCode = -2147024891`, `error: 80070005`. */
const coded =
  /(?:\b(?:error ?code|hresult|error|hr)\b[^\w-]{1,6}|^[^:]{2,40}: )((?:0x)?[89][0-9a-f]{7}|-21[0-9]{8})(?![0-9a-f])/i;

/** `ERROR ( hresult:800710d8, message:… )`: what appcmd prints. */
const appcmd = /\bERROR \( (?:hresult:([0-9a-f]{8}), )?message:(\S.{0,1500})/i;
/** The code of a failure of Web Deploy, behind its label or in its own link. */
const deployed = /(?:\bError Code: |LinkId=221672#)(ERROR_[A-Z_]{4,60})/;

/** A tool's own form of a message, and what names the tool. */
function toolMessageIn(
  line: string,
): { origin: 'appcmd' | 'msdeploy'; type?: string; message: string; code?: string } | undefined {
  const command = appcmd.exec(line);
  if (command)
    return {
      origin: 'appcmd',
      message: command[2]!.replace(/\s*\)[\s_*]*$/, '').trim(),
      ...(command[1] && { code: `0x${command[1].toLowerCase()}` }),
    };
  const deployment = deployed.exec(line);
  return deployment ? { origin: 'msdeploy', type: deployment[1]!, message: line } : undefined;
}

/**
 * Reads a message without its stack: the last line that names an exception, that a compiler of .NET numbers, or that gives a code behind a label.
 * Null for words without either.
 */
export function readErrorMessage(file: string, text: string): Reading | null {
  if (text.length > longestText || /^\s*<(?!\w{1,12}>[^<]*$)/.test(text)) return null;
  const tool = readToolMessage(file, text);
  if (tool) return tool;
  const last = text
    .split(/\r\n|\r|\n/)
    .flatMap((raw, i) => {
      const line = raw.slice(0, 2000).trimEnd();
      if (/^\s*-{4,}.*-{4,}\s*$/.test(line)) return [];
      const found = named.exec(line.split(/ ?---> ?/).at(-1)!) ?? named.exec(line);
      return found ? [{ found, number: i + 1, line }] : [];
    })
    .at(-1);
  const failing = last ? [] : failingLines(text);
  const compiler = failing.find(([line]) => compiled.test(line));
  const code = failing.find(([line]) => coded.test(line));
  if (!last && !compiler && !code) return null;
  const gather = new ObservationCollector();
  const [line, number] = last ? [last.line, last.number] : (compiler ?? code)!;
  const place = { event: number, field: 'exception' };
  gather.add('application.failure', 'exception', { event: number, field: 'line', raw: line });
  if (last) {
    gather.add('exception.type', last.found[1]!, place);
    gather.add('exception.message', last.found[3]!.trim(), place);
    if (last.found[2]) gather.add('exception.code', last.found[2].toLowerCase(), place);
  } else if (compiler) {
    const [, number, says] = compiled.exec(line)!;
    gather.add('exception.message', `error ${number}: ${says!.trim()}`, place);
  } else {
    gather.add('exception.message', line, place);
    gather.add('exception.code', asHresult(coded.exec(line)![1]!), place);
  }
  return gather.reading(file, 'application-log', 'error-message');
}

/** Reads what appcmd or Web Deploy says of its failure; null where neither speaks. */
function readToolMessage(file: string, text: string): Reading | null {
  for (const [i, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = raw.slice(0, 2000).trim();
    const found = toolMessageIn(line);
    if (!found) continue;
    const gather = new ObservationCollector();
    const place = { event: i + 1, field: 'exception' };
    gather.add('application.failure', 'exception', { event: i + 1, field: 'line', raw: line });
    gather.add('exception.origin', found.origin, place);
    if (found.type) gather.add('exception.type', found.type, place);
    gather.add('exception.message', found.message, place);
    if (found.code) gather.add('exception.code', found.code, place);
    return gather.reading(file, 'application-log', 'error-message');
  }
  return null;
}

/** `-2147024891` and `80070005` are the same code as `0x80070005`. */
function asHresult(code: string): string {
  if (!code.startsWith('-')) return `0x${code.replace(/^0x/i, '').toLowerCase()}`;
  return `0x${(Number(code) >>> 0).toString(16)}`;
}
