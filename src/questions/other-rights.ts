import type { Knowledge } from '../knowledge/knowledge.js';
import { fold } from './words.js';

/** The names of the user rights that have an entry of their own, but for the right this is all about. */
interface RightNames {
  /** `tcb` for SeTcbPrivilege and SE_TCB_NAME. */
  constants: Map<string, string>;
  /** "act as part of the operating system", the longest first: "deny log on as a service" holds "log on as a service". */
  names: { name: string; topic: string }[];
  /** The first three words of a long name ("adjust memory quotas"), where they are the beginning of one only. */
  beginnings: { name: string; topic: string }[];
}

const built = new WeakMap<Knowledge, RightNames>();

const isConstant = /^Se[A-Z]\w+(?:Privilege|Right)$/;
const stemOf = (constant: string) =>
  constant
    .toLowerCase()
    .replace(/^se/, '')
    .replace(/(privilege|right)$/, '');

function rightNames(knowledge: Knowledge): RightNames {
  let found = built.get(knowledge);
  if (!found) {
    found = { constants: new Map(), names: [], beginnings: [] };
    for (const topic of knowledge.topics.values()) {
      if (topic.kind !== 'right' || topic.aliases.includes('SeImpersonatePrivilege')) continue;
      const all = [...topic.aliases, ...topic.facts.flatMap(inRow)];
      if (!all.some((name) => isConstant.test(name))) continue;
      for (const name of all) {
        if (isConstant.test(name)) found.constants.set(stemOf(name), topic.id);
        else if (name.includes(' ')) found.names.push({ name: plain(name), topic: topic.id });
      }
    }
    found.names.sort((a, b) => b.name.length - a.name.length);
    const begin = (name: string) => ` ${name.trim().split(' ').slice(0, 3).join(' ')} `;
    const { names } = found;
    found.beginnings = names
      .filter(({ name }) => name.trim().split(' ').length >= 5)
      .map(({ name, topic }) => ({ name: begin(name), topic }))
      .filter(({ name, topic }) => names.every((other) => other.topic === topic || begin(other.name) !== name));
    built.set(knowledge, found);
  }
  return found;
}

/**
 * A row about one right: `SeDenyBatchLogonRight, Deny log on as a batch job`, or the constant with the name as its value.
 * Names that are words of everyday stand in rows, not among the aliases, so that the search does not take them for ours.
 */
function inRow({ label, value }: { label: string; value: string }): string[] {
  const [constant, ...rest] = label.split(', ');
  if (!isConstant.test(constant!)) return [];
  return rest.length > 0 ? [constant!, ...rest] : [constant!, value];
}

/** Quotes, hyphens and articles differ from writer to writer; "logon" is "log on". */
function plain(text: string): string {
  return ` ${fold(text)
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/\blog-?on\b|\blog-?in\b|\blogging on\b/g, 'log on')
    .replace(/\bsign in\b/g, 'log on')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/ (a|an|the) /g, ' ')
    .trim()} `;
}

/** Many a name is a sentence of everyday ("Change the time zone"): beside one of these words it is the right. */
const aboutRights =
  /\b(user ?rights?|rights?|priv\w*|polic(y|ies)|gpos?|iis|pools?|w3wp|(service|pool|app|custom) accounts?|identity|secpol|gpedit|hardening|cis|stig|basic auth\w*|windows auth\w*|default|recht\w*|droits?|fehlt|missing|whoami|secedit|assignment)\b/;

/**
 * The entry about another user right that a question names: by its constant in any spelling (`SeTcbPriviledge`,
 * `SE_TCB_NAME`), or by its name in the policy editor. Undefined when it asks what else there is.
 */
export function otherRight(text: string, knowledge: Knowledge): string | undefined {
  if (/\b(besides|other than|else|apart from|other (user )?rights?)\b/.test(text)) return undefined;
  const { constants, names, beginnings } = rightNames(knowledge);
  for (const [, stem] of text.matchAll(/\bse[_ -]?([a-z]{3,}?)[_ -]?(?:pr[ie]v[a-z]*|rights?|name)?\b/g)) {
    const topic = constants.get(stem!);
    if (topic !== undefined) return topic;
  }
  const asked = plain(text);
  const named = names.find(({ name }) => asked.includes(name));
  if (named === undefined) {
    return aboutRights.test(text) ? beginnings.find(({ name }) => asked.includes(name))?.topic : undefined;
  }
  const rest = asked.replace(named.name, ' ').trim();
  // Longer names are nobody's everyday words.
  const few = named.name.trim().split(' ').length >= 6 ? 5 : 2;
  return rest === '' || rest.split(' ').length <= few || aboutRights.test(rest) ? named.topic : undefined;
}
