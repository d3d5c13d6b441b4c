import type { JudgedReading } from '../judged-reading.js';
import { isEffectiveList } from './holders.js';
import { describeHolders, listsSpooler } from './list-facts.js';
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

/** Windows lists the print spooler by itself since Server 2025, whose baseline a tool applies and no GPO shows. */
const placeOnNewServer =
  'the GPO named by gpresult, else in OSConfig (Get-OSConfigDesiredConfiguration), DSC or Ansible, and only without any of them in secpol.msc';

/** Names where the list is corrected: in the GPO that sets it, or in the script that replaces it. */
function placeOf(files: readonly JudgedReading[], policy: SettingPolicy | undefined): Record<string, string> {
  if (policy?.name) return { gpo: policy.name, 'gpo.place': `GPO ${policy.name}` };
  const line = files.map(({ facts }) => facts.number('right.set-by-script')).find((n) => n !== undefined && n > 0);
  if (policy) return {};
  if (line === undefined) return listsSpooler(files) ? { 'gpo.place': placeOnNewServer } : {};
  const forms = new Set(files.map(({ facts }) => facts.reading.form));
  if (forms.has('ansible-task'))
    return {
      'gpo.place': `line ${line} of the play`,
      'gpo.apply':
        'Run the play again (without action: add, win_user_right replaces the whole list), restart the services that lost the right too',
    };
  if (!forms.has('dsc-resource')) return { 'gpo.place': `line ${line} of the script` };
  const place = `the DSC resource in line ${line}, for the nodes that run IIS`;
  return {
    'gpo.place': place,
    'gpo.apply': 'Let DSC apply it (with Force it replaces the list at every run, and gpresult does not show it)',
  };
}
