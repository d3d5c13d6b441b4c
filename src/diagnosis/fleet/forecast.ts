import type { FleetPool } from './pool-token.js';
import type { NeededRight } from './rights.js';

/** What a policy would set of the rights that IIS needs. */
export interface FleetPolicy {
  file: string;
  /** Name of the GPO, where the file has one. */
  name: string | null;
  rights: { right: NeededRight; holders: string[] }[];
}

export interface PoolForecast {
  pool: string;
  identity: FleetPool['identity'];
  account: string | null;
  /** `fails`: it lacks a right, or a deny right names it. `cannot-tell`: a group or an order of policies that no file shows decides. */
  outcome: 'works' | 'fails' | 'cannot-tell';
  /** The rights by which it fails, or that decide. */
  rights: NeededRight[];
  /** True when it fails because of what is in force already, without the policy. */
  already: boolean;
}

export interface ServerForecast {
  server: string;
  files: string[];
  /** Null when the files do not show whether IIS is installed. */
  iis: boolean | null;
  pools: PoolForecast[];
  /** Holders of SeImpersonatePrivilege that are in force; null where no file of the server lists them. */
  holders: string[] | null;
  /** SIDs of the four holders of every server and of IIS_IUSRS that the list lacks. */
  missing: string[];
  /** The GPO that sets the right there. */
  gpo: string | null;
}

/** Policies that set the same right with different lists: one of them wins on each server. */
export interface Rivalry {
  right: NeededRight;
  policies: string[];
  /** The one that the servers' reports name; null when no file tells the order. */
  winner: string | null;
  /** How many pools fail when each of them wins; empty where the winner is known. */
  outcomes: { policy: string; failing: number }[];
}

/** Several servers side by side, and what a policy would do to them. A contract (`preflight --json`). */
export interface Fleet {
  policies: FleetPolicy[];
  servers: ServerForecast[];
  /** Of each right that would break a pool: the line as it should become. Only rights that evidence asks for. */
  lines: { right: NeededRight; line: string; policy: string }[];
  rivals: Rivalry[];
  /** Rights whose list in a policy breaks more than pools: visitors, CGI programs, audits. */
  effects: NeededRight[];
  /** Domains that the policy names, when the servers' accounts are of none of them. */
  otherDomains: string[];
}
