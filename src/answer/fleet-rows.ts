import type { PoolForecast } from '../diagnosis/fleet/forecast.js';
import type { NeededRight } from '../diagnosis/fleet/rights.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { IisRight } from '../knowledge/rights-schema.js';

/** An application pool of one server, with what the policy does to it. */
export interface ForecastRow extends PoolForecast {
  server: string;
}

/** Returns the rights by which pools fail, each once. */
export function failingRights(failing: readonly ForecastRow[]): NeededRight[] {
  return [...new Set(failing.flatMap(({ rights }) => rights))];
}

/** Returns what the knowledge says about these rights. */
export function rightEntries(rights: readonly NeededRight[], knowledge: Knowledge): IisRight[] {
  return rights.flatMap((right) => knowledge.iisRights.get(right) ?? []);
}
