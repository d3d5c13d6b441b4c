import { judgeHolding } from '../diagnosis/fleet/pool-token.js';
import { holdersOf } from '../diagnosis/fleet/rights.js';
import { type FleetServer, groupByServer } from '../diagnosis/fleet/servers.js';
import type { JudgedReading } from '../diagnosis/judged-reading.js';
import { completeList, missingHolders } from '../diagnosis/user-right/holders.js';
import { impersonateRight } from '../evidence/rights/export.js';
import { sid } from '../evidence/sids.js';
import { findRightsChange, type RightsChange } from './rights-change.js';

/** The holders whose loss breaks pools. */
const watchedHolders = [sid.service, sid.iisIusrs];

/** Who holds the right to impersonate now, and what that does to the pools. */
export interface RightsNow {
  /** SIDs of SERVICE and IIS_IUSRS that the list lacks. */
  missing: string[];
  holders: string[];
  /** The list as it should become. */
  line: string;
  /** Pools that fail when their worker process is next replaced; undefined when no file lists the pools. */
  failing: string[] | undefined;
  /** The GPO that sets the right, where a report says so. */
  gpo: string | undefined;
  change: RightsChange;
}

/** Reads the list in force from the files of one server; undefined when none of them is a whole list. */
export function findRightsNow(files: readonly JudgedReading[]): RightsNow | undefined {
  const servers = groupByServer(files);
  const list = servers.find((server) => server.export)?.export;
  const holders = list && holdersOf(list, impersonateRight);
  if (!holders) return undefined;
  const missing = missingHolders(holders, watchedHolders);
  const pools = servers.flatMap((server: FleetServer) => server.pools);
  const failing = pools.filter((pool) => judgeHolding(pool, holders) === 'no').map(({ name }) => name);
  return {
    missing,
    holders: [...holders],
    line: completeList(holders),
    failing: pools.length > 0 ? failing : undefined,
    change: findRightsChange(files, missing),
    gpo: servers.find((server) => server.report)?.report?.text('right.winning-gpo'),
  };
}
