import { isImpersonateName } from './display-names.js';
import { impersonateRight } from './export.js';
import { iisRightOfName } from './iis-rights.js';

/** A resource of DSC with its settings; they are in any order. */
const resource = /\bUserRightsAssignment\b[^{}\n]{0,200}\s{0,40}\{([^{}]{0,4000})\}/gi;
/** The name of a right as SecurityPolicyDsc writes it, with underscores for blanks. */
const policy = /\bPolicy\s{0,20}=\s{0,20}['"]([A-Za-z_]{4,80})['"]/i;
const oneHolder = String.raw`(?:'[^'\n]{0,1000}'|"[^"\n]{0,1000}")`;
const identity = new RegExp(
  String.raw`\bIdentity\s{0,20}=\s{0,20}(@\([^)]{0,2000}\)|${oneHolder}(?:\s{0,40},\s{0,40}${oneHolder}){0,60})`,
  'i',
);

/** With Force the list is replaced; without it DSC only adds. */
const forced = /\bForce\s{0,20}=\s{0,20}\$true\b/i;

interface DscRow {
  right: string;
  list: string;
  /** 1-based number of the line in which the resource begins. */
  line: number;
  forced: boolean;
}

/** Returns the rights of `UserRightsAssignment` resources, each with its list as it is written. */
export function dscRights(text: string): DscRow[] {
  return [...text.matchAll(resource)].flatMap(({ index, 1: settings = '' }) => {
    const name = policy.exec(settings)?.[1]?.replaceAll('_', ' ');
    const list = identity.exec(settings)?.[1];
    if (name === undefined || list === undefined) return [];
    const right = isImpersonateName(name) ? impersonateRight : iisRightOfName(name);
    return right === undefined
      ? []
      : [{ right, list, line: text.slice(0, index).split('\n').length, forced: forced.test(settings) }];
  });
}
