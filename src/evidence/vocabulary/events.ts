import type { Term } from './index.js';

/** Facts of exported Windows events. */
export const eventVocabulary = {
  'audit.right-removed': { type: 'list', means: 'SIDs that lost SeImpersonatePrivilege (event 4705)' },
  'audit.right-added': { type: 'list', means: 'SIDs that got SeImpersonatePrivilege (event 4704)' },
  'audit.time': { type: 'string', means: 'UTC time of that event, ISO 8601' },
  'policy.warning': { type: 'string', means: 'code of a SceCli 1202 event' },
  'events.count': { type: 'number', means: 'events read' },
} as const satisfies Record<string, Term>;
