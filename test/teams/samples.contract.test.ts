import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messageLimitBytes, renderCards, wireSize } from '../../adapters/teams/render/index.js';
import { cardFaults, elementsWithoutFallback } from './cards.js';
import { TeamsRun } from './driver.js';

// Real logs and reports, which stay outside of the project: skipped where they are absent.
const folder = resolve(import.meta.dirname, '../../../shared/samples');
const files = existsSync(folder)
  ? ['freb', 'evidence'].flatMap((kind) => readdirSync(join(folder, kind)).map((name) => join(folder, kind, name)))
  : [];
const read = files.filter(
  (path) => statSync(path).isFile() && statSync(path).size < 3_000_000 && !path.endsWith('.md'),
);

describe.skipIf(read.length === 0)('cards about real files', () => {
  let run: TeamsRun;
  beforeAll(async () => {
    run = await TeamsRun.start();
  });
  afterAll(async () => {
    await run.stop();
  });

  it('are valid and below the limit, one each', async () => {
    for (const path of read) {
      const { answer } = await run.desk.diagnose([{ name: path.split('/').at(-1) ?? '', bytes: readFileSync(path) }], {
        door: 'teams',
        tenant: 'samples',
        who: 'ada',
        thread: path,
      });
      const made = renderCards(answer);
      expect(made, path).toHaveLength(1);
      for (const card of made) {
        expect(cardFaults(card), path).toEqual([]);
        expect(elementsWithoutFallback(card), path).toEqual([]);
        expect(wireSize(card), path).toBeLessThanOrEqual(messageLimitBytes);
      }
    }
  });
});
