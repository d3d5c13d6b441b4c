import { isImpersonateName } from './display-names.js';
import { impersonateRight } from './export.js';
import { iisRightOfName } from './iis-rights.js';

/** The name of a right as SecurityPolicyDsc writes it, with underscores for blanks. */
const policy = /\bPolicy\s{0,20}=\s{0,20}['"]([A-Za-z_]{4,80})['"]/g;
const identity = /\bIdentity\s{0,20}=\s{0,20}(@\([^)]{0,2000}\)|'[^'\n]{0,1000}'|"[^"\n]{0,1000}")/;

/** Returns the rights of `UserRightsAssignment` resources, each with its list as it is written. */
export function dscRights(text: string): { right: string; list: string }[] {
  const found = [...text.matchAll(policy)];
  return found.flatMap((match, i) => {
    const name = match[1]!.replaceAll('_', ' ');
    const right = isImpersonateName(name) ? impersonateRight : iisRightOfName(name);
    // The block of a resource ends before the next one.
    const block = text.slice(match.index, found[i + 1]?.index).split('}', 1)[0]!;
    const list = identity.exec(block)?.[1];
    return right === undefined || list === undefined ? [] : [{ right, list }];
  });
}
