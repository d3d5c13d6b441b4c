/**
 * What Service Control Manager says in English: which service, and after a colon the sentence of a Windows error. The error has
 * no number there, so its sentence is looked up.
 */
const failedService =
  /\bThe (.{2,100}?) service (?:terminated with|failed to start due to|depends on)(?: the following(?: service-specific)? error)?/;

/** Sentences of Windows errors that keep a service from starting, in lower case and without the last sign. */
const errorSentences: Readonly<Record<string, number>> = {
  'the system cannot find the file specified': 2,
  'the system cannot find the path specified': 3,
  'access is denied': 5,
  'the file exists': 80,
  'cannot create a file when that file already exists': 183,
  'the dependency service or group failed to start': 1068,
  'the service did not respond to the start or control request in a timely fashion': 1053,
  'the service did not start due to a logon failure': 1069,
  'the user name or password is incorrect': 1326,
  'logon failure: unknown user name or bad password': 1326,
  'the specified account password has expired': 1330,
  'the referenced account is currently locked out and may not be logged on to': 1909,
  'the specified network password is not correct': 86,
  'the network path was not found': 53,
};

/** Returns the service that the text of such an event is about. */
export function serviceIn(words: string): string | undefined {
  return failedService.exec(words.slice(0, 2000))?.[1];
}

/** Returns the number of the Windows error that such a text quotes. */
export function serviceErrorIn(words: string): number | undefined {
  const sentence = /error:\s{1,8}([^\n]{4,160})/i.exec(words.slice(0, 2000))?.[1];
  return errorSentences[sentence?.trim().toLowerCase().replace(/\.$/, '') ?? ''];
}
