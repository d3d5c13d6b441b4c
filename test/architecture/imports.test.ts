import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

// Data walks one way, pure rooms know no platform, and a platform's SDK stays behind its door (docs/architecture.md).
const root = resolve(import.meta.dirname, '../..');

/** Rooms and files that a door may import. */
const doorImports = [
  'src/desk',
  'src/answer',
  'src/service/download.ts',
  'src/service/operator-error.ts',
  'src/service/settings.ts',
];

/** What each room may import, besides itself. A longer path wins over a shorter one. */
const allowed: Record<string, string[]> = {
  'src/evidence': [],
  'src/knowledge': ['src/evidence/vocabulary'],
  'src/diagnosis': ['src/evidence', 'src/knowledge'],
  'src/answer': ['src/diagnosis', 'src/evidence', 'src/knowledge'],
  'src/questions': ['src/answer', 'src/evidence', 'src/knowledge'],
  'src/intake': ['src/evidence'],
  'src/watch': [
    'src/intake',
    'src/answer',
    'src/diagnosis',
    'src/evidence',
    'src/knowledge',
    'src/desk/ports/environment.ts',
  ],
  'src/desk': ['src/intake', 'src/questions', 'src/answer', 'src/diagnosis', 'src/evidence', 'src/knowledge'],
  'src/store': ['src/desk/ports', 'src/service/operator-error.ts'],
  'src/service': ['src/desk/ports'],
  'adapters/slack': doorImports,
  'adapters/teams': doorImports,
  'adapters/web': doorImports,
  'adapters/mcp': doorImports,
  'adapters/api': doorImports,
  'adapters/terminal': [...doorImports, 'src/knowledge/nearest.ts', 'src/service/api-tokens.ts'],
};

/** Packages that may be imported in one place only. */
const confined: [name: RegExp, place: string][] = [
  [/^@slack\//, 'adapters/slack'],
  [/^(botbuilder|botframework-)/, 'adapters/teams/platform'],
  [/^@azure\//, 'adapters/teams'],
  [/^@modelcontextprotocol\//, 'adapters/mcp'],
  [/^(fast-xml-parser|saxes)$/, 'src/evidence'],
  [/^yauzl$/, 'src/intake'],
  [/^(pg|bullmq|@electric-sql\/)/, 'src/store'],
  [/^(pino|prom-client|helmet)$/, 'src/service'],
];

/** Rooms that are pure: bytes and data in, data out. */
const pure = ['src/evidence', 'src/diagnosis', 'src/answer', 'src/questions'];
const impure = /^node:(fs|http|https|net|tls|dns|child_process|worker_threads|timers)/;

interface Import {
  file: string;
  target: string;
}

function sources(dir: string): string[] {
  return readdirSync(join(root, dir), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] as string);
  return found.map((target) => ({
    file,
    target: target.startsWith('.')
      ? relative(root, resolve(root, dirname(file), target)).replace(/\.js$/, '.ts')
      : target,
  }));
}

const all = [...sources('src'), ...sources('adapters')].flatMap(importsOf);
const within = (path: string, place: string) => path === place || path.startsWith(`${place}/`);
const roomOf = (file: string) => Object.keys(allowed).find((room) => within(file, room));

/** Lists files that import each other in a circle, types included: none of them can be understood without the others. */
function circles(imports: readonly Import[]): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const follow = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) found.push([...path.slice(start), file].join(' -> '));
    if (start >= 0 || done.has(file)) return;
    for (const { target } of imports.filter((one) => one.file === file)) follow(target, [...path, file]);
    done.add(file);
  };
  for (const { file } of imports) follow(file, []);
  return found;
}

describe('import directions', () => {
  it('finds the imports it judges', () => {
    expect(all.length).toBeGreaterThan(100);
    for (const room of Object.keys(allowed))
      expect(
        all.some(({ file }) => within(file, room)),
        room,
      ).toBe(true);
  });

  it('every door is a room', () => {
    const folders = readdirSync(join(root, 'adapters')).map((name) => `adapters/${name}`);
    expect(folders.filter((folder) => !(folder in allowed))).toEqual([]);
  });

  it.each(Object.keys(allowed))('%s imports only what its place in the house allows', (room) => {
    const wrong = all
      .filter(({ file, target }) => roomOf(file) === room && (within(target, 'src') || within(target, 'adapters')))
      .filter(({ target }) => !within(target, room) && !allowed[room]?.some((place) => within(target, place)))
      .map(({ file, target }) => `${file} -> ${target}`);
    expect(wrong).toEqual([]);
  });

  it('zod is imported as a namespace, so that the bundle holds only what is used of it', () => {
    const lines = [...sources('src'), ...sources('adapters')].flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/^import .* from 'zod';$/gm)].map(([line]) => line),
    );
    expect([...new Set(lines)].sort()).toEqual(["import * as z from 'zod';", "import type { z } from 'zod';"]);
  });

  it('the rooms of the desk look down only: messages, conversation, cases, ports', () => {
    const floors = ['messages', 'conversation', 'cases', 'ports'].map((name) => `src/desk/${name}`);
    const floorOf = (path: string) => floors.findIndex((floor) => within(path, floor));
    expect(floors.filter((_, floor) => !all.some(({ file }) => floorOf(file) === floor))).toEqual([]);
    const wrong = all
      .filter(({ file, target }) => floorOf(target) >= 0 && floorOf(file) > floorOf(target))
      .map(({ file, target }) => `${file} -> ${target}`);
    expect(wrong).toEqual([]);
  });

  it('only what composes the program and its table of doors know the doors', () => {
    const composing = ['src/main.ts', 'src/doors.ts', 'src/run'];
    const wrong = all
      .filter(
        ({ file, target }) =>
          within(file, 'src') && within(target, 'adapters') && !composing.some((place) => within(file, place)),
      )
      .map(({ file, target }) => `${file} -> ${target}`);
    expect(wrong).toEqual([]);
  });

  it('a platform SDK stays behind its door, a driver in its room', () => {
    const wrong = all
      .filter(({ file, target }) => confined.some(([name, place]) => name.test(target) && !within(file, place)))
      .map(({ file, target }) => `${file} -> ${target}`);
    expect(wrong).toEqual([]);
  });

  it('pure rooms touch no file, socket, thread or clock module', () => {
    const wrong = all
      .filter(({ file, target }) => pure.some((room) => within(file, room)) && impure.test(target))
      .map(({ file, target }) => `${file} -> ${target}`);
    expect(wrong).toEqual([]);
  });

  it('no file imports itself, directly or through others', () => {
    const line = (file: string, target: string) => ({ file, target });
    expect(circles([line('a', 'b'), line('b', 'c'), line('a', 'c')])).toEqual([]);
    expect(circles([line('a', 'b'), line('b', 'c'), line('c', 'b')])).toEqual(['b -> c -> b']);
    expect(circles(all)).toEqual([]);
  });
});
