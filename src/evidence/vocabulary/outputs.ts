import type { Term } from './term.js';

/** The commands whose output is read, as people name them; `prints` and `knowledge/outputs.yaml` speak of these. */
export const outputCommands = [
  'icacls',
  'Get-Acl',
  'Test-NetConnection',
  'netstat',
  'nslookup',
  'curl',
  'netsh http show servicestate',
  'netsh http show urlacl',
  'netsh http show sslcert',
  'netsh http show iplisten',
  'sc query',
  'Get-Service',
] as const;

export type OutputCommand = (typeof outputCommands)[number];

/** Facts of what a command printed; the form of the reading is the command. */
export const outputVocabulary = {
  'output.command': { type: outputCommands, means: 'the command that printed this' },
  'acl.path': { type: 'string', means: 'the file or folder that an access list is about; its facts follow it' },
  'acl.pool-reads': { type: 'boolean', means: 'the list lets every application pool read and run the path' },
  'acl.pool-writes': { type: 'boolean', means: 'the list lets every application pool change the path' },
  'acl.anonymous-reads': { type: 'boolean', means: 'the list lets IUSR, the anonymous account, read the path' },
  'acl.through': { type: 'string', means: 'a well-known account or pool that is allowed, with what it may do' },
  'acl.denied': { type: 'string', means: 'a well-known account or pool that a deny entry is for' },
  'port.number': { type: 'number', means: 'the TCP port that was tried' },
  'port.open': { type: 'boolean', means: 'a program answered at the port that was tried' },
  'name.resolves': { type: 'boolean', means: 'the name of the other computer was found' },
  'listen.port': { type: 'number', means: 'a TCP port that a program listens at' },
  'listen.not-http-sys': { type: 'number', means: 'port 80 or 443, held by a program that is not http.sys' },
  'http.status': { type: 'number', means: 'the status that a server answered with' },
  'http.server': { type: 'string', means: 'the Server header of an answer' },
  'http.location': { type: 'string', means: 'where an answer redirects to' },
  'http.curl-error': { type: 'number', means: "curl's error number" },
  'urlacl.url': { type: 'string', means: 'a reserved URL' },
  'urlacl.takes-the-site': { type: 'string', means: 'a reservation of all of port 80 or 443 for another program' },
  'sslcert.binding': {
    type: 'string',
    means: 'the port or host name that a certificate is bound to, without an address',
  },
  'sslcert.bindings': { type: 'number', means: 'how many certificate bindings were printed' },
  'iplisten.addresses': { type: 'number', means: 'how many addresses http.sys is limited to; 0 means all' },
  'queue.name': { type: 'string', means: 'a request queue of http.sys; its facts follow it' },
  'queue.processes': { type: 'number', means: 'worker processes that are attached to the queue' },
  'queue.url': { type: 'string', means: 'a URL that the queue serves' },
  'service.name': { type: 'string', means: 'a Windows service; its facts follow it' },
  'service.state': { type: ['running', 'stopped', 'starting', 'stopping', 'paused'], means: 'state of the service' },
  'service.exit-code': { type: 'number', means: 'Win32 code the service ended with' },
} as const satisfies Record<string, Term>;
