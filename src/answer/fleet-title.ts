import type { Fleet, FleetPolicy, ServerForecast } from '../diagnosis/fleet/forecast.js';
import type { ForecastRow } from './fleet-rows.js';
import { countWords } from './wording.js';

/** Returns the title of a forecast: how many pools will fail under the policy. */
export function forecastTitle({ servers, policies, rivals }: Fleet, rows: readonly ForecastRow[]): string {
  const failing = rows.filter(({ outcome }) => outcome === 'fails');
  const undecided = rivals.some(({ winner }) => winner === null);
  const name = undecided ? `these ${policies.length} policies` : (rivals[0]?.winner ?? policyName(policies[0]!));
  const on = countWords(new Set(failing.map(({ server }) => server)).size, 'server');
  if (rows.length === 0) return `${countWords(servers.length, 'server')} beside ${name}: no pool is known yet`;
  if (failing.length > 0)
    return `${failing.length} of ${countWords(rows.length, 'pool')} will fail under ${name}, on ${on} of ${servers.length}`;
  const unclear = rows.filter(({ outcome }) => outcome === 'cannot-tell').length;
  const rest = unclear > 0 ? `; of ${unclear} I can't tell` : '';
  return `No pool of ${countWords(servers.length, 'server')} fails because of what ${name} sets${rest}`;
}

/** Returns the title without a policy: on how many servers the right lacks a holder. */
export function holdersTitle(servers: readonly ServerForecast[]): string {
  const judged = servers.filter(({ iis, holders }) => iis !== false && holders !== null);
  const lacking = judged.filter(({ missing }) => missing.length > 0);
  const head = `${countWords(servers.length, 'server')} side by side`;
  if (judged.length === 0) return `${head}: none of the files lists who holds the right`;
  return lacking.length === 0
    ? `${head}: the right is in order on each that runs IIS`
    : `${head}: on ${lacking.length} of ${judged.length} the right lacks a holder that IIS or Windows needs`;
}

function policyName({ name, file }: FleetPolicy): string {
  return name ?? file;
}
