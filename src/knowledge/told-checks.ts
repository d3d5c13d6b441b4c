import { didYouMean, findMisspelt } from './nearest.js';
import type { KnowledgeStep } from './step-schema.js';
import type { ToldRow } from './told-schema.js';
import type { Entry } from './yaml.js';

/** Checks that what a told fact says is about causes that exist. */
export function checkTold({ value, yaml, path }: Entry<ToldRow>, causes: ReadonlyMap<string, unknown>): void {
  for (const [i, { of = [] }] of value.means.entries())
    for (const id of of)
      if (!causes.has(id))
        yaml.fail([...path, 'means', i, 'of'], `"${id}" is no cause${didYouMean(id, causes.keys())}`);
}

/** Checks that no step names a fact that is nearly one of the table. It may name statuses, codes and modules, too. */
export function checkToldNames(
  steps: readonly KnowledgeStep[],
  told: ReadonlyMap<string, unknown>,
  { yaml, path }: Pick<Entry<unknown>, 'yaml' | 'path'>,
): void {
  for (const name of steps.flatMap((step) => [...(step.for ?? []), ...(step.unless ?? [])])) {
    const nearest = told.has(name) ? undefined : findMisspelt(name, [...told.keys()]);
    if (nearest) yaml.fail(path, `no told fact is called "${name}"; did you mean "${nearest}"?`);
  }
}
