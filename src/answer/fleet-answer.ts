import type { Fleet, FleetPolicy, PoolForecast, Rivalry, ServerForecast } from '../diagnosis/fleet/forecast.js';
import type { NeededRight } from '../diagnosis/fleet/rights.js';
import type { Report } from '../diagnosis/report.js';
import { impersonateRight } from '../evidence/rights/export.js';
import { nameOfSid } from '../evidence/sids.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { IisRight } from '../knowledge/rights-schema.js';
import type { Answer, Part, Step, TablePart, Text } from './answer.js';
import { fleetCsv } from './fleet-csv.js';
import { mostRows, splitTable } from './long-table.js';
import { actionsFor, dropEmptyParts, sourcesOf, withheldPart } from './parts.js';
import { howPart, nextPart, requestsOf } from './requests.js';
import { textsForOwner } from './right-answer.js';
import { stepsPart } from './steps.js';
import { countWords, listWords } from './wording.js';

/** Servers that a text for the owner names. */
const serversNamed = 20;

interface Row extends PoolForecast {
  server: string;
}

/**
 * Several servers in one answer. With a policy among the files: which pools fail when it arrives, when, and what to change in
 * it first. Without one: who holds the right on each server.
 */
export function fleetAnswer(fleet: Fleet, report: Report, knowledge: Knowledge): Answer {
  const rows = fleet.servers
    .flatMap(({ server, pools }) => pools.map((pool) => ({ ...pool, server })))
    .sort((a, b) => urgencyOf(b) - urgencyOf(a));
  const failing = rows.filter(({ outcome }) => outcome === 'fails');
  const withPolicy = fleet.policies.length > 0;
  const title = withPolicy ? forecastTitle(fleet, rows) : holdersTitle(fleet.servers);
  const next = requestsOf(missingEvidence(fleet), knowledge);
  const tables = [
    ...(rows.length > 0 ? poolTables(rows, knowledge) : []),
    ...(withPolicy && rows.length > 0 ? [] : serverTables(fleet.servers)),
  ];
  const parts = dropEmptyParts([
    ...noticeParts(fleet),
    ...tables.map((table, at): Part => (at === 0 ? { ...table, csv: fleetCsv(fleet) } : table)),
    failing.length > 0 ? whenPart(failing, withPolicy) : undefined,
    failing.length > 0 ? looksPart(failing, knowledge) : undefined,
    fixPart(fleet, failing),
    effectsPart(fleet, failing, knowledge),
    ...(withPolicy && rows.length > 0 ? serverTables(fleet.servers, 'fold') : []),
    ...(failing.length > 0 ? ownerParts(fleet, failing, knowledge) : []),
    next.length > 0 ? nextPart(next) : undefined,
    ...howPart(next),
    withheldPart(report.files.reduce((sum, file) => sum + file.withheld, 0)),
  ]);
  return {
    title,
    summary: `${title}.`,
    verdict: failing.length > 0 || report.diagnosis.verdict === 'failure' ? 'failure' : 'no-fault',
    parts,
    actions: actionsFor(parts, false),
    sources: sourcesOf([rowsOf(failingRights(failing), knowledge).map(({ source }) => source)]),
  };
}

function urgencyOf({ outcome, already }: PoolForecast): number {
  return { fails: already ? 3 : 2, 'cannot-tell': 1, works: 0 }[outcome];
}

function forecastTitle({ servers, policies, rivals }: Fleet, rows: readonly Row[]): string {
  const failing = rows.filter(({ outcome }) => outcome === 'fails');
  const undecided = rivals.some(({ winner }) => winner === null);
  const name = undecided ? `these ${policies.length} policies` : (rivals[0]?.winner ?? nameOf(policies[0]!));
  const on = countWords(new Set(failing.map(({ server }) => server)).size, 'server');
  if (rows.length === 0) return `${countWords(servers.length, 'server')} beside ${name}: no pool is known yet`;
  if (failing.length > 0)
    return `${failing.length} of ${countWords(rows.length, 'pool')} will fail under ${name}, on ${on} of ${servers.length}`;
  const unclear = rows.filter(({ outcome }) => outcome === 'cannot-tell').length;
  const rest = unclear > 0 ? `; of ${unclear} I cannot tell` : '';
  return `No pool of ${countWords(servers.length, 'server')} fails by what ${name} sets${rest}`;
}

function holdersTitle(servers: readonly ServerForecast[]): string {
  const judged = servers.filter(({ iis, holders }) => iis !== false && holders !== null);
  const lacking = judged.filter(({ missing }) => missing.length > 0);
  const head = `${countWords(servers.length, 'server')} side by side`;
  if (judged.length === 0) return `${head}: none of the files lists who holds the right`;
  return lacking.length === 0
    ? `${head}: the right is in order on each that runs IIS`
    : `${head}: on ${lacking.length} of ${judged.length} the right lacks a holder that IIS or Windows needs`;
}

const results = { fails: 'fails', works: 'works', 'cannot-tell': 'cannot tell' } as const;

