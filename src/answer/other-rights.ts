import type { BrokenRight, OtherRights } from '../diagnosis/other-rights.js';
import type { FileVerdict } from '../diagnosis/report.js';
import { nameOfSid, poolOfName, usualPoolOfSid } from '../evidence/sids.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Part } from './answer.js';
import { countWords, listWords } from './wording.js';

/** Holders that a sentence names. */
const holdersNamed = 6;
/** Rights on the first screen; the folded part has all. */
const rightsShown = 2;

/**
 * Says which rights beside SeImpersonatePrivilege the lists of a file break; folded, how that looks and which evidence would
 * show it. It gives no corrected line: a list alone does not ask for one.
 * @param files the answer names the first of them that breaks something
 */
export function otherRightsParts(files: readonly FileVerdict[], knowledge: Knowledge): Part[] {
  const file = files.find(({ otherRights }) => otherRights !== undefined);
  if (!file?.otherRights) return [];
  const { broken, poolEntries } = file.otherRights;
  const heading =
    file.origin === 'machine' ? 'Other rights that IIS needs' : 'Other rights that IIS needs, where IIS runs';
  const poolFacts =
    poolEntries.length > 0 ? [{ label: 'Accounts of pools', value: poolSentence(poolEntries, knowledge) }] : [];
  if (broken.length === 0) return [{ kind: 'facts', id: 'other-rights', heading, keep: 'fold', facts: poolFacts }];
  const rows = broken.map((one) => ({ label: titleOf(one.right, knowledge), value: breakageSentence(one, knowledge) }));
  const left = rows.length - rightsShown;
  const more = left > 0 ? [{ label: 'and more', value: `${countWords(left, 'right')}, see below` }] : [];
  const details = broken.flatMap(({ right }) => {
    const row = knowledge.iisRights.get(right);
    return row ? [{ label: `${row.title} (${right})`, value: row.looks }] : [];
  });
  return [
    {
      kind: 'facts',
      id: 'other-rights',
      heading,
      keep: files.length === 1 ? 'normal' : 'fold',
      facts: [...rows.slice(0, rightsShown), ...more],
    },
    {
      kind: 'facts',
      id: 'other-rights-looks',
      heading: 'How the other rights show',
      keep: 'fold',
      facts: [
        ...rows.slice(rightsShown),
        ...details,
        { label: 'To be certain', value: evidenceSentence(broken, knowledge) },
        ...poolFacts,
      ],
    },
  ];
}

function titleOf(right: string, knowledge: Knowledge): string {
  return knowledge.iisRights.get(right)?.title ?? right;
}

/** Names who is on the list or missing from it, then what fails. */
function breakageSentence({ right, by, holders }: BrokenRight, knowledge: Knowledge): string {
  const row = knowledge.iisRights.get(right);
  const all = holders.map(readableHolder);
  const left = all.length - holdersNamed;
  const named = listWords(left > 0 ? [...all.slice(0, holdersNamed), `${left} more`] : all);
  const wanted = listWords((row?.lacks ?? []).map(readableHolder), 'or');
  const list = all.length === 0 ? 'No account is on the list' : `On the list: ${named}`;
  const head = by === 'holds' || all.length === 0 ? `${list}.` : `${list}; not ${wanted}.`;
  return row ? `${head} ${row.breaks}` : head;
}

function evidenceSentence(broken: readonly BrokenRight[], knowledge: Knowledge): string {
  const ids = [...new Set(broken.flatMap(({ right }) => knowledge.iisRights.get(right)?.shows ?? []))];
  const wanted = listWords(ids.map((id) => knowledge.evidenceRequests.get(id)?.title ?? id));
  return `This file alone shows no failure, so I give no corrected line for these rights. What would show one: ${wanted}. A deny right and "Replace a process level token" are changed only for a failure that was seen.`;
}

function poolSentence(entries: OtherRights['poolEntries'], knowledge: Knowledge): string {
  const places = entries
    .slice(0, holdersNamed)
    .map(({ right, holder }) => `${readablePool(holder)} on "${titleOf(right, knowledge)}"`);
  return `${listWords(places)}. Such an account (S-1-5-82-…) exists on its own server only, and does not belong in a GPO.`;
}

function readablePool(holder: string): string {
  const pool = poolOfName(holder) ?? usualPoolOfSid(holder.replace(/^\*/, ''));
  return pool === undefined ? readableHolder(holder) : `IIS APPPOOL\\${pool}`;
}

function readableHolder(holder: string): string {
  const id = holder.replace(/^\*/, '');
  return nameOfSid(id) ?? id;
}
