import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { observationsPage } from '../../scripts/observations.js';
import { vocabulary } from '../../src/evidence/vocabulary/index.js';
import { serializeKnowledge } from '../../src/knowledge/compiled.js';
import { fillBraces, fillCommand, placeholders } from '../../src/knowledge/fill.js';
import { KnowledgeError, loadKnowledge } from '../../src/knowledge/load.js';
import { builtKnowledge } from '../built-knowledge.js';

const card = `id: cat-on-keyboard
title: A cat walked over the keyboard
verdict: failure
certainty: likely
signatures:
  - priority: 50
    all:
      - { observation: final-status, equals: 418 }
explanation: The cat wanted to be fed and walked over the keyboard.
fix:
  - do: Feed the cat.
next: [photo]
sources:
  - title: Seen by the author
    experience: true
`;
const requests = `- id: photo
  title: a photo
  why: It shows the cat.
`;

function load(files: Record<string, string>) {
  const dir = mkdtempSync(join(tmpdir(), 'knowledge-'));
  for (const [name, text] of Object.entries({ 'evidence-requests.yaml': requests, ...files })) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return loadKnowledge(dir);
}

function mistake(text: string, name = 'causes/cat-on-keyboard.yaml'): KnowledgeError {
  try {
    load({ 'causes/cat-on-keyboard.yaml': card, [name]: text });
  } catch (error) {
    if (error instanceof KnowledgeError) return error;
    throw error;
  }
  throw new Error('no mistake found');
}

describe('the knowledge', () => {
  it('beside the package is complete, and comes back whole from its compiled form', () => {
    const all = loadKnowledge(resolve(import.meta.dirname, '../../knowledge'));
    expect(serializeKnowledge(builtKnowledge())).toBe(serializeKnowledge(all));
    expect(all.causes.size).toBeGreaterThan(70);
    expect(all.evidenceRequests.has('rights-export')).toBe(true);
  });

  it.each([
    ['of: cat-on-keyboard\n  answers: { why: no-such }', '"no-such" is no entry and no statement'],
    [
      'of: cat-on-keybord\n  answers: { why: cat-on-keyboard }',
      '"cat-on-keybord" is no entry; did you mean "cat-on-keyboard"?',
    ],
  ])('names the row of follow-ups that speaks of nothing: %s', (row, message) => {
    expect(mistake(`- ${row}\n`, 'follow-ups.yaml').message).toContain(message);
  });

  it('loads a card written by hand', () => {
    expect(load({ 'causes/cat-on-keyboard.yaml': card }).causes.get('cat-on-keyboard')?.affects).toBe('page');
  });

  it('refuses a message that means nothing it knows', () => {
    const row = '- { text: "The cat is on the keyboard", means: cat-in-the-box, source: experience }\n';
    const error = mistake(`# what cats say\n${row}`, 'messages/pages.yaml');
    expect([error.file, error.line]).toEqual(['knowledge/messages/pages.yaml', 2]);
    expect(error.message).toMatch(/"cat-in-the-box" is no cause, topic, status or code/);
  });

  it.each<[string, string, number, RegExp]>([
    ['a syntax error', card.replace('title: A', 'title: [A'), 3, /./],
    ['an unknown key', card.replace('verdict:', 'verdikt:'), 3, /verdikt: there is no such key/],
    ['an unknown verdict', card.replace('verdict: failure', 'verdict: broken'), 3, /verdict/],
    [
      'an observation that does not exist',
      card.replace('final-status', 'final-state'),
      8,
      /"final-state" names no observation.*OBSERVATIONS\.md.*did you mean "final-status"\?/,
    ],
    [
      'an observation without its first part',
      card.replace('final-status, equals: 418', 'app-pool, present: true'),
      8,
      /did you mean "request.app-pool"\?/,
    ],
    [
      'a text with a colon in a list',
      card.replace('next:', 'aliases:\n  - why: the cat\nnext:'),
      13,
      /in quotes: 'why: the cat'/,
    ],
    ['a text with a colon after a key', card.replace('title: A', 'title: Cat: a'), 2, /colon.*quotes/],
    [
      'a text that begins with a brace',
      card.replace('next:', 'detail:\n  - {exception.type}: {exception.message}\nnext:'),
      13,
      /set of keys.*quotes/,
    ],
    ['a text where a list belongs', card.replace('[photo]', 'photo'), 12, /next: must be a list, but is a text/],
    ['a key without a value', card.replace(/explanation: .*/, 'explanation:'), 9, /explanation: is empty/],
    ['a key that is missing', card.replace(/title: .*\n/, ''), 1, /title: is missing/],
    ['a number where a text belongs', card.replace('next:', 'aliases: [418]\nnext:'), 12, /in quotes: '418'/],
    ['a value of the wrong type', card.replace('equals: 418', "equals: '418'"), 8, /final-status is a number/],
    [
      'a word outside a closed set',
      card.replace('final-status, equals: 418', 'slow.kind, equals: cat'),
      8,
      /one of application-start/,
    ],
    ['includes on a number', card.replace('equals: 418', "includes: '4'"), 8, /need a list or a string/],
    ['two verbs', card.replace('equals: 418', 'equals: 418, present: true'), 8, /exactly one/],
    ['no verb', card.replace(', equals: 418', ''), 8, /exactly one/],
    [
      'a next that does not exist',
      card.replace('[photo]', '[photos]'),
      12,
      /"photos" is not in.*did you mean "photo"\?/,
    ],
    [
      'braces that name nothing',
      card.replace('Feed the cat', 'Feed {the.cat}'),
      11,
      /"the.cat" names no observation[^;]*$/,
    ],
    ['braces without words', card.replace('Feed the cat', 'Feed {request.app-pool|}'), 11, /write words/],
    ['a source without address', card.replace('    experience: true\n', ''), 14, /url/],
    [
      'a file name that is not the id',
      card.replace('id: cat-on-keyboard', 'id: dog-on-keyboard'),
      1,
      /belongs in a file named dog-on-keyboard.yaml/,
    ],
    [
      'a remark that the reasoning never makes',
      card.replace('sources:', 'remarks: { purr: It purrs loudly }\nsources:'),
      13,
      /nothing ever says/,
    ],
  ])('%s is reported with file and line', (_, text, line, reason) => {
    const error = mistake(text);
    expect(error.file).toBe('knowledge/causes/cat-on-keyboard.yaml');
    expect(error.line).toBe(line);
    expect(error.reason).toMatch(reason);
    expect(error.message).toContain(`cat-on-keyboard.yaml:${line}: `);
  });

  it('says when an id is used twice', () => {
    expect(mistake(requests + requests, 'evidence-requests.yaml').reason).toMatch(/"photo" is already defined/);
  });

  it('says when a code or status names a cause without card', () => {
    const status = "- code: '418'\n  name: Teapot\n  causes: [dog]\n  source: x\n";
    const error = mistake(status, 'statuses.yaml');
    expect([error.file, error.line, error.reason]).toEqual(['knowledge/statuses.yaml', 3, 'no cause card "dog"']);
  });

  it('says when a reason of a symptom has no card', () => {
    expect(mistake(`${card}reasons: [dog]\n`).reason).toBe('no cause card "dog"');
  });

  it('is not found where there is none', () => {
    expect(() => loadKnowledge(mkdtempSync(join(tmpdir(), 'empty-')))).toThrow(/no cause cards/);
  });
});

