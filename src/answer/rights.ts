import type { Knowledge } from '../knowledge/knowledge.js';
import type { UserRight } from '../knowledge/rights-schema.js';
import type { Part, Span, Text } from './answer.js';

/** The right that these answers are about. */
const impersonateRight = 'SeImpersonatePrivilege';

/** Returns the right's entry; undefined where the knowledge was loaded without rights. */
export function rightOf(knowledge: Knowledge): UserRight | undefined {
  return knowledge.rights.get(impersonateRight);
}

/** `Administrators, LOCAL SERVICE, NETWORK SERVICE, SERVICE; with IIS also IIS_IUSRS.` */
export function holdersText(right: UserRight): Text {
  const spans: Span[] = [right.holders.map((h) => h.name).join(', ')];
  if (right.withIis.length > 0) spans.push('; with IIS also ', { strong: right.withIis.map((h) => h.name).join(', ') });
  spans.push('.');
  return spans;
}

/** Says in one line who should have the right. */
export function holdersPart(knowledge: Knowledge): Part | undefined {
  const right = rightOf(knowledge);
  return (
    right && {
      kind: 'text',
      id: 'holders',
      heading: 'Who should have this right',
      keep: 'normal',
      text: holdersText(right),
    }
  );
}

/** Defaults by server type and policy. */
export function defaultsPart(knowledge: Knowledge, keep: Part['keep'] = 'fold'): Part | undefined {
  const right = rightOf(knowledge);
  if (!right) return undefined;
  return {
    kind: 'table',
    id: 'defaults',
    heading: `Default holders of ${right.constant}`,
    keep,
    columns: ['Server type or policy', 'Default'],
    rows: right.defaults.map((row) => [row.where, defaultOf(right, row)]),
  };
}

/** Returns the holders of one row of the table. */
export function defaultOf(right: UserRight, row: { notDefined?: true; withIis?: true }): string {
  if (row.notDefined) return 'Not defined';
  const names = right.holders.map((h) => h.name);
  if (row.withIis) names.push(...right.withIis.map((h) => h.name));
  return names.join(', ');
}
