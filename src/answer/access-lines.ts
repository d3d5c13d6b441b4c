import type { LineCount } from '../diagnosis/access-statistics.js';
import type { FileVerdict } from '../diagnosis/report.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Part, Text } from './answer.js';
import { contextInLog } from './code-contexts.js';
import { codeLine, knownCode } from './codes.js';
import { countWords } from './wording.js';

type Fact = { label: string; value: Text };

/** Shows what the lines of an access log ended with: status, substatus and Windows code together, then the addresses. */
export function accessLineParts(file: FileVerdict, knowledge: Knowledge): Part[] {
  const counts = file.lines;
  if (!counts) return [];
  const one = counts.lines === 1;
  const outcomes =
    counts.reasons.length > 0
      ? counts.reasons.map((row) => countedFact(row, reasonMeaning(row.value, knowledge), one))
      : counts.combinations.map((row) => countedFact(row, combinationMeaning(row.value, knowledge), one));
  const noise = counts.noise.map((row) => countedFact(row, 'noise: it says nothing about a site', one));
  const facts = [...outcomes, ...noise];
  const parts: Part[] = [];
  if (facts.length > 0)
    parts.push({
      kind: 'facts',
      id: 'lines',
      heading: one ? 'What the line says' : `What ${countWords(counts.lines, 'line')} ended with`,
      keep: 'normal',
      facts,
    });
  if (!one && counts.urls.length > 0)
    parts.push({
      kind: 'facts',
      id: 'addresses',
      heading: 'Addresses, most frequent first',
      keep: 'fold',
      facts: counts.urls.map(({ value, combination, lines, first }) => ({
        label: value,
        value: `${[combination, countWords(lines, 'line')].filter(Boolean).join(', ')}${first === null ? '' : `, the first is line ${first}`}`,
      })),
    });
  return parts;
}

function countedFact({ value, lines, first }: LineCount, meaning: string, one: boolean): Fact {
  if (one) return { label: value, value: meaning };
  const where = first === null ? '' : `, the first is line ${first}`;
  return { label: value, value: `${meaning} (${countWords(lines, 'line')}${where})` };
}

/** Explains `500.19 33`: the status, and what the Windows code means together with this status. */
function combinationMeaning(combination: string, knowledge: Knowledge): string {
  const [status = '', win32] = combination.split(' ');
  const entry = knowledge.statuses.get(status) ?? knowledge.statuses.get(status.replace(/\.0$/, ''));
  const general = entry ?? knowledge.statuses.get(status.split('.')[0]!);
  const code = Number(win32 ?? 0);
  const meanings: string[] = [general?.name ?? `HTTP ${status}`];
  if (code > 0) {
    const context = contextInLog(knownCode(code, knowledge)?.contexts ?? [], status);
    meanings.push(`${codeLine(code, knowledge)}${context ? `. ${context.meaning}` : ''}`);
  }
  // Whoever set this 500 gave no reason; IIS itself would have one.
  else if (status === '500.0' || status === '500')
    meanings.push(
      'no Windows code, so most likely the application set it (a missing right to impersonate would be 1346)',
    );
  return meanings.join('; ').replace(/\.$/, '');
}

/** Explains a reason of HTTP.sys in the words of the topic about its log. */
function reasonMeaning(reason: string, knowledge: Knowledge): string {
  const facts = knowledge.topics.get('httperr')?.facts ?? [];
  const entry = facts.find(({ label }) => label.split(/, ?/).includes(reason));
  return entry?.value ?? 'a reason of HTTP.sys that I have no entry for';
}
