import type { ObservationCollector } from '../gather.js';
import type { CommandOutput, OutputLine } from './output.js';

/** A key of netsh and its value; keys are translated, the shapes of the values are not. */
const keyed = /^\s*\S.{0,60}?\s:\s+(\S.*?)\s*$/;
const urlPrefix = /^https?:\/\/[^\s/]{1,300}:\d{1,5}\/\S*$/;
/** All of port 80 or 443, whatever the host: nothing else gets a request there. */
const wholePort = /^https?:\/\/[+*]:(?:80|443)\/$/;
const binding = /^(?:(?:\d{1,3}\.){3}\d{1,3}|\[[\da-fA-F:]{2,45}\]|[\w.*-]{1,255}):\d{1,5}$/;
/** How browsers name a certificate for another host; people write it above the listing. */
const otherName =
  /\b(?:SSL_ERROR_BAD_CERT_DOMAIN|(?:NET::)?ERR_CERT_COMMON_NAME_INVALID|DLG_FLAGS_SEC_CERT_CN_INVALID)\b/;
const thumbprint = /^[\da-f]{40}$/i;

export const httpSysOutputs: readonly CommandOutput[] = [
  { command: 'netsh http show servicestate', sign: /Request queue name/i, kind: 'command-output', read: readQueues },
  { command: 'netsh http show urlacl', sign: /SDDL:/, kind: 'command-output', read: readReservations },
  { command: 'netsh http show sslcert', kind: 'command-output', typed: /\bshow\s+sslcert\b/i, read: readCertificates },
  { command: 'netsh http show iplisten', kind: 'command-output', typed: /\bshow\s+iplisten\b/i, read: readListenList },
];

function keyedValue({ text }: OutputLine): string {
  return keyed.exec(text)?.[1] ?? '';
}

/** Reservations: a URL prefix, below it who may listen there, and the list as SDDL. */
function readReservations(lines: readonly OutputLine[], gather: ObservationCollector): boolean {
  if (!lines.some(({ text }) => /\bSDDL:\s*D:/.test(text))) return false;
  const reserved = lines.filter((line) => urlPrefix.test(keyedValue(line)));
  for (const line of reserved) {
    const url = keyedValue(line);
    const place = { event: line.number, field: 'Reserved URL' };
    gather.add('urlacl.url', url, place);
    if (wholePort.test(url)) gather.add('urlacl.takes-the-site', url, place);
  }
  return reserved.length > 0;
}

/** Bindings of certificates: an address with a port, below it the thumbprint and the program that bound it. */
function readCertificates(lines: readonly OutputLine[], gather: ObservationCollector, typed: boolean): boolean {
  const hashes = lines.filter((line) => thumbprint.test(keyedValue(line)));
  const bindings = lines.filter((line) => binding.test(keyedValue(line)));
  const heading = lines.some(({ text }) => /^SSL Certificate bindings:/i.test(text));
  if (!typed && !heading && (hashes.length === 0 || bindings.length === 0)) return false;
  gather.add('sslcert.bindings', bindings.length, { field: 'bindings' });
  for (const line of bindings) {
    const where = keyedValue(line);
    const port = where.slice(where.lastIndexOf(':') + 1);
    gather.add('sslcert.binding', `port ${port}`, { event: line.number, field: 'IP:port' });
  }
  const everyName = bindings.find((line) => /^(?:0\.0\.0\.0|\[::\]):443$/.test(keyedValue(line)));
  if (everyName)
    gather.add('sslcert.for-every-name', true, {
      event: everyName.number,
      field: 'IP:port',
      raw: keyedValue(everyName),
    });
  for (const line of lines) {
    const code = otherName.exec(line.text)?.[0];
    if (code) gather.add('page.browser-code', code, { event: line.number, field: 'text' });
  }
  const storeless = lines.find(isWithoutStore);
  if (storeless)
    gather.add('sslcert.without-store', true, {
      event: storeless.number,
      field: 'Certificate Store Name',
      raw: '(null)',
    });
  return true;
}

/** The store is two lines below the thumbprint, behind the program that bound it; keys and order are those of netsh. */
function isWithoutStore(line: OutputLine, at: number, lines: readonly OutputLine[]): boolean {
  return (
    keyedValue(line) === '(null)' && lines.slice(Math.max(0, at - 2), at).some((l) => thumbprint.test(keyedValue(l)))
  );
}

/** Addresses that http.sys listens at; an empty list means all of them. */
function readListenList(lines: readonly OutputLine[], gather: ObservationCollector, typed: boolean): boolean {
  if (!typed && !lines.some(({ text }) => /^IP addresses present in the IP listen list/i.test(text))) return false;
  const addresses = lines.filter(({ text }) =>
    /^\s*(?:(?:\d{1,3}\.){3}\d{1,3}|[\da-f]{0,4}:[\da-f:]{1,40})\s*$/i.test(text),
  );
  gather.add('iplisten.addresses', addresses.length, { field: 'IP addresses' });
  for (const { text } of addresses) gather.countWithheld(text.trim());
  return true;
}

/** `view=requestq`: each queue with its worker processes and the URLs it serves. The keys are not translated. */
function readQueues(lines: readonly OutputLine[], gather: ObservationCollector): boolean {
  let found = false;
  for (const { text, number } of lines) {
    const name = /^\s*Request queue name:\s*(\S.{0,200}?)\s*$/i.exec(text)?.[1];
    const processes = /^\s*Number of active processes attached:\s*(\d{1,6})/i.exec(text)?.[1];
    const url = /^\s*(HTTPS?:\/\/\S{1,400})\s*$/i.exec(text)?.[1];
    if (name) {
      found = true;
      gather.add('queue.name', name, { event: number, field: 'Request queue name' });
    }
    if (!found) continue;
    if (processes) gather.add('queue.processes', Number(processes), { event: number, field: 'active processes' });
    if (url) gather.add('queue.url', url, { event: number, field: 'Registered URLs' });
  }
  return found;
}
