import type { WindowsEvent } from '../windows-event.js';

/** A report is a few kilobytes; its list of modules is the longest part. In characters. */
const longestReport = 500_000;

/** Places of the values of a signature; their names are translated. A BEX report has the offset before the code. */
const places = { program: 0, module: 3, codes: [6, 7] } as const;

/**
 * Returns the crash that a `Report.wer` of Windows Error Reporting tells, as the event 1001 that the same report leaves in
 * the Application log. Empty for another text.
 */
export function findErrorReport(text: string): WindowsEvent[] {
  if (text.length > longestReport || !/^[ \t]*EventType=\w/m.test(text) || !/^[ \t]*Sig\[0\]\.Value=/m.test(text))
    return [];
  const values = new Map<string, string>();
  for (const [, name, value] of text.matchAll(/^[ \t]*([\w.[\]]{1,60})=([^\r\n]{0,400})/gm))
    if (!values.has(name!)) values.set(name!, value!.trim());
  const signature = (place: number) => values.get(`Sig[${place}].Value`) ?? '';
  const code = places.codes.map(signature).find((value) => /^[c8e4][0-9a-f]{7}$/i.test(value));
  const data = new Map([
    ['AppName', values.get('NsAppName') ?? signature(places.program)],
    ['ModuleName', signature(places.module)],
  ]);
  if (code) data.set('ExceptionCode', code);
  const time = timeOf(values.get('EventTime'));
  const event = { number: 1, id: 1001, provider: 'Windows Error Reporting', data, plain: [] };
  return [time === undefined ? event : { ...event, time }];
}

/** Hundreds of nanoseconds since 1601, UTC. */
function timeOf(ticks: string | undefined): string | undefined {
  if (ticks === undefined || !/^1[23]\d{16}$/.test(ticks)) return undefined;
  const sinceEpoch = Number(BigInt(ticks) / 10_000n) - 11_644_473_600_000;
  return `${new Date(sinceEpoch).toISOString().slice(0, 19)}Z`;
}

/** The text of Windows Error Reporting 1001: the kind of the failure, then its signature in ten values. */
export const reportSignature = /\bEvent ?Name: {0,2}(?:CLR20r3|APPCRASH|BEX(?:64)?)\b(?=[\s\S]{0,300}\bP1: )/;

/** Returns the values P1 to P10 of such a text, in lines or one behind the other. */
export function readReportSignature(text: string): Map<string, string> {
  const values = new Map<string, string>();
  const flat = text.slice(0, 4000).replace(/\s+/g, ' ');
  for (const [, name, value] of flat.matchAll(/\b(P\d{1,2}): ((?:(?! P\d{1,2}:).){0,200})/g))
    values.set(name!, value!.trim());
  const kind = reportSignature.exec(text)?.[0].split(':')[1]?.trim();
  if (kind) values.set('kind', kind);
  return values;
}
