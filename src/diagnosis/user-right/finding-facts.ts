import { sid } from '../../evidence/sids.js';
import type { JudgedReading } from '../judged-reading.js';
import { completeList, isEffectiveList, missingHolders } from './holders.js';
import type { SettingPolicy } from './policy.js';
import type { PoolSettings } from './pool-settings.js';
import type { Symptom } from './symptom.js';
import { isWorkerToken } from './tokens.js';

/** Lists the evidence still wanted: for certainty, and for a fix in the right place. */
export function listMissingEvidence(
  files: readonly JudgedReading[],
  symptom: Symptom,
  pool: PoolSettings | undefined,
  policy: SettingPolicy | undefined,
  isContradicted: boolean,
): string[] {
  const missing: string[] = [];
  if (symptom.judged.length === 0) missing.push('freb-log');
  // The list and the pool's account decide together whether the right explains the failure; the policy says where to fix it.
  if (!files.some(isEffectiveList)) missing.push('rights-export');
  if (pool?.identity === undefined) missing.push('pool-identity');
  const scripted = files.some(({ facts }) => facts.has('right.set-by-script'));
  if ((policy === undefined || policy.state === 'template') && !scripted) missing.push('policy-report');
  if (isContradicted && !files.some(isWorkerToken)) missing.push('worker-token');
  return missing;
}

/** Collects the values that {@link Finding.facts} names, as far as the files tell. */
export function collectFindingFacts(
  files: readonly JudgedReading[],
  symptom: Symptom,
  pool: PoolSettings | undefined,
  policy: SettingPolicy | undefined,
): Record<string, string> {
  const server = symptom.server ?? files.map(({ facts }) => facts.text('computer.name')).find(Boolean);
  return {
    ...describeHolders(files),
    ...(policy && { 'gpo.state': policy.state }),
    ...placeOf(files, policy),
    ...(pool?.identity && { identity: pool.identity }),
    ...(pool?.account && { account: pool.account }),
    ...(server && { server }),
    ...(files.some(({ facts }) => facts.flag('audit.by-policy')) && { 'audit.by-policy': 'yes' }),
  };
}

/** Names where the list is corrected: in the GPO that sets it, or in the script that replaces it. */
function placeOf(files: readonly JudgedReading[], policy: SettingPolicy | undefined): Record<string, string> {
  if (policy?.name) return { gpo: policy.name, 'gpo.place': `GPO ${policy.name}` };
  const line = files.map(({ facts }) => facts.number('right.set-by-script')).find((n) => n !== undefined && n > 0);
  if (line === undefined || policy) return {};
  const dsc = files.some(({ facts }) => facts.reading.form === 'dsc-resource');
  if (!dsc) return { 'gpo.place': `line ${line} of the script` };
  const place = `the DSC resource in line ${line}, for the nodes that run IIS`;
  return {
    'gpo.place': place,
    'gpo.apply': 'Let DSC apply it (with Force it replaces the list at every run, and gpresult does not show it)',
  };
}

const lacksGroup = ({ facts }: JudgedReading) => facts.flag('right.holds-iis-iusrs') === false;

/** Describes the list of holders as it is, who is missing from it, and the line it should become. */
function describeHolders(files: readonly JudgedReading[]): Record<string, string> {
  const lists = files.filter(({ facts }) => facts.has('right.holders'));
  // The machine's own list is nearer to the truth than what a policy or one pasted line says.
  const list =
    lists.find(({ facts }) => facts.reading.origin === 'machine') ??
    lists.find(isEffectiveList) ??
    lists.find(lacksGroup) ??
    lists[0];
  const holders = list?.facts.list('right.holders');
  if (!holders) return {};
  return {
    holders: holders.join(', '),
    missing: missingHolders(holders).join(', '),
    line: completeList(holders),
    losers: describeLosers(missingHolders(holders)),
    ...(missingHolders(holders).includes(sid.service) && { 'missing.service': 'yes' }),
  };
}

/** Says which pools lose the right with a list that lacks these holders; every identity has it through others. */
function describeLosers(missing: readonly string[]): string {
  const group = missing.includes(sid.iisIusrs);
  const service = missing.includes(sid.service);
  if (group && service)
    return 'This list lacks IIS_IUSRS and SERVICE: pools with a custom account and with ApplicationPoolIdentity fail.';
  if (group)
    return 'This list lacks IIS_IUSRS: pools with a custom account fail; ApplicationPoolIdentity still has the right through SERVICE.';
  if (service)
    return 'This list lacks SERVICE and names IIS_IUSRS: pools keep the right through that group, unless manualGroupMembership keeps them out of it; Windows services with their own account lose it.';
  return 'This list names IIS_IUSRS and SERVICE, so pools have the right once they hold a new token.';
}
