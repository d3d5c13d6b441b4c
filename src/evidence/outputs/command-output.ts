import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';
import { accessLists } from './access-lists.js';
import { certificateOutputs } from './certificates.js';
import { collectionOutputs } from './collection.js';
import { domainOutputs } from './domain.js';
import { eventDataOutputs } from './event-data.js';
import { fileOutputs } from './files.js';
import { httpSysOutputs } from './http-sys.js';
import { iisOutputs } from './iis.js';
import { kerberosOutputs } from './kerberos.js';
import { networkOutputs } from './network.js';
import type { CommandOutput, OutputLine } from './output.js';
import { phpIniOutputs } from './php-ini.js';
import { securityEngineOutputs } from './security-engine.js';
import { serviceOutputs } from './services.js';
import { softwareOutputs } from './software.js';

/** Every command whose output is read, asked in this order. */
const commandOutputs: readonly CommandOutput[] = [
  ...collectionOutputs,
  ...accessLists,
  ...networkOutputs,
  ...httpSysOutputs,
  ...serviceOutputs,
  ...iisOutputs,
  ...kerberosOutputs,
  ...softwareOutputs,
  ...certificateOutputs,
  ...domainOutputs,
  ...securityEngineOutputs,
  ...fileOutputs,
  ...eventDataOutputs,
  ...phpIniOutputs,
];

/** An output is read by a person: what is longer is another file. In characters and lines. */
const longestOutput = 1024 * 1024;
const longestLine = 1000;
const mostLines = 20_000;

/** `C:\Users\me>command` and `PS C:\> command`, as a console shows them. */
const prompt = /^\s*(?:PS )?[A-Za-z]:\\[^<>|"]{0,200}>(.*)$/;

/**
 * Reads what a command printed, with or without the line where it was typed. Of several outputs in one text the first
 * that is known is read; `readCommandOutputs` gives all.
 */
export function readCommandOutput(file: string, text: string): Reading | null {
  return outputsIn(file, text).next().value ?? null;
}

/** Reads every known output of a text: people copy a whole console with several commands. */
export function readCommandOutputs(file: string, text: string): Reading[] {
  return [...outputsIn(file, text)];
}

function* outputsIn(file: string, text: string): Generator<Reading, undefined> {
  // Of documents only sections of IIS's configuration are printed by a command.
  if (text.length > longestOutput || /^\s*<(?!system\.|\s)/.test(text)) return;
  for (const { typed, lines } of consoleParts(text)) {
    const reading = readPart(file, typed, lines);
    if (reading) yield reading;
  }
}

function readPart(file: string, typed: string | undefined, lines: readonly OutputLine[]): Reading | null {
  const whole = lines.map(({ text }) => text).join('\n');
  for (const output of commandOutputs) {
    if (output.sign && !output.sign.test(whole)) continue;
    const named = typed !== undefined && (output.typed?.test(typed) ?? false);
    const gather = new ObservationCollector();
    if (!output.read(lines, gather, named, typed)) continue;
    gather.add('output.command', output.command);
    return gather.toReading(file, output.kind, output.command);
  }
  return null;
}

interface ConsolePart {
  /** The command line above the lines. */
  typed: string | undefined;
  lines: OutputLine[];
}

/** Cuts a copied console at its command lines. */
function consoleParts(text: string): ConsolePart[] {
  const parts: ConsolePart[] = [{ typed: undefined, lines: [] }];
  let number = 0;
  for (const raw of text.split(/\r\n|\r|\n/).slice(0, mostLines)) {
    number++;
    const line = raw.slice(0, longestLine);
    const typed = prompt.exec(line)?.[1]?.trim();
    if (typed !== undefined) parts.push({ typed: typed === '' ? undefined : typed, lines: [] });
    else parts.at(-1)!.lines.push({ number, text: line });
  }
  return parts.filter(({ lines }) => lines.some(({ text }) => text.trim() !== ''));
}
