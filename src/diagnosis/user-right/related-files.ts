import type { JudgedReading } from '../judged-reading.js';
import type { Remarks } from './remarks.js';
import { hostOf, type Symptom } from './symptom.js';

/**
 * Returns the files that can say something about the symptom. A file of another computer, pool or process gets a remark and
 * is left out; logs of other requests are left out without one.
 */
export function selectRelatedFiles(
  files: readonly JudgedReading[],
  symptom: Symptom,
  remarks: Remarks,
): JudgedReading[] {
  const hosts = new Set(symptom.servers.map(hostOf));
  const pools = new Set(symptom.pools.map((pool) => pool.toLowerCase()));
  return files.filter((file) => {
    const isRelated = isOfComputer(file, hosts, remarks);
    if (!isRelated || isLog(file)) return isRelated;
    const isOfSymptom = isOfPool(file, pools, remarks) && isOfProcess(file, symptom.processIds, remarks);
    if (isOfSymptom) remarkOtherServers(file, symptom.servers, remarks);
    return isOfSymptom;
  });
}

function isOfComputer(file: JudgedReading, hosts: ReadonlySet<string>, remarks: Remarks): boolean {
  const computer = computerOf(file);
  if (hosts.size === 0 || !computer || hosts.has(hostOf(computer))) return true;
  if (file.facts.flag('right.holds-iis-iusrs')) remarks.add('other-has-group', file, { other: computer });
  else if (!isLog(file)) remarks.add('other-computer', file, { other: computer });
  return false;
}

function isOfPool(file: JudgedReading, pools: ReadonlySet<string>, remarks: Remarks): boolean {
  const pool = file.facts.text('token.pool');
  if (pools.size === 0 || !pool || pools.has(pool.toLowerCase())) return true;
  remarks.add('other-pool', file, { other: pool });
  return false;
}

/** A process without its pool's name is known by its number only: another number may be another pool, or a newer process. */
function isOfProcess(file: JudgedReading, processIds: ReadonlySet<number>, remarks: Remarks): boolean {
  const id = file.facts.number('token.process-id');
  if (file.facts.text('token.pool') || id === undefined || processIds.size === 0 || processIds.has(id)) return true;
  remarks.add('other-process', file, { other: String(id), others: [...processIds].join(', ') });
  return false;
}

/** Remarks that a file speaks for one of several failing servers. */
function remarkOtherServers(file: JudgedReading, servers: readonly string[], remarks: Remarks): void {
  const computer = computerOf(file);
  if (!computer) return;
  const others = servers.filter((server) => hostOf(server) !== hostOf(computer));
  if (others.length > 0) remarks.add('one-of-several', file, { other: computer, others: others.join(', ') });
}

function computerOf({ facts }: JudgedReading): string | undefined {
  return facts.text('computer.name') ?? facts.text('request.server');
}

function isLog({ facts }: JudgedReading): boolean {
  return facts.reading.kind === 'freb-log';
}
