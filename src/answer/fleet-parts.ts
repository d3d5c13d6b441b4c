import type { Fleet, Rivalry } from '../diagnosis/fleet/forecast.js';
import { impersonateRight } from '../evidence/rights/export.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { IisRight } from '../knowledge/rights-schema.js';
import type { Part, Step } from './answer.js';
import { type ForecastRow, failingRights, rightEntries } from './fleet-rows.js';
import { textsForOwner } from './handover-parts.js';
import { stepsPart } from './steps.js';
import { countWords, listWords } from './wording.js';

/** Servers that a text for the owner names. */
const serversNamed = 20;

/** Says when the failure will be seen. */
export function whenPart(failing: readonly ForecastRow[], withPolicy: boolean): Part {
  const arrives = withPolicy
    ? 'The policy reaches a member server with its next refresh, within 90 to 120 minutes. '
    : '';
  const named = failing.some(({ rights }) => rights.some((right) => right.endsWith('LogonRight')));
  const token = named
    ? 'Nothing fails at that moment: a running worker process keeps its token and its logon.'
    : 'Nothing fails at that moment: a running worker process keeps its token.';
  return {
    kind: 'text',
    id: 'when',
    heading: 'When it shows',
    keep: 'normal',
    text: `${arrives}${token} The pool fails when its process is next replaced: after 20 idle minutes and every 29 hours by default, and at a recycle, a crash or a restart.`,
  };
}

/** Says what each right breaks, and how that looks. */
export function looksPart(failing: readonly ForecastRow[], knowledge: Knowledge): Part {
  return rightsPart('looks', 'How it looks then', rightEntries(failingRights(failing), knowledge));
}

/** Says what each right breaks, and how that looks. */
function rightsPart(id: string, heading: string, rights: readonly IisRight[]): Part {
  const facts = rights.map(({ title, breaks, looks }) => ({ label: title, value: `${breaks} ${looks}` }));
  return { kind: 'facts', id, heading, keep: 'normal', facts };
}

/** Says what to change first. A deny right and the right of the primary token get no line: widening them is the owner's decision. */
export function policyFixPart({ lines, policies }: Fleet, failing: readonly ForecastRow[]): Part | undefined {
  if (policies.length === 0 || failing.length === 0) return undefined;
  const steps: Step[] = lines.map(({ line, policy }) => ({
    text: [`In ${policy} the line becomes `, { code: line }, '.'],
    note: 'Every present holder stays. This is the only change; it touches every server under that policy.',
  }));
  const denied = failingRights(failing).filter((right) => right.startsWith('SeDeny'));
  if (denied.length > 0)
    steps.push({
      text: `Take the accounts of these pools out of ${listWords(denied)}, or run the pools as other accounts. Which one is right is the decision of the policy's owner.`,
    });
  if (failing.some(({ rights }) => rights.includes('SeServiceLogonRight')))
    steps.push({
      text: 'Add the accounts of these pools to SeServiceLogonRight, or set their logonType back to LogonBatch.',
    });
  steps.push({
    text: 'Only some of the servers run IIS? Give those a policy of their own with higher precedence, and leave this one as it is.',
  });
  steps.push({ text: 'Then drop the changed template here with the same files again.' });
  return stepsPart({ id: 'fix', heading: 'Change the policy first', keep: 'normal', steps });
}

/** Returns the rights that the policy breaks beside those by which a pool fails. */
export function policyEffectsPart(
  { effects }: Fleet,
  failing: readonly ForecastRow[],
  knowledge: Knowledge,
): Part | undefined {
  const byPools = failingRights(failing);
  const others = rightEntries(
    effects.filter((right) => !byPools.includes(right)),
    knowledge,
  );
  return others.length === 0 ? undefined : rightsPart('effects', 'What else the policy changes', others);
}

/** Message, change ticket and exception for the owner of the policy. */
export function ownerParts(fleet: Fleet, failing: readonly ForecastRow[], knowledge: Knowledge): Part[] {
  const line = fleet.lines.find(({ right }) => right === impersonateRight)?.line;
  const [policy] = fleet.policies;
  if (line === undefined || !policy) return [];
  const servers = [...new Set(failing.map(({ server }) => server))];
  const more = servers.length > serversNamed ? ` and ${servers.length - serversNamed} more` : '';
  return textsForOwner(knowledge, {
    server: more ? `${servers.slice(0, serversNamed).join(', ')}${more}` : listWords(servers),
    // The name of a file is not a policy, and GptTmpl.inf must not be edited by hand.
    ...(policy.name !== null && { gpo: policy.name }),
    line: line.replace(/^\w+ = /, ''),
  });
}

/** Warns of accounts of another domain, and of policies that contradict each other. */
export function noticeParts(fleet: Fleet): Part[] {
  const notices: string[] = [];
  if (fleet.otherDomains.length > 0)
    notices.push(
      `The policy names accounts of ${listWords(fleet.otherDomains)}, but the pools run as accounts of another domain. Are these files of one environment?`,
    );
  notices.push(...fleet.rivals.map(describeRivals));
  return notices.map((text, i) => ({ kind: 'notice', id: `notice-${i + 1}`, level: 'warning', keep: 'always', text }));
}

/** Says which of several policies wins, or what each would do where no file tells. */
function describeRivals({ right, policies, winner, outcomes }: Rivalry): string {
  const sets = `${listWords(policies)} set ${right} in different ways, and one of them wins on each server.`;
  if (winner !== null) return `${sets} The reports of the servers name ${winner}, so I took that.`;
  const each = outcomes.map(
    ({ policy, failing }) =>
      `with ${policy} ${failing === 0 ? 'no pool fails' : `${countWords(failing, 'pool')} ${failing === 1 ? 'fails' : 'fail'}`}`,
  );
  return `${sets} The files don't show their order: ${listWords(each)}. A report of a server (gpresult /h, column Winning GPO) shows it, and so does the link order in Group Policy Management.`;
}
