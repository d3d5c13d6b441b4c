import { describe, expect, it } from 'vitest';
import { readEvidence } from '../../src/evidence/read.js';
import { vocabulary } from '../../src/evidence/vocabulary/index.js';
import { challenge, duplicateConfig, impersonation, pageException, slowPage } from '../generator/index.js';
import { mutate } from '../generator/mutate.js';
import { sampleOf } from '../sweep.js';

const seeds = [impersonation(), duplicateConfig(), pageException({ language: 'ja' }), slowPage(), challenge()].map(
  (l) => l.bytes(),
);
const encoded = [impersonation().bytes({ encoding: 'utf-16le' }), impersonation({ pool: 'a&"<b>' }).bytes()];

describe('damaged input', () => {
  it('changed logs are read, or refused with a reason', () => {
    const files = [...seeds, ...encoded];
    for (const seed of sampleOf([...Array(300).keys()], 4)) {
      const bytes = mutate(files[seed % files.length]!, seed);
      const reading = readEvidence('fuzz.xml', bytes, { timeline: seed % 2 === 0 });
      for (const o of reading.observations) {
        if (!(o.name in vocabulary)) throw new Error(`unknown observation ${o.name}`);
        if (typeof o.value === 'number' && !Number.isFinite(o.value)) throw new Error(`${o.name} is ${o.value}`);
      }
      expect(['freb-log', 'fragment', 'application-log', 'not-evidence', 'not-text']).toContain(
        reading.refusal ?? reading.kind,
      );
    }
  });
});
