import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTerminal } from '../../adapters/terminal/index.js';
import type { Answer } from '../../src/answer/answer.js';
import { type EvidenceSample, evidenceSamples } from '../generator/evidence/samples.js';
import { textsOfSeveralKinds } from '../generator/evidence/together.js';
import { zipOf } from '../intake/zips.js';
import { sampleOf } from '../sweep.js';
import { terminalDeps } from '../terminal/deps.js';
import { testDesk } from '../terminal/driver.js';
import { type ServedPage, servePage } from '../web/serve-page.js';

const core = testDesk();
let served: ServedPage;
let origin: string;

beforeAll(async () => {
  served = await servePage(core.desk);
  origin = served.origin;
});
afterAll(async () => {
  await served.stop();
  await core.close();
});

/** What an answer says of the evidence, without the number of the case. */
const told = ({ title, verdict, parts }: Answer) =>
  JSON.stringify([title, verdict, parts.filter(({ id }) => id !== 'seen')]);

/** Where two answers part, with a few words around. */
function difference(name: string, file: string, here: string): string {
  const at = [...file].findIndex((letter, i) => letter !== here[i]);
  return `${name}: …${file.slice(at - 60, at + 120)}… ≠ …${here.slice(at - 60, at + 120)}…`;
}

let threads = 0;
const newThread = () => `t${++threads}`;

async function drop(bytes: Buffer, name: string): Promise<Answer> {
  const form = new FormData();
  form.append('thread', newThread());
  form.append('file', new Blob([new Uint8Array(bytes)]), name);
  const response = await fetch(`${origin}/api/diagnose`, { method: 'POST', body: form });
  return ((await response.json()) as { answer: Answer }).answer;
}

async function paste(text: string): Promise<Answer> {
  const response = await fetch(`${origin}/api/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text, thread: newThread() }),
  });
  return ((await response.json()) as { answer: Answer }).answer;
}

async function run(argv: string[], stdin: Uint8Array = new Uint8Array()): Promise<Answer> {
  let out = '';
  const deps = terminalDeps(core.desk, {
    stdin: (async function* () {
      for (let at = 0; at < stdin.length; at += 65_536) yield stdin.subarray(at, at + 65_536);
    })(),
    out: (text) => {
      out += text;
    },
  });
  await runTerminal(argv, deps);
  return (JSON.parse(out) as { answer: Answer }).answer;
}

/** Doors treat all FREB logs alike, so one in ten is enough for them; every other sample takes every way. */
const samples: EvidenceSample[] = [
  ...evidenceSamples.filter(({ name }, i) => !name.startsWith('log: ') || i % 10 === 0),
  ...textsOfSeveralKinds,
];

const files = new Map<string, string>();
/** The answer about a file, by the name that it has on another way: a longer one folds more of an answer. */
async function toldOfFile(sample: EvidenceSample, name: string): Promise<string> {
  const key = `${name} ${sample.name}`;
  const known = files.get(key);
  if (known) return known;
  const answer = told((await core.desk.diagnose([{ name, bytes: new Uint8Array(sample.bytes) }])).answer);
  files.set(key, answer);
  return answer;
}

interface Way {
  /** What the evidence is called on this way. */
  name: string;
  answer: (sample: EvidenceSample) => Promise<Answer>;
}

/** The ways of a file. */
const fileWays: Record<string, Way> = {
  'a zip': {
    name: 'evidence.zip/evidence.txt',
    answer: async ({ bytes }) =>
      (await core.desk.diagnose([{ name: 'evidence.zip', bytes: await zipOf({ 'evidence.txt': bytes }) }])).answer,
  },
  'the page, as a file': { name: 'evidence.txt', answer: ({ bytes }) => drop(bytes, 'evidence.txt') },
  'diagnose -': { name: 'stdin', answer: ({ bytes }) => run(['diagnose', '-', '--json'], bytes) },
};
/** The ways of a text. */
const textWays: Record<string, Way> = {
  'the page, pasted': { name: 'pasted text', answer: ({ text }) => paste(text!) },
  ask: { name: 'pasted text', answer: ({ text }) => run(['ask', text!, '--json']) },
};

async function differences({ name, answer }: Way, some: readonly EvidenceSample[]) {
  const found: string[] = [];
  for (const sample of some) {
    const [file, here] = [await toldOfFile(sample, name), told(await answer(sample))];
    if (file !== here) found.push(difference(sample.name, file, here));
  }
  return found;
}

describe('the answer is that of the file', () => {
  it.each(Object.keys(fileWays).map((way, turn) => [way, turn] as const))('also through %s', async (way, turn) => {
    expect(await differences(fileWays[way]!, sampleOf(samples, 5, turn))).toEqual([]);
  });

  it.each(Object.keys(textWays).map((way, turn) => [way, turn] as const))('also through %s', async (way, turn) => {
    const typed = samples.filter(({ text }) => text !== undefined);
    expect(await differences(textWays[way]!, sampleOf(typed, 5, turn + 3))).toEqual([]);
  });
});

describe('a paste of 1 MB', () => {
  const megabyte = 1024 * 1024;
  const line = '2026-06-08 19:53:49 GET /a 500 0 1346\n';
  const head = '#Fields: date time cs-method cs-uri-stem sc-status sc-substatus sc-win32-status\n';
  const log = head + line.repeat(Math.floor((megabyte - head.length) / line.length));
  const lines = String(Math.floor((megabyte - head.length) / line.length));

  it.each<[string, (text: string) => Promise<Answer>]>([
    ['the page', paste],
    ['diagnose -', (text) => run(['diagnose', '-', '--json'], Buffer.from(text))],
  ])('is read to its end through %s', async (_, way) => {
    expect(JSON.stringify(await way(log))).toContain(lines.replace(/\B(?=(\d{3})+$)/g, ','));
  });

  it('and one more byte is refused with the limit on the page', async () => {
    expect(JSON.stringify(await paste(`${log}${'x'.repeat(megabyte - log.length + 1)}`))).toMatch(
      /longer than I accept.*1 MB/,
    );
  });
});
