/** What the name of an event says about steps: whether it opens one, ends one, or neither. */

/** Ends that do not follow from the name of their start. */
const openers: Readonly<Record<string, string>> = {
  ISAPI_EXTENSION_DONE: 'CALL_ISAPI_EXTENSION',
  ASP_DEQUEUE_REQUEST: 'ASP_QUEUE_REQUEST',
  FASTCGI_RESPONSE_WRITTEN: 'FASTCGI_WAITING_FOR_RESPONSE',
  ANCM_INPROC_EXECUTE_REQUEST_COMPLETION: 'ANCM_INPROC_EXECUTE_REQUEST_START',
  ANCM_REQUEST_FORWARD_FAIL: 'ANCM_REQUEST_FORWARD_START',
  CGI_HEADERS_RECEIVED: 'CGI_LAUNCH',
};

/** Starts that would cover nearly the whole request and explain nothing. */
const coveringStarts = new Set([
  'GENERAL_REQUEST_START',
  'AspNetStartHandler',
  'AspNetStart',
  'AspNetAppDomainEnter',
  'ISAPI_START',
]);

/** An event opens a step, closes the step that `closes` names, completes a pending module, or does none of these. */
export type StepRole = { opens: true } | { closes: string } | { completes: true } | null;

/** Returns what an event does to the open steps, judged by its name alone, so that unknown providers take part. */
export function stepRole(name: string): StepRole {
  if (coveringStarts.has(name)) return null;
  if (name === 'NOTIFY_MODULE_COMPLETION') return { completes: true };
  const opener = openers[name];
  if (opener) return { closes: opener };
  if (Object.values(openers).includes(name)) return { opens: true };
  const asp = /^ASP_(START|END)_(.+)$/.exec(name);
  if (asp) return asp[1] === 'START' ? { opens: true } : { closes: `ASP_START_${asp[2]}` };
  if (/_START$|Enter$|Begin$/.test(name) || /[a-z]Start$/.test(name)) return { opens: true };
  const end = /^(.*?)(_END|Leave|End)$/.exec(name);
  if (!end) return null;
  const stem = end[1]!;
  if (end[2] === '_END') return { closes: `${stem}_START` };
  if (end[2] === 'Leave') return { closes: `${stem}Enter` };
  return { closes: `${stem}Begin` };
}