function poolTables(rows: readonly Row[], knowledge: Knowledge): TablePart[] {
  const columns = ['Server', 'Pool', 'Runs as', 'Result'];
  const cells = ({ server, pool, identity, account, outcome, rights, already }: Row): Text[] => [
    server,
    pool,
    account ?? identity,
    [already && outcome === 'fails' ? 'fails already' : results[outcome], ...titlesOf(rights, knowledge)].join(': '),
  ];
  const table: TablePart = {
    kind: 'table',
    id: 'pools',
    heading: 'Pools',
    keep: 'always',
    columns,
    rows: rows.map(cells),
  };
  return splitTable(table, 'All pools', (left) => leftRow(rows.slice(-left)));
}

function leftRow(rows: readonly Row[]): Text[] {
  const count = (outcome: PoolForecast['outcome']) => rows.filter((row) => row.outcome === outcome).length;
  const counts = [
    count('fails') > 0 ? `${count('fails')} fail` : '',
    count('cannot-tell') > 0 ? `${count('cannot-tell')} cannot tell` : '',
    count('works') > 0 ? `${count('works')} work` : '',
  ].filter(Boolean);
  return ['and more', countWords(rows.length, 'pool'), '', counts.join(', ')];
}

function titlesOf(rights: readonly string[], knowledge: Knowledge): string[] {
  return rights.length === 0 ? [] : [listWords(rights.map((right) => knowledge.iisRights.get(right)?.title ?? right))];
}

function serverTables(servers: readonly ServerForecast[], keep: 'always' | 'fold' = 'always'): TablePart[] {
  const rows = servers.map(({ server, iis, holders, missing, gpo }): Text[] => [
    server,
    iis === null ? 'not shown' : iis ? 'yes' : 'no',
    holders === null
      ? 'not in the files'
      : missing.length === 0
        ? 'in order'
        : `lacks ${missing.map((id) => nameOfSid(id) ?? id).join(', ')}`,
    gpo ?? 'not shown',
  ]);
  const table: TablePart = {
    kind: 'table',
    id: 'servers',
    heading: 'Impersonate a client after authentication, as it is now',
    keep,
    columns: ['Server', 'IIS', 'Holders', 'Set by'],
    rows,
  };
  if (keep === 'fold') return [{ ...table, rows: rows.slice(0, mostRows) }];
  return splitTable(table, 'All servers', (left) => ['and more', `${left} servers`, '', '']);
}

function whenPart(failing: readonly Row[], withPolicy: boolean): Part {
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

function looksPart(failing: readonly Row[], knowledge: Knowledge): Part {
  return rightsPart('looks', 'How it looks then', rowsOf(failingRights(failing), knowledge));
}

/** What each right breaks, and how that looks. */
function rightsPart(id: string, heading: string, rights: readonly IisRight[]): Part {
  const facts = rights.map(({ title, breaks, looks }) => ({ label: title, value: `${breaks} ${looks}` }));
  return { kind: 'facts', id, heading, keep: 'normal', facts };
}

function failingRights(failing: readonly Row[]): NeededRight[] {
  return [...new Set(failing.flatMap(({ rights }) => rights))];
}

function rowsOf(rights: readonly NeededRight[], knowledge: Knowledge): IisRight[] {
  return rights.flatMap((right) => knowledge.iisRights.get(right) ?? []);
}

/** What to change first. A deny right and the right of the primary token get no line: widening them is the owner's decision. */
function fixPart({ lines, policies }: Fleet, failing: readonly Row[]): Part | undefined {
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

/** The rights that the policy breaks beside those by which a pool fails. */
function effectsPart({ effects }: Fleet, failing: readonly Row[], knowledge: Knowledge): Part | undefined {
  const byPools = failingRights(failing);
  const others = rowsOf(
    effects.filter((right) => !byPools.includes(right)),
    knowledge,
  );
  return others.length === 0 ? undefined : rightsPart('effects', 'What else the policy changes', others);
}

/** Message, change ticket and exception for the owner of the policy. */
function ownerParts(fleet: Fleet, failing: readonly Row[], knowledge: Knowledge): Part[] {
  const line = fleet.lines.find(({ right }) => right === impersonateRight)?.line;
  const [policy] = fleet.policies;
  if (line === undefined || !policy) return [];
  const servers = [...new Set(failing.map(({ server }) => server))];
  const more = servers.length > serversNamed ? ` and ${servers.length - serversNamed} more` : '';
  return textsForOwner(knowledge, {
    server: more ? `${servers.slice(0, serversNamed).join(', ')}${more}` : listWords(servers),
    // The name of a file is no policy, and GptTmpl.inf must not be edited by hand.
    ...(policy.name !== null && { gpo: policy.name }),
    line: line.replace(/^\w+ = /, ''),
  });
}

function noticeParts(fleet: Fleet): Part[] {
  const notices: string[] = [];
  if (fleet.otherDomains.length > 0)
    notices.push(
      `The policy names accounts of ${listWords(fleet.otherDomains)}, the pools run as accounts of another domain. Are these files of one environment?`,
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

function nameOf({ name, file }: FleetPolicy): string {
  return name ?? file;
}

function missingEvidence({ servers }: Fleet): string[] {
  const judged = servers.filter(({ iis }) => iis !== false);
  const wanted: string[] = [];
  if (judged.some(({ pools }) => pools.length === 0)) wanted.push('server-config');
  if (judged.some(({ holders }) => holders === null)) wanted.push('rights-export');
  return wanted;
}
