import { readCrashLine } from '../forms/crash-line.js';
import { readReportSignature } from '../forms/error-report.js';
import { fieldOf, shortProvider, type WindowsEvent } from '../windows-event.js';
import type { EventFacts } from './event-facts.js';
import { typeName } from './exception.js';

/** Application Error 1000 and Windows Error Reporting 1001: which program, which module, which exception code. */
export function crashIn(event: WindowsEvent, words: string): EventFacts {
  const reporting = shortProvider(event.provider) === 'windows error reporting';
  const [programAt, moduleAt, codeAt] = reporting ? [5, 8, 11] : [0, 3, 6];
  const line = readCrashLine(words);
  const signature = reporting ? readReportSignature(words) : new Map<string, string>();
  if (signature.get('kind') === 'CLR20r3') return managedCrash(signature);
  const program =
    fieldOf(event, ['AppName', 'P1'], programAt) ??
    line?.program ??
    /[:：] ?([\w .-]{1,60}\.exe)(?=,|\s*$)/im.exec(words)?.[1];
  const module =
    fieldOf(event, ['ModuleName', 'P4'], moduleAt) ??
    line?.module ??
    (reporting
      ? (signature.get('P4') ?? /^P4[:：] ?([^\n]{1,80})$/m.exec(words)?.[1])
      : words
          .split('\n')
          .map((l) => /[:：] ?([\w .-]{1,80}(?:\.\w{2,4})?), /.exec(l)?.[1])
          .filter(Boolean)[1]);
  const code =
    fieldOf(event, ['ExceptionCode', 'P7'], codeAt) ??
    line?.code ??
    signature.get('P7') ??
    /\b0x([c8e][0-9a-f]{7})\b/i.exec(withoutVersions(words))?.[1];
  const digits = code?.replace(/^0x/i, '');
  return {
    process: program?.trim(),
    file: module?.trim(),
    ...(digits && /^[0-9a-f]{8}$/i.test(digits) && { code: `0x${digits.toLowerCase()}` }),
  };
}

/** CLR20r3 is an exception of .NET: the signature names the program, the assembly that threw it, and its type. */
function managedCrash(signature: ReadonlyMap<string, string>): EventFacts {
  const program = signature.get('P1');
  const type = typeName.exec(signature.get('P9') ?? '')?.[1];
  return {
    process: program && /([^\\]{1,60})$/.exec(program)?.[1],
    file: signature.get('P4'),
    code: '0xe0434352',
    ...(type && { exceptionType: type }),
  };
}

/** Lines that name a program with its version also hold its time stamp, which looks like a code. */
function withoutVersions(words: string): string {
  return words
    .split('\n')
    .filter((line) => !/, [^\n]{0,40}\d\.\d/.test(line))
    .join('\n');
}
