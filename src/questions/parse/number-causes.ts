import type { Cause } from '../../knowledge/cause-schema.js';
import type { Knowledge } from '../../knowledge/knowledge.js';

/** Returns the causes that a code or a status stands for: the one that carries it as a name, or those that its card lists. */
export function causesOfNumber(number: string, { causes, statuses, codes }: Knowledge): Cause[] {
  const named = [...causes.values()].filter(({ aliases }) => aliases.includes(number));
  if (named.length === 1) return named;
  const isMain = !number.includes('.');
  const below = [...statuses.values()].filter(({ code }) => isMain && code.startsWith(`${number}.`));
  const listed = [statuses.get(number), ...below].flatMap((status) => status?.causes ?? []);
  const ids = new Set([codes.get(number)?.cause, ...listed, ...named.map(({ id }) => id)]);
  return [...ids].flatMap((id) => (id === undefined ? [] : (causes.get(id) ?? [])));
}

/** Returns the one cause that a code stands for beside a status: the status lists it, and the card names the code. Undefined where several fit. */
export function causeOfNumbers(code: string, status: string | undefined, knowledge: Knowledge): Cause | undefined {
  const listed = status === undefined ? [] : (knowledge.statuses.get(status)?.causes ?? []);
  const fitting = listed.flatMap((id) => {
    const cause = knowledge.causes.get(id);
    return cause && namesCode(cause, code) ? cause : [];
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

function namesCode({ aliases, signatures }: Cause, code: string): boolean {
  const conditions = signatures.flatMap(({ all }) => all);
  return (
    aliases.includes(code) ||
    conditions.some(({ equals, oneOf }) => equals === code || (oneOf as readonly unknown[] | undefined)?.includes(code))
  );
}
