import { boundField } from '../bounded.js';
import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';

/** What a line of the log says about the application, the gravest first. */
const failures = ['runtime-missing', 'port-in-use', 'startup', 'unhandled', 'keys-in-memory'] as const;
type ApplicationFailure = (typeof failures)[number];

/** Texts that ASP.NET Core and the .NET host write. Both are never translated. */
const says: readonly (readonly [ApplicationFailure, RegExp])[] = [
  [
    'runtime-missing',
    /You must install (?:or update )?\.NET|It was not possible to find any compatible framework version|The (?:specified framework|framework:?) '[\w.]{1,80}', version '[\w.-]{1,40}'.{0,20} was not found|hostfxr.{0,40}(?:not found|could not be found)/,
  ],
  ['port-in-use', /Failed to bind to address .{0,200}address already in use|Only one usage of each socket address/],
  [
    'startup',
    /^Unhandled exception\. |Application startup exception|Hosting failed to start|Host terminated unexpectedly/,
  ],
  ['unhandled', /An unhandled exception (?:was thrown by the application|has occurred while executing the request)/],
  ['keys-in-memory', /Using an (?:in-memory|ephemeral key) repository/],
];

/** `fail: Microsoft.AspNetCore.Server.Kestrel[13]`, as the console logger of .NET writes it. */
const entry = /^(?:trce|dbug|info|warn|fail|crit): [A-Za-z_][\w.+`-]{0,200}\[-?\d{1,9}\]/;
const exceptionLine =
  /^(?:Unhandled exception\. )?(?:\s*---> )?\s{0,12}((?:[A-Za-z_]\w{0,60}\.){1,12}[A-Za-z_]\w{0,60}(?:Exception|Error))(?: \((0x[0-9a-fA-F]{8})\))?: (.{1,1000})$/;

/** A log has many lines of everyday; only its last failures matter, and a reader stops at this many. */
const mostLines = 200_000;

/** Reads the stdout log of an ASP.NET Core application, or what it printed on the console. Null for another text. */
export function readApplicationLog(file: string, text: string): Reading | null {
  const lines = text.split(/\r\n|\r|\n/, mostLines).map((line) => boundField(line).slice(0, 2000));
  const isLog = lines.some((line) => entry.test(line));
  const found = failureOf(lines);
  if (!isLog && (found === undefined || found.failure === 'keys-in-memory')) return null;
  const gather = new ObservationCollector();
  gather.add('application.lines', lines.length);
  if (found) {
    const { failure, line } = found;
    gather.add('application.failure', failure, {
      event: line,
      field: 'line',
      raw: withoutAddress(lines[line - 1]!.trim()),
    });
    if (failure !== 'keys-in-memory') observeException(gather, lines, line);
  }
  return gather.toReading(file, 'application-log', 'aspnetcore-stdout');
}

/** The gravest failure and its last line: what came before was another attempt. */
function failureOf(lines: readonly string[]): { failure: ApplicationFailure; line: number } | undefined {
  for (const failure of failures) {
    const pattern = says.find(([name]) => name === failure)![1];
    const at = lines.findLastIndex((line) => pattern.test(line));
    if (at >= 0) return { failure, line: at + 1 };
  }
  return undefined;
}

/** The exception on that line or right below it; of a chain the innermost names the reason. */
function observeException(gather: ObservationCollector, lines: readonly string[], from: number): void {
  let innermost: { type: string; code: string | undefined; message: string; line: number } | undefined;
  for (let i = from - 1; i < Math.min(lines.length, from + 40); i++) {
    if (i >= from && entry.test(lines[i]!)) break;
    const hit = exceptionLine.exec(lines[i]!);
    if (!hit || (innermost && !lines[i]!.includes('--->'))) continue;
    innermost = { type: hit[1]!, code: hit[2], message: hit[3]!.trim(), line: i + 1 };
  }
  if (!innermost) return;
  const place = { event: innermost.line, field: 'exception' };
  gather.add('exception.origin', 'aspnetcore', place);
  gather.add('exception.type', innermost.type, place);
  gather.add('exception.message', withoutAddress(innermost.message), place);
  if (innermost.code) gather.add('exception.code', innermost.code.toLowerCase(), place);
}

/** The port is what matters of an address that is in use; the address itself stays behind. */
function withoutAddress(text: string): string {
  return text.replace(/(Failed to bind to address ).{0,200}?(: address already in use)/, (_, before, behind) => {
    const port = /https?:\/\/.{0,150}:(\d{1,5}): address/.exec(text)?.[1];
    return `${before}(${port === undefined ? 'address withheld' : `port ${port}`})${behind}`;
  });
}
