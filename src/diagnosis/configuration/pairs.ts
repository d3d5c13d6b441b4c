import type { Observation } from '../../evidence/evidence.js';
import type { ObservationName } from '../../evidence/vocabulary/index.js';
import type { ConfigurationPairRow } from '../../knowledge/configuration-schema.js';
import { fillBraces } from '../../knowledge/fill.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { JudgedReading } from '../judged-reading.js';
import { observationProof } from '../proof.js';
import { formatValue } from '../reading-facts.js';
import type { Confidence, Finding } from '../report.js';
import { listValues } from './remarks.js';

/** A file that declares fewer sections is a piece: what it does not hold proves nothing. */
const wholeHost = 20;
/** Fewer modules are a piece of a list. */
const wholeList = 10;
/** Modules of the core, which no list names; a managed handler has its own module. */
const always = new Set(['managedpipelinehandler', 'staticfilemodule']);

/**
 * Returns what web.config files and the applicationHost.config of their server show together, each as a finding of its
 * own. With several servers it is unknown which file belongs to which, so nothing is said.
 */
export function pairConfigurations(judged: readonly JudgedReading[], knowledge: Knowledge): Finding[] {
  const sites = judged.filter((j) => j.facts.reading.form === 'web.config');
  const hosts = judged.filter((j) => j.facts.reading.form === 'applicationHost.config');
  // Ten thousand logs hold no list, and looking for one builds an index of each.
  const lists = judged.filter(
    ({ facts }) => facts.reading.kind !== 'freb-log' && facts.all('module.listed').length >= wholeList,
  );
  const [host, list] = [hosts[0], lists[0]];
  if (host) return hosts.length > 1 ? [] : sites.flatMap((site) => [...pairFindings(site, host, knowledge)]);
  return list && lists.length === 1 ? sites.flatMap((site) => [...pairWithList(site, list, knowledge)]) : [];
}

/** A module of a handler, which neither the list of the server nor the file itself has. */
function* pairWithList(site: JudgedReading, list: JudgedReading, knowledge: Knowledge): Generator<Finding> {
  const known = new Set([...namesOf(list, 'module.listed'), ...namesOf(site, 'config.module-used')]);
  const missing = site.facts.all('config.handler-module').filter((o) => !known.has(keyOf(o)) && !always.has(keyOf(o)));
  yield* createPair({ site, other: list, knowledge }, 'not-listed', missing);
}

function* pairFindings(site: JudgedReading, host: JudgedReading, knowledge: Knowledge): Generator<Finding> {
  const set = site.facts.all('config.section-set');
  const locked = namesOf(host, 'config.section-locked');
  const opened = namesOf(host, 'config.section-unlocked-below');
  const inLock = set.filter((o) => locked.has(keyOf(o)));
  const sure = inLock.filter((o) => !opened.has(keyOf(o)));
  if (sure.length > 0) yield* findPair('locked', sure, 'config.section-locked');
  else if (inLock.length > 0) yield* findPair('locked', inLock, 'config.section-unlocked-below', 'possible');

  const declared = namesOf(host, 'config.section-declared');
  if (declared.size >= wholeHost)
    yield* findPair(
      'undeclared',
      set.filter((o) => !declared.has(keyOf(o))),
    );

  const entries = namesOf(host, 'config.entry');
  const twice = site.facts.all('config.entry').filter((o) => entries.has(keyOf(o)));
  yield* findPair('added-twice', twice, 'config.entry');

  const modules = namesOf(host, 'config.module-registered');
  const named = [...site.facts.all('config.handler-module'), ...site.facts.all('config.module-used')];
  if (modules.size > 0)
    yield* findPair(
      'not-registered',
      named.filter((o) => !modules.has(keyOf(o)) && !always.has(keyOf(o))),
    );

  const lockedEntries = namesOf(host, 'config.entry-locked');
  const removed = site.facts.all('config.entry-removed').filter((o) => lockedEntries.has(keyOf(o)));
  yield* findPair('removes-locked', removed, 'config.entry-locked');
  yield* findLockedParts({ site, other: host, knowledge });

  function* findPair(
    pair: ConfigurationPairRow['pair'],
    found: readonly Observation[],
    inHost?: ObservationName,
    confidence?: Confidence,
  ): Generator<Finding> {
    const wanted = new Set(found.map(keyOf));
    const there = inHost ? host.facts.all(inHost).filter((o) => wanted.has(keyOf(o))) : [];
    yield* createPair({ site, other: host, knowledge }, pair, found, there, confidence);
  }
}

