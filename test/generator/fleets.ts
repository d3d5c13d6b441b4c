import { gptTmpl, machineRights, seceditExport } from './evidence/rights.js';

/** One pool of a made-up server, and what a policy does to it. */
interface MadePool {
  name: string;
  /** `identityType` in the configuration; SpecificUser with `account`. */
  identity?: string;
  account?: string;
  manual?: boolean;
  logonType?: string;
  outcome: 'works' | 'fails' | 'cannot-tell';
}

export interface MadeFleet {
  name: string;
  /** Rights that the policy sets: holders as a template writes them. */
  policy: Record<string, string>;
  servers: Record<string, MadePool[]>;
}

export const four = '*S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6';
const five = `${four},*S-1-5-32-568`;
const named = (name: string, outcome: MadePool['outcome'], more: Partial<MadePool> = {}): MadePool => ({
  name,
  identity: 'SpecificUser',
  account: 'CONTOSO\\svc_web',
  outcome,
  ...more,
});
const own = (name: string, outcome: MadePool['outcome'], identity = 'ApplicationPoolIdentity'): MadePool => ({
  name,
  identity,
  outcome,
});

/** Fleets whose outcome follows from KB 981949 and the documentation of processModel, written down by hand. */
export const madeFleets: readonly MadeFleet[] = [
  {
    name: 'the hardened list and a named account',
    policy: { SeImpersonatePrivilege: four },
    servers: { WEB01: [named('Shop', 'fails'), own('Intranet', 'works')] },
  },
  {
    name: 'the list with IIS_IUSRS',
    policy: { SeImpersonatePrivilege: five },
    servers: { WEB01: [named('Shop', 'works'), own('Intranet', 'works')] },
  },
  {
    name: 'administrators alone',
    policy: { SeImpersonatePrivilege: '*S-1-5-32-544' },
    servers: {
      WEB01: [
        named('Shop', 'fails'),
        own('Intranet', 'fails'),
        own('Net', 'fails', 'NetworkService'),
        own('Sys', 'works', 'LocalSystem'),
      ],
    },
  },
  {
    name: 'without SERVICE, with the built-in accounts',
    policy: { SeImpersonatePrivilege: '*S-1-5-19,*S-1-5-20,*S-1-5-32-544' },
    servers: {
      WEB01: [own('Intranet', 'fails'), own('Net', 'works', 'NetworkService'), own('Loc', 'works', 'LocalService')],
    },
  },
  {
    name: 'an empty list',
    policy: { SeImpersonatePrivilege: '' },
    servers: { WEB01: [own('Intranet', 'fails'), named('Shop', 'fails')] },
  },
  {
    name: 'the account itself on the list',
    policy: { SeImpersonatePrivilege: `${four},CONTOSO\\svc_web` },
    servers: { WEB01: [named('Shop', 'works'), named('Other', 'cannot-tell', { account: 'CONTOSO\\svc_other' })] },
  },
  {
    name: 'a group of the domain on the list',
    policy: { SeImpersonatePrivilege: `${four},CONTOSO\\Web service accounts` },
    servers: { WEB01: [named('Shop', 'cannot-tell'), own('Intranet', 'works')] },
  },
  {
    name: 'a group of the domain as a SID',
    policy: { SeImpersonatePrivilege: `${four},*S-1-5-21-1-2-3-4711` },
    servers: { WEB01: [named('Shop', 'cannot-tell')] },
  },
  {
    name: 'administrators of the domain as a SID',
    policy: { SeImpersonatePrivilege: `${four},*S-1-5-21-1-2-3-512` },
    servers: { WEB01: [named('Shop', 'fails')] },
  },
  {
    name: 'a managed service account',
    policy: { SeImpersonatePrivilege: four },
    servers: { WEB01: [named('Shop', 'fails', { account: 'CONTOSO\\gmsa_web$' })] },
  },
  {
    name: 'manual membership of the group',
    policy: { SeImpersonatePrivilege: five },
    servers: { WEB01: [named('Shop', 'cannot-tell', { manual: true })] },
  },
  {
    name: 'a named account that logs on as a service',
    policy: { SeImpersonatePrivilege: four, SeServiceLogonRight: '*S-1-5-80-0,CONTOSO\\svc_web' },
    servers: { WEB01: [named('Shop', 'works', { logonType: 'LogonService' })] },
  },
  {
    name: 'the logon as a service is taken away',
    policy: { SeServiceLogonRight: '*S-1-5-80-0' },
    servers: { WEB01: [named('Shop', 'fails', { logonType: 'LogonService' }), named('Batch', 'works')] },
  },
  {
    name: 'the batch logon is taken away',
    policy: { SeBatchLogonRight: '*S-1-5-32-544' },
    servers: { WEB01: [named('Shop', 'fails'), own('Intranet', 'works')] },
  },
  {
    name: 'the batch logon is kept',
    policy: { SeBatchLogonRight: '*S-1-5-32-544,*S-1-5-32-568' },
    servers: { WEB01: [named('Shop', 'works')] },
  },
  {
    name: 'the batch logon is denied to the account',
    policy: { SeDenyBatchLogonRight: '*S-1-5-32-546,CONTOSO\\svc_web' },
    servers: { WEB01: [named('Shop', 'fails'), own('Intranet', 'works')] },
  },
  {
    name: 'the batch logon is denied to guests',
    policy: { SeDenyBatchLogonRight: '*S-1-5-32-546' },
    servers: { WEB01: [named('Shop', 'works')] },
  },
  {
    name: 'the batch logon is denied to local accounts',
    policy: { SeDenyBatchLogonRight: '*S-1-5-113' },
    servers: { WEB01: [named('Local', 'fails', { account: '.\\web' }), named('Shop', 'works')] },
  },
  {
    name: 'the batch logon is denied to IIS_IUSRS',
    policy: { SeDenyBatchLogonRight: '*S-1-5-32-568' },
    servers: { WEB01: [named('Shop', 'fails')], WEB02: [own('Intranet', 'works')] },
  },
  {
    name: 'an account of the same name in another domain on the list',
    policy: { SeImpersonatePrivilege: `${four},FABRIKAM\\svc_web` },
    servers: { WEB01: [named('Shop', 'cannot-tell'), named('Local', 'cannot-tell', { account: '.\\svc_web' })] },
  },
  {
    name: 'a denied account of the same name in another domain',
    policy: { SeDenyBatchLogonRight: 'FABRIKAM\\svc_web' },
    servers: { WEB01: [named('Shop', 'cannot-tell'), named('Own', 'fails', { account: 'fabrikam.example\\svc_web' })] },
  },
  {
    name: 'the account by its principal name',
    policy: { SeImpersonatePrivilege: `${four},CONTOSO\\svc_web` },
    servers: { WEB01: [named('Shop', 'works', { account: 'svc_web@contoso.example' })] },
  },
  {
    name: 'one pool by its name',
    policy: { SeImpersonatePrivilege: '*S-1-5-32-544,IIS APPPOOL\\Shop' },
    servers: { WEB01: [named('Shop', 'works'), own('Intranet', 'fails')], WEB02: [own('Shop', 'works')] },
  },
  {
    name: 'BATCH on the list',
    policy: { SeImpersonatePrivilege: '*S-1-5-32-544,*S-1-5-3' },
    servers: {
      WEB01: [named('Shop', 'works'), own('Intranet', 'fails'), named('Svc', 'fails', { logonType: 'LogonService' })],
    },
  },
  {
    name: 'the group alone, and memberships by hand',
    policy: { SeImpersonatePrivilege: '*S-1-5-32-544,*S-1-5-32-568' },
    servers: { WEB01: [own('Intranet', 'works'), { ...own('Hand', 'fails'), manual: true }, named('Shop', 'works')] },
  },
  {
    name: 'names in place of SIDs, in German',
    policy: { SeImpersonatePrivilege: 'Administratoren,Lokaler Dienst,Netzwerkdienst,Dienst' },
    servers: { WEB01: [own('Intranet', 'works'), own('Net', 'works', 'NetworkService')] },
  },
  {
    name: 'two rights at once',
    policy: { SeImpersonatePrivilege: five, SeDenyBatchLogonRight: '*S-1-5-11', SeBatchLogonRight: '*S-1-5-32-568' },
    servers: {
      WEB01: [named('Shop', 'fails'), named('Svc', 'fails', { logonType: 'LogonService' }), own('Own', 'works')],
    },
  },
  {
    name: 'the batch logon for operators of backups',
    policy: { SeBatchLogonRight: '*S-1-5-32-544,*S-1-5-32-551,*S-1-5-32-559' },
    servers: { WEB01: [named('Shop', 'cannot-tell'), own('Intranet', 'works')] },
  },
  {
    name: 'a policy about other rights',
    policy: { SeAuditPrivilege: '*S-1-5-19,*S-1-5-20' },
    servers: { WEB01: [named('Shop', 'works'), own('Intranet', 'works')], WEB02: [own('A', 'works')] },
  },
];

