import type { Term } from './index.js';

/** Facts of applicationHost.config, web.config and appcmd output. One observation per pool, in file order. */
export const configVocabulary = {
  'pool.name': { type: 'string', means: 'an application pool' },
  'pool.identity': {
    type: ['ApplicationPoolIdentity', 'NetworkService', 'LocalService', 'LocalSystem', 'SpecificUser'],
    means: 'identityType of the pool, defaults applied',
  },
  'pool.manual-group-membership': { type: 'boolean', means: 'manualGroupMembership of the pool' },
  'pool.logon-type': { type: ['LogonBatch', 'LogonService'], means: 'logonType of the pool' },
  'config.impersonate': { type: 'boolean', means: 'system.web/identity impersonate' },
} as const satisfies Record<string, Term>;
