import { diagnose } from '../src/diagnosis/diagnose.js';
import { readEvidence } from '../src/evidence/read.js';
import { builtKnowledge } from '../test/built-knowledge.js';
import {
  challenge,
  duplicateConfig,
  fileNotFound,
  impersonation,
  pageException,
  slowPage,
  success,
} from '../test/generator/index.js';
import { mutate } from '../test/generator/mutate.js';

/** `npm run fuzz:logs` or `npx tsx scripts/fuzz.ts [count [first-seed]]`: reads and diagnoses damaged logs; fails at a throw, or when one takes a second of CPU time. */

const count = Number(process.argv[2] ?? 10_000);
const first = Number(process.argv[3] ?? 0);
const seeds = [
  impersonation(),
  impersonation({ stage: 'static-file', culture: 'ja-JP' }),
  impersonation({ pool: 'R&D "x" <y>' }),
  duplicateConfig(),
  pageException({ language: 'de' }),
  slowPage(),
  challenge(),
  fileNotFound(),
  success(),
].map((log) => log.bytes());
seeds.push(impersonation().bytes({ encoding: 'utf-16le' }), pageException().bytes({ encoding: 'utf-8-bom' }));

const knowledge = builtKnowledge();
let slowest = 0;
let slowestSeed = -1;
const kinds = new Map<string, number>();
process.on('unhandledRejection', (reason) => {
  console.error('unhandled rejection', reason);
  process.exit(1);
});

for (let seed = first; seed < first + count; seed++) {
  const bytes = mutate(seeds[seed % seeds.length]!, seed);
  const start = process.cpuUsage();
  try {
    const reading = readEvidence(`fuzz-${seed}.xml`, bytes, { timeline: seed % 3 === 0 });
    diagnose([reading], knowledge);
    kinds.set(reading.kind, (kinds.get(reading.kind) ?? 0) + 1);
  } catch (error) {
    console.error(`seed ${seed} threw`, error);
    process.exit(1);
  }
  const { user, system } = process.cpuUsage(start);
  const took = (user + system) / 1000;
  if (took > slowest) {
    slowest = took;
    slowestSeed = seed;
  }
  if (took > 1000) {
    console.error(`seed ${seed} took ${Math.round(took)} ms`);
    process.exit(1);
  }
}
console.log(
  `${count} damaged logs: no throw; slowest ${Math.round(slowest)} ms (seed ${slowestSeed});`,
  [...kinds].map(([kind, n]) => `${kind} ${n}`).join(', '),
);
