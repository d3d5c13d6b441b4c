import type { LogLine } from './columns.js';

/**
 * Ports on which Windows itself listens through HTTP.sys: discovery of devices, media sharing and remote management. What
 * is logged about them says nothing about a site.
 */
const windowsPorts: Readonly<Record<string, string>> = {
  2869: 'UPnP discovery (port 2869)',
  5357: 'WSDAPI discovery (port 5357)',
  5358: 'WSDAPI discovery (port 5358)',
  10243: 'media sharing (port 10243)',
  5985: 'WinRM (port 5985)',
  5986: 'WinRM (port 5986)',
  47001: 'WinRM (port 47001)',
};

/** Addresses that no site of Windows has and every scanner of the internet asks for. */
const scanned =
  /^\/(?:\.(?:env|git|aws|ssh|svn)\b|wp-(?:login|admin|content|includes)\b|xmlrpc\.php|phpmyadmin|pma\/|cgi-bin\/|manager\/html|boaform|HNAP1|solr\/|actuator|vendor\/phpunit|_ignition\/|GponForm|setup\.cgi|shell\?|boaform|owa\/auth\/x\.js|\+CSCOE\+|sdk$|evox\/)/i;

/** What HTTP.sys refuses by its form alone: the usual end of a scan. */
const refusals = new Set(['BadRequest', 'Hostname', 'Forbidden', 'URL', 'Verb', 'Header', 'Version_N/S', 'NotFound']);

/** Windows asks every web server of its network for devices: WS-Discovery over HTTP, whatever the port. */
const deviceSearch = /^\/StableWSDiscoveryEndpoint\//i;

/** Names the sort of noise a line is; undefined for a line that may matter. */
export function noiseOf(line: LogLine): string | undefined {
  const port = line.get('s-port');
  if (port !== undefined && windowsPorts[port] !== undefined) return windowsPorts[port];
  if (deviceSearch.test((line.get('cs-uri-stem') ?? line.get('cs-uri') ?? '').slice(0, 200)))
    return 'WS-Discovery: other computers look for printers and scanners';
  const reason = line.get('s-reason');
  if (reason === undefined || !refusals.has(reason)) return undefined;
  return scanned.test((line.get('cs-uri') ?? '').slice(0, 200)) ? 'scans for software of others' : undefined;
}
