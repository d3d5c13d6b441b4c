import type { Knowledge } from '../../knowledge/knowledge.js';
import { buildOnce } from '../../knowledge/per-knowledge.js';
import { fold } from './words.js';

/** The names of the user rights in the knowledge. */
interface RightNames {
  /** `SeTcbPrivilege` for `tcb`. */
  constants: Map<string, string>;
  /** Names of SeImpersonatePrivilege in every language, folded. */
  translations: string[];
}

const isConstant = /^Se[A-Z]\w+(?:Privilege|Right)$/;
const rootOf = (constant: string) =>
  constant
    .toLowerCase()
    .replace(/^se/, '')
    .replace(/(privilege|right)$/, '');

const rightNames = buildOnce((knowledge): RightNames => {
  const found: RightNames = { constants: new Map(), translations: [] };
  const names = [
    ...[...knowledge.topics.values()].flatMap(({ kind, aliases, facts }) =>
      kind === 'right' ? [...aliases, ...facts.map(({ label }) => label.split(', ')[0]!)] : [],
    ),
    ...knowledge.iisRights.keys(),
    ...knowledge.rights.keys(),
  ];
  for (const name of names) if (isConstant.test(name)) found.constants.set(rootOf(name), name);
  const rows = knowledge.topics.get('display-names')?.facts ?? [];
  found.translations = rows.flatMap((fact) => fact.value.split(' / ').map(fold));
  return found;
});

/** Spellings of SeImpersonatePrivilege that are not display name. The C macro is its own name, which is asked about. */
const spelled =
  /\bse[ _-]?im+person(?!\w*[ _-]name\b)\w*(?:[ _-](?:priv\w*|right)\b)?|\bimpersonat\w* (?:a |the )?(?:clients?|users?) after auth\w*/g;

/**
 * Finds the user rights that a folded question names by constant in any spelling (`SeTcbPriviledge`, `SE_TCB_NAME`), and
 * SeImpersonatePrivilege by its name in every language. Names of other rights are words of everyday ("Change the time zone").
 * @returns constants, and the text with one spelling of SeImpersonatePrivilege
 */
export function findRights(text: string, knowledge: Knowledge): { rights: string[]; text: string } {
  const { constants, translations } = rightNames(knowledge);
  let out = text;
  for (const name of translations) if (out.includes(name)) out = out.replaceAll(name, ' seimpersonateprivilege ');
  out = out.replace(spelled, ' seimpersonateprivilege ').replace(/ {2,}/g, ' ').trim();
  const rights = new Set<string>();
  if (out.includes('seimpersonateprivilege')) rights.add('SeImpersonatePrivilege');
  for (const [, root] of out.matchAll(/\bse[_ -]?([a-z]{3,}?)[_ -]?(?:pr[ie]v[a-z]*|rights?|name)?\b/g)) {
    const constant = constants.get(root!);
    if (constant !== undefined) rights.add(constant);
  }
  return { rights: [...rights], text: out };
}
