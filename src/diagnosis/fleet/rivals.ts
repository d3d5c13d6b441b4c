import type { FleetPolicy, Rivalry } from './forecast.js';
import { type NeededRight, neededRights } from './rights.js';
import type { FleetServer } from './servers.js';

/** Returns the name of a policy, else that of its file. */
export function policyName({ name, file }: FleetPolicy): string {
  return name ?? file;
}

/**
 * Returns the orders in which policies may apply to a server, the winner first. A report of the server names the winner; without
 * one the order is unknown, and each policy that sets a right in another way than the others may win.
 */
export function possibleOrders(server: FleetServer, policies: readonly FleetPolicy[]): FleetPolicy[][] {
  const winner = winnerByReport(server, policies);
  const first = winner ? [winner] : conflictsOf(policies).length > 0 ? policies : policies.slice(0, 1);
  return first.map((policy) => [policy, ...policies.filter((other) => other !== policy)]);
}

/** The policy that a report of the server names as the one that wins. */
function winnerByReport(server: FleetServer, policies: readonly FleetPolicy[]): FleetPolicy | undefined {
  const told = server.report?.text('right.winning-gpo')?.toLowerCase();
  return told === undefined ? undefined : policies.find(({ name }) => name?.toLowerCase() === told);
}

/** Rights that several policies set, each with another list. */
function conflictsOf(policies: readonly FleetPolicy[]): NeededRight[] {
  return neededRights.filter((right) => {
    const lists = policies.flatMap(({ rights }) => rights.filter((set) => set.right === right));
    return new Set(lists.map(({ holders }) => [...holders].sort().join('\n').toLowerCase())).size > 1;
  });
}

/**
 * Returns the rights on which policies disagree, with the winner where every server's report names it.
 * @param failingUnder counts the pools that fail when this policy wins
 */
export function findRivals(
  policies: readonly FleetPolicy[],
  servers: readonly FleetServer[],
  failingUnder: (policy: FleetPolicy) => number,
): Rivalry[] {
  const winners = new Set(servers.map((server) => winnerByReport(server, policies)));
  const [winner] = winners;
  const decided = winners.size === 1 && winner !== undefined;
  return conflictsOf(policies).map((right) => {
    const setters = policies.filter(({ rights }) => rights.some((set) => set.right === right));
    return {
      right,
      policies: setters.map(policyName),
      winner: decided ? policyName(winner) : null,
      outcomes: decided ? [] : setters.map((policy) => ({ policy: policyName(policy), failing: failingUnder(policy) })),
    };
  });
}