describe('every cause card', () => {
  const { causes } = builtKnowledge();
  it.each([...causes.keys()])('%s has what an administrator needs', (id) => {
    const cause = causes.get(id)!;
    expect(cause.explanation.length).toBeLessThan(600);
    expect(cause.title.length).toBeLessThan(80);
    expect(cause.sources.length).toBeGreaterThan(0);
    expect(cause.detail.length).toBeGreaterThan(0);
    const check = cause.check?.command ?? '';
    expect(check).not.toMatch(/\b(set config|unlock|delete|\/grant|net stop|net start|iisreset|enable-feature)\b/);
    for (const step of cause.fix) {
      if (/\/grant|set config|set apppool|unlock config|enable-feature/.test(step.command ?? '')) {
        expect(step.rollback?.length, `${id}: ${step.command}`).toBeGreaterThan(10);
      }
    }
  });

  it('never advises what must never be advised', () => {
    for (const cause of causes.values()) {
      const text = JSON.stringify(cause);
      expect(text).not.toMatch(
        /run the pool as LocalSystem|to Administrators group|add Everyone|unlink the|you must reboot|DisableLoopbackCheck=1/i,
      );
    }
  });
});

describe('braces in texts', () => {
  const facts = (name: string) => ({ 'request.app-pool': 'Portal', evil: '"& del *' })[name];
  it('are filled, fall back to words, or drop the sentence', () => {
    expect(fillBraces('pool {request.app-pool}', facts)).toBe('pool Portal');
    expect(fillBraces('pool {pool|request.app-pool}', facts)).toBe('pool Portal');
    expect(fillBraces('pool {pool|the pool}', facts)).toBe('pool the pool');
    expect(fillBraces('pool {pool}', facts)).toBeUndefined();
    expect(fillBraces('{HTTP_HOST} and {$_.x}', facts)).toBe('{HTTP_HOST} and {$_.x}');
  });

  it('in commands take nothing a shell could act on', () => {
    expect(fillCommand('stop "{evil|<pool>}"', facts)).toBe('stop "<pool>"');
    expect(fillCommand('stop "{request.app-pool|<pool>}"', facts)).toBe('stop "Portal"');
  });

  it('can be listed', () => {
    expect(placeholders('{a.b|c d} {e}', (w) => w === 'a.b' || w === 'e')).toEqual([
      { names: ['a.b'], words: 'c d' },
      { names: ['e'], words: undefined },
    ]);
  });
});

it('the page on adding a cause names the keys of a card', () => {
  const readme = readFileSync(new URL('../../knowledge/README.md', import.meta.url), 'utf8');
  for (const key of ['signatures', 'priority', 'explanation', 'fix', 'sources', 'next']) expect(readme).toContain(key);
});

it('the list of observations is complete and fresh', () => {
  const page = readFileSync(new URL('../../knowledge/OBSERVATIONS.md', import.meta.url), 'utf8');
  expect(page, 'the vocabulary changed: run npm run observations').toBe(observationsPage());
  for (const name of Object.keys(vocabulary)) expect(page).toContain(`| \`${name}\` |`);
});
