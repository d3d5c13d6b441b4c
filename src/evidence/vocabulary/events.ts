import type { Term } from './term.js';

/** Facts of exported Windows events. */
export const eventVocabulary = {
  'audit.right-removed': { type: 'list', means: 'SIDs that lost SeImpersonatePrivilege (event 4705)' },
  'audit.right-added': { type: 'list', means: 'SIDs that got SeImpersonatePrivilege (event 4704)' },
  'audit.iis-iusrs-removed': {
    type: 'boolean',
    means: 'IIS_IUSRS lost SeImpersonatePrivilege and did not get it back later',
  },
  'audit.time': { type: 'string', means: 'time of the event named last before it, ISO 8601; without Z it is local' },
  'audit.by-policy': { type: 'boolean', means: 'the change was made by the computer itself, as a policy refresh does' },
  'logon.with-right': { type: 'number', means: 'logons whose token got SeImpersonatePrivilege (event 4672)' },
  'logon.account': {
    type: 'string',
    means:
      'whose newest logon of event 4672 it is: SID of a pool or built-in account, of any other only a salted hash; all facts of one logon carry the same number',
  },
  'logon.has-right': { type: 'boolean', means: 'that logon got SeImpersonatePrivilege' },
  'logon.time': { type: 'string', means: 'when, ISO 8601; without Z it is local time' },
  'policy.warning': { type: 'string', means: 'code of a SceCli 1202 event' },
  'policy.applied': { type: 'string', means: 'UTC time of a SceCli 1704 event: security policy applied' },
  'pool.event': { type: 'string', means: 'a WAS event about a pool as "5059 Portal"' },
  'worker.module-event': {
    type: 'number',
    means: 'a W3SVC-WP event of a module DLL that does not load: 2280, or 2282 for another bitness',
  },
  'events.count': { type: 'number', means: 'events read' },
  'events.damaged': { type: 'number', means: 'records and chunks of an .evtx file that could not be read' },
  'events.left-out': { type: 'number', means: 'events of an .evtx file from logs that do not concern IIS' },
  'events.other-logs': { type: 'list', means: 'names of the logs that those events are from' },
  'event.provider': { type: 'string', means: 'who wrote an event; all facts of one event carry the same number' },
  'event.id': { type: 'number', means: 'the number of an event, missing where only its text was posted' },
  'event.time': { type: 'string', means: 'first time of an event, ISO 8601; without Z it is local time' },
  'event.last-time': { type: 'string', means: 'last time of an event that came several times' },
  'event.count': { type: 'number', means: 'how often an event came that says the same each time' },
  'event.message': { type: 'string', means: 'the text of an event, or its values where the text is missing' },
  'event.pool': { type: 'string', means: 'the application pool a WAS or W3SVC event is about' },
  'event.code': { type: 'string', means: 'code of an event as HRESULT or NTSTATUS, from its fields, data or text' },
  'event.process': { type: 'string', means: 'the program that crashed, such as w3wp.exe, or that asked for a logon' },
  'event.file': { type: 'string', means: 'the DLL or file an event names: a module that does not load, that crashed' },
  'event.service': { type: 'string', means: 'the Windows service a Service Control Manager event is about' },
  'event.account': { type: 'string', means: 'a pool identity or built-in account that an event names' },
  'event.web-code': { type: 'number', means: 'event code of ASP.NET health monitoring, such as 3005' },
  'event.logon-type': {
    type: 'number',
    means: 'logon type of a failed logon: 3 network, 4 batch, 5 service, 8 network with the password in clear text',
  },
  'event.alert': { type: 'number', means: 'number of the TLS alert in a Schannel event' },
  'event.application': { type: 'string', means: 'folder of the application that an ASP.NET event is about' },
  'event.method': { type: 'string', means: "first method of the application's own code in the stack of an event" },
  'event.url': { type: 'string', means: 'path of the request an event is about' },
} as const satisfies Record<string, Term>;
