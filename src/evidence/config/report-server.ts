import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';

/** The schemes of Reporting Services, as its own configuration names them. */
const scheme = /<(RSWindows(?:Negotiate|Kerberos|NTLM|Basic)|RSForms|Custom)\s{0,4}\/>/g;

/** What is pasted of the file is short, in characters. */
const longestText = 200_000;

/**
 * Reads the authentication of rsreportserver.config, with the status that people name beside it. Reporting Services answers
 * through http.sys like IIS, and people take it for a site.
 */
export function readReportServer(file: string, text: string): Reading | null {
  if (text.length > longestText || !/<AuthenticationTypes\b/.test(text)) return null;
  const schemes = [...text.matchAll(scheme)];
  if (schemes.length === 0) return null;
  const gather = new ObservationCollector();
  const status = /\bHTTP Error (401)\b|(?<![\w.])(401)\.[12](?!\d)/.exec(text);
  if (status) gather.add('final-status', Number(status[1] ?? status[2]), { field: 'text', raw: status[0] });
  for (const { 1: name, index } of schemes) {
    const event = text.slice(0, index).split('\n').length;
    gather.add('text.line', `AuthenticationTypes ${name}`, { event, field: 'rsreportserver.config', raw: name! });
  }
  return gather.toReading(file, 'fragment', 'rsreportserver.config');
}
