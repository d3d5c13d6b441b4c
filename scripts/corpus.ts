/**
 * Judges a folder of labelled files and prints right or wrong for each.
 * `npm run corpus [folder] [labels.tsv]`; a label is file, verdict and cause, separated by tabs ("-" no cause, "*" any).
 * Ends with 1 when fewer than 98 % are right, or when a missing right was claimed where the label names another cause.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { diagnose } from '../src/diagnosis/diagnose.js';
import type { FileVerdict } from '../src/diagnosis/report.js';
import { readEvidence } from '../src/evidence/read.js';
import type { Knowledge } from '../src/knowledge/knowledge.js';
import { builtKnowledge } from '../test/built-knowledge.js';

export interface Label {
  file: string;
  verdict: string;
  cause: string;
}

export interface Row {
  label: Label;
  found: FileVerdict;
  right: boolean;
}

export function readLabels(path: string): Label[] {
  return readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [file = '', verdict = '', cause = '-'] = line.split('\t');
      return { file, verdict, cause };
    });
}

/** Judges the labelled files of the folder, each alone. */
export function runCorpus(folder: string, labels: Label[], knowledge: Knowledge): Row[] {
  const there = new Set(readdirSync(folder));
  return labels
    .filter((label) => there.has(label.file))
    .map((label) => {
      const found = diagnose([readEvidence(label.file, readFileSync(join(folder, label.file)))], knowledge).files[0]!;
      const cause = label.cause === '*' || (found.cause ?? '-') === label.cause;
      return { label, found, right: cause && found.verdict === label.verdict };
    });
}

/** Returns the files in which a missing user right is claimed although the label names another cause. */
export function falseRights(rows: Row[], knowledge: Knowledge): Row[] {
  const isRight = (id: string) => knowledge.causes.get(id)?.reasoning === 'user-right';
  return rows.filter((r) => r.found.cause !== null && isRight(r.found.cause) && r.label.cause !== r.found.cause);
}

function main(folder = '../shared/samples/freb', labels = 'test/labels/visible.tsv'): number {
  const knowledge = builtKnowledge();
  const rows = runCorpus(resolve(folder), readLabels(labels), knowledge);
  if (rows.length === 0) {
    console.log(`No labelled file in ${folder}.`);
    return 1;
  }
  for (const { label, found, right } of rows) {
    const wanted = right ? '' : `   expected ${label.verdict} ${label.cause}`;
    console.log(`${right ? 'right' : 'WRONG'}  ${label.file}: ${found.verdict} ${found.cause ?? '-'}${wanted}`);
  }
  const right = rows.filter((r) => r.right).length;
  const claimed = falseRights(rows, knowledge).length;
  console.log(
    `${right} of ${rows.length} right (${((right / rows.length) * 100).toFixed(1)} %), ${claimed} false claims of a missing right`,
  );
  return right / rows.length >= 0.98 && claimed === 0 ? 0 : 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = main(process.argv[2], process.argv[3]);
}
