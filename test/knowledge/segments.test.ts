import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { fold, segments, unicodeSegments } from '../../src/questions/parse/words.js';

const root = resolve(import.meta.dirname, '../..');

function linesOf(folder: string): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(yaml|ts|md)$/.test(name),
  );
  return files.flatMap((name) => readFileSync(join(root, folder, name), 'utf8').split('\n'));
}

it('finds in ASCII the words that the segmentation of Unicode finds', () => {
  const lines = ['knowledge', 'test/questions', 'docs'].flatMap(linesOf).map(fold);
  const odd = [
    "don't 'quoted' it's.",
    'w3wp.exe 500.19; 1,000.5 a.b.c a:b 0x8007_0542',
    '$_ _ _a a_ a._b 1.a a.1 3;4 3:4',
  ];
  const differing = [...odd, ...lines].filter((line) => segments(line).join(' ') !== unicodeSegments(line).join(' '));
  expect(lines.length).toBeGreaterThan(5_000);
  expect(differing).toEqual([]);
});

it('leaves every other script to it', () => {
  expect(segments('почему 500.19 в iis? 権限')).toEqual(unicodeSegments('почему 500.19 в iis? 権限'));
});
