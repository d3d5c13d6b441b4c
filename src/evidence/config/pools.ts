import type { FactPlace, ObservationCollector } from '../gather.js';
import { appPoolSid } from '../sids.js';
import { objectStates } from '../vocabulary/outputs.js';

/** What a configuration says about one pool; what it does not say stays undefined. */
export interface PoolElement {
  name?: string;
  identityType?: string;
  userName?: string;
  logonType?: string;
  manualGroupMembership?: string;
  processId?: number;
  /** As appcmd and PowerShell print it: Started, Stopped. */
  state?: string;
}

const identities = [
  'ApplicationPoolIdentity',
  'NetworkService',
  'LocalService',
  'LocalSystem',
  'SpecificUser',
] as const;
type Identity = (typeof identities)[number];

/** Returns the identity type in the schema's spelling; the configuration also takes the numbers 0 to 4. */
export function poolIdentity(text: string | undefined): Identity | undefined {
  if (text === undefined) return undefined;
  const numbers: Record<string, Identity> = {
    0: 'LocalSystem',
    1: 'LocalService',
    2: 'NetworkService',
    3: 'SpecificUser',
    4: 'ApplicationPoolIdentity',
  };
  return identities.find((i) => i.toLowerCase() === text.toLowerCase()) ?? numbers[text];
}

/** Returns the state that a word of appcmd or PowerShell names; undefined for any other word. */
export function objectState(word: string | undefined): (typeof objectStates)[number] | undefined {
  const lower = word?.trim().toLowerCase();
  return objectStates.find((state) => state === lower);
}

/** Adds what is known of one pool. The account of a pool is a pool identity and may be shown; its password is counted elsewhere. */
export function observePool(gather: ObservationCollector, pool: PoolElement, place: FactPlace = {}): void {
  if (pool.name !== undefined) {
    gather.add('pool.name', pool.name, { field: 'name', ...place });
    gather.add('pool.sid', appPoolSid(pool.name), { field: 'name', ...place });
  }
  const state = objectState(pool.state);
  if (state) gather.add('pool.state', state, { field: 'state', ...place });
  const identity = poolIdentity(pool.identityType);
  if (identity) gather.add('pool.identity', identity, { field: 'processModel.identityType', ...place });
  if (identity === 'SpecificUser' && pool.userName)
    gather.add('pool.account', pool.userName, { field: 'processModel.userName', ...place });
  const manual = pool.manualGroupMembership?.toLowerCase();
  if (manual === 'true' || manual === 'false')
    gather.add('pool.manual-group-membership', manual === 'true', {
      field: 'processModel.manualGroupMembership',
      ...place,
    });
  const logon = pool.logonType?.toLowerCase();
  if (logon === 'logonbatch' || logon === 'logonservice' || logon === '0' || logon === '1')
    gather.add('pool.logon-type', logon === 'logonservice' || logon === '1' ? 'LogonService' : 'LogonBatch', {
      field: 'processModel.logonType',
      ...place,
    });
  if (pool.processId !== undefined) gather.add('pool.process-id', pool.processId, { field: 'WP', ...place });
}
