import { evidenceSamples } from './samples.js';

/** Returns the text of a sample. */
export function evidenceText(name: string): string {
  return evidenceSamples.find((sample) => sample.name === name)!.text!;
}

/** What people put into one text: each of its parts, an empty line between. */
export const textsOfSeveralKinds = [
  ['event: its words alone', 'page: right lost', 'whoami'],
  ['event: Event Viewer in German', 'page: exception in German, copied', 'output of netstat -ano -p tcp'],
  ['event: wevtutil XML', 'access log, several lines', 'rights export'],
  ['log with the right lost', 'rights export'],
  ['whoami', 'log with the right lost', 'gpresult in XML'],
  ['page: service unavailable, copied', 'log with the right lost'],
  ['gpresult in XML', 'configuration', 'event: wevtutil text'],
  ['access log', 'page: locked section, saved (en)', 'output of Get-IISAppPool'],
  ['head of a log', 'whoami', 'application log'],
  ['accesschk of a process', 'rights export', 'event: Get-WinEvent | Format-List'],
  ['line of a rights export', 'event: Get-WinEvent | Export-Csv', 'Compact View'],
].map((parts) => {
  const text = parts.map((part) => `${evidenceText(part).trimEnd()}\n`).join('\n');
  return { name: parts.join(' + '), text, bytes: Buffer.from(text, 'utf8') };
});
