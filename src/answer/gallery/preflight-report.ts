import type { ServerForecast } from '../../diagnosis/fleet/forecast.js';
import { blank, sampleReport } from './kit.js';

/** A policy that would break one of two servers. */
export const preflight = (() => {
  const policy = { ...blank, name: 'GptTmpl.inf', kind: 'rights-export' as const, origin: 'template' as const };
  const holders = ['*S-1-5-19', '*S-1-5-20', '*S-1-5-32-544', '*S-1-5-6'];
  const line = 'SeImpersonatePrivilege = *S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6,*S-1-5-32-568';
  const server = (name: string, pool: string, outcome: 'fails' | 'works'): ServerForecast => ({
    server: name,
    files: [`${name}/applicationHost.config`, `${name}/ur.inf`],
    iis: true,
    pools: [
      {
        pool,
        identity: outcome === 'fails' ? 'SpecificUser' : 'ApplicationPoolIdentity',
        account: outcome === 'fails' ? 'CONTOSO\\svc_web' : null,
        outcome,
        rights: outcome === 'fails' ? ['SeImpersonatePrivilege'] : [],
        already: false,
      },
    ],
    holders: [...holders, '*S-1-5-32-568'],
    missing: [],
    gpo: null,
  });
  const report = sampleReport([policy]);
  return {
    ...report,
    fleet: {
      policies: [{ file: policy.name, name: null, rights: [{ right: 'SeImpersonatePrivilege' as const, holders }] }],
      servers: [server('WEB01', 'Shop', 'fails'), server('WEB02', 'Intranet', 'works')],
      lines: [{ right: 'SeImpersonatePrivilege' as const, line, policy: policy.name }],
      rivals: [],
      effects: [],
      otherDomains: [],
    },
  };
})();
