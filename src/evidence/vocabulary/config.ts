import type { Term } from './term.js';

/** Facts of applicationHost.config, web.config and appcmd output. One observation per pool, in file order. */
export const configVocabulary = {
  'pool.name': { type: 'string', means: 'an application pool; the facts of the pool follow it' },
  'pool.identity': {
    type: ['ApplicationPoolIdentity', 'NetworkService', 'LocalService', 'LocalSystem', 'SpecificUser'],
    means: 'identityType of the pool, defaults applied',
  },
  'pool.account': { type: 'string', means: 'userName of a pool with SpecificUser: a pool identity' },
  'pool.manual-group-membership': { type: 'boolean', means: 'manualGroupMembership of the pool' },
  'pool.logon-type': { type: ['LogonBatch', 'LogonService'], means: 'logonType of the pool' },
  'pool.process-id': { type: 'number', means: 'worker process of the pool (appcmd list wp)' },
  'pool.sid': { type: 'string', means: 'SID of IIS APPPOOL\\name, computed from the name' },
  'config.impersonate': { type: 'boolean', means: 'system.web/identity impersonate' },
  'config.validates-integrated-mode': {
    type: 'boolean',
    means: 'system.webServer/validation validateIntegratedModeConfiguration',
  },
} as const satisfies Record<string, Term>;
