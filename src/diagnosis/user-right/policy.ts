import type { JudgedReading } from '../judged-reading.js';
import { isSetByNoPolicy } from './holders.js';
import type { Remarks } from './remarks.js';

/** The policy that sets the right: the winning GPO, a GPO known from its template only, or none at all. */
export interface SettingPolicy {
  state: 'winning' | 'template' | 'none';
  /** Empty when there is none. */
  name: string;
}

/** Returns the policy that sets the right, as far as the files tell. A winning GPO counts more than what was known before. */
export function findSettingPolicy(files: readonly JudgedReading[], remarks: Remarks): SettingPolicy | undefined {
  let policy: SettingPolicy | undefined;
  const policies = files.filter(({ facts }) => facts.has('right.gpo') && facts.flag('right.defined') === true);
  // A policy whose list is in order is not the one to correct.
  const lacking = policies.find(({ facts }) => facts.flag('right.holds-iis-iusrs') === false);
  for (const file of files) {
    const winning = file.facts.text('right.winning-gpo');
    const template = lacking && lacking !== file ? undefined : file.facts.text('right.gpo');
    if (winning !== undefined) policy = { name: winning, state: 'winning' };
    else if (isSetByNoPolicy(file)) {
      remarks.add('no-gpo', file);
      policy ??= { name: '', state: 'none' };
    } else if (template !== undefined) policy ??= { name: template, state: 'template' };
  }
  const names = new Set(policies.map(({ facts }) => facts.text('right.gpo')!));
  if (names.size > 1 && policy?.state !== 'winning')
    remarks.add('several-policies', policies[0], { others: [...names].slice(0, 5).join(', ') });
  return policy;
}
