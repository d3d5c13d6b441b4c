import type { Fleet, PoolForecast } from '../diagnosis/fleet/forecast.js';
import type { Report } from '../diagnosis/report.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Answer, Part } from './answer.js';
import { fleetCsv } from './fleet-csv.js';
import { looksPart, noticeParts, ownerParts, policyEffectsPart, policyFixPart, whenPart } from './fleet-parts.js';
import { failingRights, rightEntries } from './fleet-rows.js';
import { poolTables, serverTables } from './fleet-tables.js';
import { forecastTitle, holdersTitle } from './fleet-title.js';
import { actionsFor, dropEmptyParts, sourcesOf, withheldPart } from './parts.js';
import { howPart, nextPart, requestsOf } from './requests.js';

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
    policyFixPart(fleet, failing),
    policyEffectsPart(fleet, failing, knowledge),
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
    sources: sourcesOf([rightEntries(failingRights(failing), knowledge).map(({ source }) => source)]),
  };
}

function urgencyOf({ outcome, already }: PoolForecast): number {
  return { fails: already ? 3 : 2, 'cannot-tell': 1, works: 0 }[outcome];
}

function missingEvidence({ servers }: Fleet): string[] {
  const judged = servers.filter(({ iis }) => iis !== false);
  const wanted: string[] = [];
  if (judged.some(({ pools }) => pools.length === 0)) wanted.push('server-config');
  if (judged.some(({ holders }) => holders === null)) wanted.push('rights-export');
  return wanted;
}
