import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readLabels } from '../../scripts/corpus.js';
import { knowledge } from './readings.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

function sources(folder: string): [string, string][] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && /\.(ts|js|ya?ml)$/.test(e.name) && !e.parentPath.includes('node_modules'))
    .map((e) => [join(e.parentPath, e.name).slice(root.length), readFileSync(join(e.parentPath, e.name), 'utf8')]);
}

const code = [...sources('src'), ...sources('adapters')];

describe('the code knows causes, not samples', () => {
  it('names no cause: that is what cards are for', () => {
    // The galleries show one made-up report per kind of answer, so they have to name the card they show.
    const looked = code.filter(([name]) => !/src\/(answer|desk)\/gallery/.test(name));
    const found = looked.flatMap(([name, text]) =>
      [...knowledge.causes.keys()]
        .filter((id) => new RegExp(`(['"\`^|$])${id}\\1|\\^${id}\\$`).test(text))
        .map((id) => `${name}: ${id}`),
    );
    expect(found).toEqual([]);
  });

  it('names no labelled file and no value from one', () => {
    const names = readLabels(join(root, 'test/labels/visible.tsv')).flatMap(({ file }) => [file, file.split('__')[0]!]);
    const words = [
      ...new Set(names),
      'FrebTest',
      'WIN-B75708LJ096',
      'huge-trace',
      'login2.aspx',
      'AbortRule',
      'BrokenHandler',
    ];
    const found = [...code, ...sources('knowledge')].flatMap(([name, text]) =>
      words
        .filter((word) =>
          new RegExp(`\\b${word.replace(/[.-]/g, '\\$&')}\\b`, 'i').test(text.replace(/https:\/\/\S+/g, '')),
        )
        .map((word) => `${name}: ${word}`),
    );
    expect(found).toEqual([]);
  });
});
