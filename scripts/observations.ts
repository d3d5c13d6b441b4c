// `npm run observations`: writes knowledge/OBSERVATIONS.md, the names a cause card may use, from src/evidence/vocabulary.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { accessVocabulary } from '../src/evidence/vocabulary/access.js';
import { applicationVocabulary } from '../src/evidence/vocabulary/application.js';
import { configVocabulary } from '../src/evidence/vocabulary/config.js';
import { eventVocabulary } from '../src/evidence/vocabulary/events.js';
import { outputVocabulary } from '../src/evidence/vocabulary/outputs.js';
import { pageVocabulary } from '../src/evidence/vocabulary/pages.js';
import { readingVocabulary } from '../src/evidence/vocabulary/reading.js';
import { rightsVocabulary } from '../src/evidence/vocabulary/rights.js';
import type { Term } from '../src/evidence/vocabulary/term.js';
import { traceVocabulary } from '../src/evidence/vocabulary/trace.js';
import { findingFacts } from '../src/knowledge/fill.js';

const groups: [heading: string, terms: Record<string, Term>][] = [
  ['Failed Request Tracing logs', traceVocabulary],
  ['Rights exports, policy reports and token listings', rightsVocabulary],
  ['Access logs and httperr logs', accessVocabulary],
  ['Logs of applications', applicationVocabulary],
  ['Windows events', eventVocabulary],
  ['Server configuration', configVocabulary],
  ['Outputs of commands', outputVocabulary],
  ['Error pages', pageVocabulary],
  ['Any file', readingVocabulary],
];

const start = `# Observations

What a condition of a cause card may name, and what braces in its sentences may hold. Written by \`npm run observations\` from
\`src/evidence/vocabulary\`; do not edit it here.

| type | conditions that fit it |
|---|---|
| any | \`present: true\`, \`absent: true\` |
| text | \`equals\`, \`oneOf\`, \`includes\` and \`lacks\` (a part of the text); case does not count |
| one of … | \`equals\`, \`oneOf\` |
| number | \`equals\`, \`oneOf\`, \`atLeast\` |
| yes or no | \`equals: true\`, \`equals: false\` |
| list | \`includes\` and \`lacks\` (a whole member) |

A text may be observed several times in one file, such as \`code.seen\`: a condition holds when one of its values fits.
`;

/** Returns the text of knowledge/OBSERVATIONS.md. */
export function observationsPage(): string {
  const tables = groups.map(([heading, terms]) => `## ${heading}\n\n${tableOf(terms)}`);
  const braces = findingFacts.map((name) => `\`{${name}}\``).join(', ');
  const end = `## In braces only\n\nSentences may also hold ${braces}: facts of the whole finding, not of one file.\n`;
  return [start, ...tables, end].join('\n');
}

function tableOf(terms: Record<string, Term>): string {
  const rows = Object.entries(terms).map(
    ([name, { type, means }]) => `| \`${name}\` | ${typeWords(type)} | ${cell(means)} |`,
  );
  return `${['| name | type | meaning |', '|---|---|---|', ...rows].join('\n')}\n`;
}

function typeWords(type: Term['type']): string {
  if (typeof type === 'object') return `one of ${type.map((word) => `\`${word}\``).join(', ')}`;
  return { string: 'text', number: 'number', boolean: 'yes or no', list: 'list' }[type];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

if (process.argv[1] && resolve(process.argv[1]) === import.meta.filename) {
  writeFileSync(join(import.meta.dirname, '../knowledge/OBSERVATIONS.md'), observationsPage());
}
