import type { Term } from './term.js';

/** Facts of exported Windows events. */
export const eventVocabulary = {
  'audit.right-removed': { type: 'list', means: 'SIDs that lost SeImpersonatePrivilege (event 4705)' },
  'audit.right-added': { type: 'list', means: 'SIDs that got SeImpersonatePrivilege (event 4704)' },
  'audit.iis-iusrs-removed': {
    type: 'boolean',
    means: 'IIS_IUSRS lost SeImpersonatePrivilege and did not get it back later',
  },
  'audit.time': { type: 'string', means: 'UTC time of the event named last before it, ISO 8601' },
  'audit.by-policy': { type: 'boolean', means: 'the change was made by the computer itself, as a policy refresh does' },
  'logon.with-right': { type: 'number', means: 'logons whose token got SeImpersonatePrivilege (event 4672)' },
  'policy.warning': { type: 'string', means: 'code of a SceCli 1202 event' },
  'policy.applied': { type: 'string', means: 'UTC time of a SceCli 1704 event: security policy applied' },
  'pool.event': { type: 'string', means: 'a WAS event about a pool as "5059 Portal"' },
  'worker.module-event': {
    type: 'number',
    means: 'a W3SVC-WP event of a module DLL that does not load: 2280, or 2282 for another bitness',
  },
  'events.count': { type: 'number', means: 'events read' },
} as const satisfies Record<string, Term>;