/** Returns what the web.config sets of a section that is open as a whole, and locked in part. */
function* findLockedParts(files: PairOfFiles): Generator<Finding> {
  const locks = files.other.facts.all('config.part-locked');
  const open = namesOf(files.other, 'config.part-open');
  const locked = new Set(locks.map(keyOf));
  const lockOf = (part: string) => {
    const all = part.replace(/@?[^/@]+$/, (name) => (name.startsWith('@') ? '@*' : '*'));
    return locked.has(part) ? part : !open.has(part) && locked.has(all) ? all : undefined;
  };
  const set = [...files.site.facts.all('config.section-set'), ...files.site.facts.all('config.part-set')];
  const found = set.filter((o) => lockOf(keyOf(o)) !== undefined);
  const met = new Set(found.map((o) => lockOf(keyOf(o))));
  yield* createPair(
    files,
    'sets-locked',
    found,
    locks.filter((o) => met.has(keyOf(o))),
  );
}

/** A web.config, and what shows its server. */
interface PairOfFiles {
  site: JudgedReading;
  other: JudgedReading;
  knowledge: Knowledge;
}

/** Makes the finding of a row, where something was found. `there` is what the other file says of it. */
function* createPair(
  { site, other, knowledge }: PairOfFiles,
  pair: ConfigurationPairRow['pair'],
  found: readonly Observation[],
  there: readonly Observation[] = [],
  confidence: Confidence = 'confirmed',
): Generator<Finding> {
  const row = knowledge.configurationPairs.get(pair);
  if (!row?.cause || found.length === 0) return;
  const others = listValues(found.map((o) => formatValue(o.value)));
  const says = fillPair(confidence === 'possible' ? (row.unless ?? row.says) : row.says, { others });
  yield {
    cause: row.cause,
    confidence,
    proof: [
      ...found.slice(0, 4).map((o) => observationProof(site, o)),
      ...there.slice(0, 4).map((o) => observationProof(other, o)),
    ],
    contradictedBy: [],
    missing: [],
    files: [site.file.name, other.file.name],
    remarks: says === undefined ? [] : [says],
    facts: {},
  };
}

/** Names are compared without regard to case, as IIS does. */
function keyOf(observation: Observation): string {
  return formatValue(observation.value).toLowerCase();
}

function namesOf({ facts }: JudgedReading, name: ObservationName): ReadonlySet<string> {
  return new Set(facts.all(name).map(keyOf));
}

function fillPair(text: string, facts: Record<string, string>): string | undefined {
  return fillBraces(text, (name) => facts[name]);
}

/** Adds to a finding what is in a configuration file at the line that its log or error page names. */
export function addConfigurationLine(finding: Finding, judged: readonly JudgedReading[], knowledge: Knowledge): void {
  const row = knowledge.configurationPairs.get('line');
  if (
    !judged.some(({ facts }) => facts.reading.form === 'web.config' || facts.reading.form === 'applicationHost.config')
  )
    return;
  const claimant = judged.find((j) => j.file.cause === finding.cause && j.facts.has('decisive.config-line'));
  const line = claimant?.facts.number('decisive.config-line');
  const named = claimant?.facts.text('decisive.config-file')?.toLowerCase() ?? 'web.config';
  const form = named.endsWith('applicationhost.config') ? 'applicationHost.config' : 'web.config';
  const files = judged.filter((j) => j.facts.reading.form === form);
  const [file] = files;
  if (!row || !file || files.length > 1 || line === undefined) return;
  const at = observationsAt(file, line);
  if (at.length === 0) return;
  const says = fillPair(row.says, {
    line: String(line),
    file: file.file.name,
    others: listValues(at.map((o) => formatValue(o.value))),
  });
  if (says !== undefined) finding.remarks.push(says);
  finding.proof.push(...at.map((o) => observationProof(file, o)));
  if (!finding.files.includes(file.file.name)) finding.files.push(file.file.name);
}

/** Returns what a configuration says at a line; else the section that the line is in. */
function observationsAt({ facts }: JudgedReading, line: number): Observation[] {
  const ofConfig = facts.reading.observations.filter((o) => o.name.startsWith('config.') && o.event !== undefined);
  const exact = ofConfig.filter((o) => o.event === line && !['config.malformed', 'config.part-set'].includes(o.name));
  if (exact.length > 0) return exact.slice(0, 3);
  const above = ofConfig.filter((o) => o.name === 'config.section-set' && o.event! < line);
  return above.sort((a, b) => b.event! - a.event!).slice(0, 1);
}
