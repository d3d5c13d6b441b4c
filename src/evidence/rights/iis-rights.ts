import type { FactPlace, ObservationCollector } from '../gather.js';
import type { ObservationName } from '../vocabulary/index.js';
import type { RightHolder } from './holders.js';

/** The rights beside SeImpersonatePrivilege that IIS, its pools or its visitors need, and the deny rights that take them away. */
export const iisRights = {
  SeBatchLogonRight: 'iis-right.batch-logon',
  SeServiceLogonRight: 'iis-right.service-logon',
  SeNetworkLogonRight: 'iis-right.network-logon',
  SeInteractiveLogonRight: 'iis-right.interactive-logon',
  SeDenyBatchLogonRight: 'iis-right.deny-batch-logon',
  SeDenyServiceLogonRight: 'iis-right.deny-service-logon',
  SeDenyNetworkLogonRight: 'iis-right.deny-network-logon',
  SeDenyInteractiveLogonRight: 'iis-right.deny-interactive-logon',
  SeAssignPrimaryTokenPrivilege: 'iis-right.assign-primary-token',
  SeIncreaseQuotaPrivilege: 'iis-right.increase-quota',
  SeAuditPrivilege: 'iis-right.audit',
  SeChangeNotifyPrivilege: 'iis-right.change-notify',
} as const satisfies Record<string, ObservationName>;

/** What the policy editor calls them in English. The HTML of gpresult names rights this way and no other. */
const displayNames: Record<string, keyof typeof iisRights> = {
  'log on as a batch job': 'SeBatchLogonRight',
  'log on as a service': 'SeServiceLogonRight',
  'access this computer from the network': 'SeNetworkLogonRight',
  'allow log on locally': 'SeInteractiveLogonRight',
  'deny log on as a batch job': 'SeDenyBatchLogonRight',
  'deny log on as a service': 'SeDenyServiceLogonRight',
  'deny access to this computer from the network': 'SeDenyNetworkLogonRight',
  'deny log on locally': 'SeDenyInteractiveLogonRight',
  'replace a process level token': 'SeAssignPrimaryTokenPrivilege',
  'adjust memory quotas for a process': 'SeIncreaseQuotaPrivilege',
  'generate security audits': 'SeAuditPrivilege',
  'bypass traverse checking': 'SeChangeNotifyPrivilege',
};

/** Returns the constant of a right that IIS needs by its English name in the policy editor. */
export function iisRightOfName(name: string): string | undefined {
  const folded = name.trim().toLowerCase();
  return Object.hasOwn(displayNames, folded) ? displayNames[folded] : undefined;
}

const byName = new Map(Object.entries(iisRights).map(([right, name]) => [right.toLowerCase(), name]));

/** Adds the holders of one right when IIS needs it. Any spelling of the constant counts; other rights add nothing. */
export function observeIisRight(
  gather: ObservationCollector,
  right: string,
  holders: readonly RightHolder[],
  place: FactPlace,
): void {
  const name = byName.get(right.toLowerCase());
  if (name === undefined) return;
  const { raw: _, ...where } = place;
  gather.add(
    name,
    holders.map((holder) => (holder.sid === undefined ? holder.text : `*${holder.sid}`)),
    where,
  );
}
