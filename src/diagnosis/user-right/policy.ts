import type { JudgedReading } from '../judge-reading.js';
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
  for (const file of files) {
    const winning = file.facts.text('right.winning-gpo');
    const template = file.facts.text('right.gpo');
    if (winning !== undefined) policy = { name: winning, state: 'winning' };
    else if (isSetByNoPolicy(file)) {
      remarks.add('no-gpo', file);
      policy ??= { name: '', state: 'none' };
    } else if (template !== undefined) policy ??= { name: template, state: 'template' };
  }
  return policy;
}
