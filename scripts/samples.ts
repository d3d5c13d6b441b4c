import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { duplicateConfig, impersonation, slowPage } from '../test/generator/index.js';

/** Writes the sample logs that the local page offers, from the generator of the tests: no real server is in them. */
export const samples: Readonly<Record<string, () => Buffer>> = {
  'impersonation-500.xml': () => impersonation().bytes(),
  'duplicate-config-500.19.xml': () => duplicateConfig().bytes(),
  'slow-page.xml': () => slowPage().bytes(),
};

export const samplesFolder = join(import.meta.dirname, '..', 'adapters', 'web', 'samples');

if (process.argv[1] === import.meta.filename) {
  mkdirSync(samplesFolder, { recursive: true });
  for (const [name, make] of Object.entries(samples)) writeFileSync(join(samplesFolder, name), make());
}
