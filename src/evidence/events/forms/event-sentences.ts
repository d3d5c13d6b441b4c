/** The sentence of an event as Windows writes it in English, by which the event is known wherever it is quoted. */
interface EventSentence {
  provider: string;
  id: number;
  says: string;
}

const pool = `(?:with id )?['"‘“]?[^'"‘’“”\\n]{1,64}['"’”]?`;
const was = 'Microsoft-Windows-WAS';
const workers = 'Microsoft-Windows-IIS-W3SVC-WP';
const services = 'Service Control Manager';
const tls = 'Schannel';

const sentences: readonly EventSentence[] = [
  { provider: was, id: 5002, says: `Application pool ${pool} is being automatically disabled` },
  {
    provider: was,
    id: 5005,
    says: `(?:The )?Windows Process Activation Service (?:\\(WAS\\) )?is stopping because it`,
  },
  { provider: was, id: 5009, says: `A process serving application pool ${pool} terminated unexpectedly` },
  { provider: was, id: 5010, says: `A process serving application pool ${pool} failed to respond to a ping` },
  { provider: was, id: 5011, says: `A process serving application pool ${pool} suffered a fatal communication error` },
  { provider: was, id: 5012, says: `A process serving application pool ${pool} exceeded time limits during start ?up` },
  {
    provider: was,
    id: 5013,
    says: `A process serving application pool ${pool} exceeded time limits during shut ?down`,
  },
  { provider: was, id: 5021, says: `The identity of application pool ${pool} is invalid` },
  {
    provider: was,
    id: 5057,
    says: `Application pool ${pool} has been disabled\\.[^\\n]{0,200} application pool identity is invalid`,
  },
  { provider: was, id: 5059, says: `Application pool ${pool} has been disabled\\.[^\\n]{0,100} encountered a failure` },
  { provider: was, id: 5139, says: `A listener channel for protocol '?[^'\\n]{1,64}'? in worker process ` },
  {
    provider: was,
    id: 5189,
    says: `The Windows Process Activation Service (?:\\(WAS\\) )?failed to generate an application pool config file`,
  },
  {
    provider: was,
    id: 5203,
    says: `A process serving application pool ${pool} reported a failure trying to read configuration`,
  },
  {
    provider: was,
    id: 5215,
    says: `The Windows Process Activation Service (?:\\(WAS\\) )?failed to execute initialization for offline setup`,
  },
  { provider: workers, id: 2280, says: `The Module DLL [^\\n]{1,240} failed to load\\.` },
  { provider: workers, id: 2214, says: `The HTTP Filter DLL [^\\n]{1,240} failed to load\\.` },
  { provider: workers, id: 2216, says: `The script started from the URL [^\\n]{1,400} has not responded within` },
  { provider: workers, id: 2268, says: `Could not load all ISAPI filters for site` },
  {
    provider: workers,
    id: 2269,
    says: `The worker process [^\\n]{0,120}failed to initialize the http\\.sys communication`,
  },
  { provider: workers, id: 2276, says: `The worker process failed to initialize correctly and therefore could not` },
  { provider: workers, id: 2277, says: `The worker process failed to load the process model host` },
  { provider: workers, id: 2278, says: `The worker process failed to start http request processing` },
  { provider: workers, id: 2281, says: `The worker process failed to initialize communication with the W3SVC` },
  { provider: workers, id: 2294, says: `The worker process failed to pre-load \\.Net Runtime version` },
  { provider: workers, id: 2307, says: `The worker process for application pool ${pool} encountered an error` },
  {
    provider: services,
    id: 7001,
    says: `The [^\\n]{2,100} service depends on (?:the )?[^\\n]{2,100} service,? which failed to start because of`,
  },
  {
    provider: services,
    id: 7000,
    says: `The [^\\n]{2,100} service failed to start due to the following error`,
  },
  {
    provider: tls,
    id: 36870,
    says: `A fatal error occurred when attempting to access the (?:TLS|SSL|DTLS) server credential private key`,
  },
  {
    provider: tls,
    id: 36871,
    says: `A fatal error occurred while creating (?:a|an) (?:TLS|SSL) (?:client|server) credential`,
  },
  {
    provider: tls,
    id: 36874,
    says: `An (?:TLS|SSL) [\\d.]{1,4} connection request was received from a remote client application`,
  },
  {
    provider: tls,
    id: 36887,
    says: `(?:A fatal alert was received from the remote endpoint|The following fatal alert was received)`,
  },
  {
    provider: tls,
    id: 36888,
    says: `(?:A fatal alert was generated and sent to the remote endpoint|The following fatal alert was generated)`,
  },
  {
    provider: 'Microsoft-Windows-Security-Kerberos',
    id: 4,
    says: `The Kerberos client received a KRB_AP_ERR_MODIFIED error from the server`,
  },
  {
    provider: 'HttpEvent',
    id: 15021,
    says: `An error occurred while using SSL configuration for (?:socket address|endpoint)`,
  },
  { provider: services, id: 7023, says: `The [^\\n]{2,100} service terminated with the following error` },
];

/** Such a sentence begins a line, or is behind a quote or a colon: `throwing "The Module DLL … failed to load."`. */
const before = `(?<=^[ \\t>*-]{0,8}| {2}|\\t|["“„«‘'(] ?|[:：][ \\t]{1,4})`;

/** The parts of a pattern that match more than one text. */
const variable = /\(\?:[^)]*\)\??|\[[^\]]*\](?:\{[\d,]+\}|\?)|\\.|.\?/;

/** Returns the longest words that every text with this pattern holds. */
function wordsIn(pattern: string): string {
  return pattern.split(variable).reduce((longest, words) => (words.length > longest.length ? words : longest));
}

/**
 * The sentences as patterns, with what each is. `holds` is in every text in which the pattern is: looking for it first is
 * many times faster, because the pattern looks back from each character.
 */
export const eventSentences = sentences.map(({ says, ...event }) => ({
  ...event,
  holds: wordsIn(says),
  begins: new RegExp(`${before}${says}`, 'gm'),
}));
