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

/** What a line of a text says of a failure. */
interface FoundMessage {
  line: string;
  /** Of the line, from 1. */
  number: number;
  origin?: 'appcmd' | 'msdeploy';
  type?: string;
  message: string;
  code?: string;
}

/**
 * Reads a message without its stack: what appcmd or Web Deploy says, else the last line that names an exception, that a compiler of .NET
 * numbers, or that gives a code behind a label. Null for words without any.
 */
export function readErrorMessage(file: string, text: string): Reading | null {
  if (text.length > longestText || /^\s*<(?!\w{1,12}>[^<]*$)/.test(text)) return null;
  const lines = text.split(/\r\n|\r|\n/).map((raw, i): Line => [raw.slice(0, 2000), i + 1]);
  const found = lines.flatMap(toolMessage)[0] ?? lines.flatMap(namedException).at(-1) ?? failingMessage(text);
  if (!found) return null;
  const { line, number, origin, type, message, code } = found;
  const gather = new ObservationCollector();
  const place = { event: number, field: 'exception' };
  gather.add('application.failure', 'exception', { event: number, field: 'line', raw: line });
  if (origin) gather.add('exception.origin', origin, place);
  if (type) gather.add('exception.type', type, place);
  gather.add('exception.message', message, place);
  if (code) gather.add('exception.code', code, place);
  return gather.toReading(file, 'application-log', 'error-message');
}

type Line = [line: string, number: number];

/** Finds what appcmd or Web Deploy says of its failure, each in its own form. */
function toolMessage([raw, number]: Line): FoundMessage[] {
  const line = raw.trim();
  const command = appcmd.exec(line);
  if (command) {
    const message = command[2]!.replace(/\s*\)[\s_*]*$/, '').trim();
    return [{ line, number, origin: 'appcmd', message, ...(command[1] && { code: `0x${command[1].toLowerCase()}` }) }];
  }
  const deployment = deployed.exec(line);
  return deployment ? [{ line, number, origin: 'msdeploy', type: deployment[1]!, message: line }] : [];
}

function namedException([raw, number]: Line): FoundMessage[] {
  const line = raw.trimEnd();
  if (/^\s*-{4,}.*-{4,}\s*$/.test(line)) return [];
  const found = named.exec(line.split(/ ?---> ?/).at(-1)!) ?? named.exec(line);
  if (!found) return [];
  const [, type, code, message] = found;
  return [{ line, number, type: type!, message: message!.trim(), ...(code && { code: code.toLowerCase() }) }];
}

/** Returns the number of a compiler, else a code behind a label. */
function failingMessage(text: string): FoundMessage | undefined {
  const failing = failingLines(text);
  const [line, number] = failing.find(([one]) => compiled.test(one)) ?? failing.find(([one]) => coded.test(one)) ?? [];
  if (line === undefined || number === undefined) return undefined;
  const compiler = compiled.exec(line);
  return compiler
    ? { line, number, message: `error ${compiler[1]}: ${compiler[2]!.trim()}` }
    : { line, number, message: line, code: asHresult(coded.exec(line)![1]!) };
}

/** `-2147024891` and `80070005` are the same code as `0x80070005`. */
function asHresult(code: string): string {
  if (!code.startsWith('-')) return `0x${code.replace(/^0x/i, '').toLowerCase()}`;
  return `0x${(Number(code) >>> 0).toString(16)}`;
}
