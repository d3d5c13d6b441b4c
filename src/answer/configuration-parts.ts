import type { ConfigurationRemark, FileVerdict } from '../diagnosis/report.js';
import type { ConfigurationRow } from '../knowledge/configuration-schema.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Part, Text } from './answer.js';
import { stepsPart, stepsWithUndo } from './steps.js';
import { countWords, listWords } from './wording.js';

/** Pools of a table that a chat can show. */
const poolsShown = 100;
/** Lines that one remark names. */
const linesShown = 4;

const headings: Record<ConfigurationRemark['weight'], string> = {
  breaks: 'What breaks',
  needs: 'What depends on the server',
  watch: 'Worth a look',
};

/**
 * Lists what a configuration file says, by weight and with its lines, and its application pools.
 * @param told the sentence that the answer already has
 */
export function configurationParts(file: FileVerdict, told: string | null): Part[] {
  const parts = (['breaks', 'needs', 'watch'] as const).flatMap((weight): Part[] => {
    const remarks = (file.configuration ?? []).filter((r) => r.weight === weight && r.says !== told);
    if (remarks.length === 0) return [];
    const facts = remarks.map(({ lines, says }) => ({ label: lineWords(lines), value: says }));
    const keep = weight === 'watch' ? 'fold' : 'normal';
    return [{ kind: 'facts', id: `configuration-${weight}`, heading: headings[weight], keep, facts }];
  });
  return [...parts, ...poolsPart(file)];
}

function lineWords(lines: readonly number[]): string {
  if (lines.length === 0) return 'file';
  const left = lines.length - linesShown;
  const shown = lines.slice(0, linesShown).map(String);
  return `${lines.length === 1 ? 'line' : 'lines'} ${left > 0 ? `${shown.join(', ')} and ${left} more` : listWords(shown)}`;
}

/** Whom each pool runs as, and whether IIS_IUSRS is in its token. */
function poolsPart({ pools = [] }: FileVerdict): Part[] {
  if (!pools.some((p) => p.identity !== null)) return [];
  const rows = pools
    .slice(0, poolsShown)
    .map(({ name, identity, account, manual }): Text[] => [
      name,
      account ? `${identity}: ${account}` : (identity ?? 'not in this file'),
      manual === null ? '' : manual ? 'true: IIS_IUSRS is not added' : 'false',
    ]);
  const left = pools.length - rows.length;
  if (left > 0) rows.push([`and ${countWords(left, 'more pool')}`, '', '']);
  return [
    {
      kind: 'table',
      id: 'pools',
      heading: 'Application pools',
      keep: pools.length > 12 ? 'fold' : 'normal',
      columns: ['Pool', 'Runs as', 'manualGroupMembership'],
      rows,
    },
  ];
}

/** Returns the rows that break requests, for their steps and sources. */
export function breakingRows(file: FileVerdict, knowledge: Knowledge): ConfigurationRow[] {
  const broken = file.configuration?.filter(({ weight }) => weight === 'breaks') ?? [];
  return broken.flatMap(({ rule }) => knowledge.configurations.get(rule) ?? []);
}

/** Returns the steps for just what breaks; undefined where the card has them. */
export function configurationStepsPart(file: FileVerdict, knowledge: Knowledge): Part | undefined {
  const steps = stepsWithUndo(
    breakingRows(file, knowledge).flatMap((row) => row.do),
    () => undefined,
  );
  return steps.length === 0 ? undefined : stepsPart({ id: 'fix', heading: 'Fix', keep: 'normal', steps });
}

/** Returns the title of a configuration that no card is about; undefined for other files, and for pools alone. */
export function configurationTitle(file: FileVerdict): Text | undefined {
  const remarks = file.configuration;
  if (!remarks) return undefined;
  const name = file.form ?? 'configuration';
  if (file.verdict === 'failure') return `This ${name} breaks requests`;
  if (remarks.some((r) => r.weight === 'needs')) return `This ${name} works only where the server has what it needs`;
  if (file.pools) return undefined;
  return remarks.length > 0
    ? `This ${name} breaks nothing by itself; some settings are worth a look`
    : `Nothing in this ${name} breaks by itself`;
}