/** The files of a fleet: the template, and of each server its configuration and its rights as IIS sets them up. */
export function fleetFiles({
  policy,
  servers,
}: Pick<MadeFleet, 'policy' | 'servers'>): { name: string; text: string | Uint8Array }[] {
  return [
    { name: 'GptTmpl.inf', text: gptTmpl(Object.entries(policy)) },
    ...Object.entries(servers).flatMap(([server, pools]) => [
      { name: `${server}/applicationHost.config`, text: configurationOf(pools) },
      { name: `${server}/ur.inf`, text: seceditExport(machineRights()) },
    ]),
  ];
}

function configurationOf(pools: readonly MadePool[]): string {
  const entries = pools.map(({ name, identity, account, manual, logonType }) => {
    const user = account ? ` userName="${account}"` : '';
    const group = manual ? ' manualGroupMembership="true"' : '';
    const logon = logonType ? ` logonType="${logonType}"` : '';
    return `<add name="${name}"><processModel identityType="${identity}"${user}${group}${logon} /></add>`;
  });
  return `<?xml version="1.0"?><configuration><system.applicationHost><applicationPools>${entries.join('')}<applicationPoolDefaults><processModel identityType="ApplicationPoolIdentity" /></applicationPoolDefaults></applicationPools></system.applicationHost></configuration>`;
}
