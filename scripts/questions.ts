import { join } from 'node:path';
import { loadKnowledge } from '../src/knowledge/load.js';
import { loadExamples } from '../src/knowledge/load-examples.js';
import { offTopic } from '../src/questions/rank/model.js';
import { calibrationError, fitCalibration } from '../src/questions/train/calibrate.js';
import { collectExamples } from '../src/questions/train/dataset.js';
import { fitModel } from '../src/questions/train/fit-model.js';
import { folds, holdOut } from '../src/questions/train/hold-out.js';

// `npm run questions`: how well questions are understood that the model was not trained on, and how honest its scores are.
const folder = join(import.meta.dirname, '..', 'knowledge');
const knowledge = loadKnowledge(folder);
const examples = collectExamples(knowledge, loadExamples(folder, knowledge));
const started = performance.now();
const groupings = { phrasing: 'near phrasings together', statement: 'whole statements together' } as const;
const held = Object.entries(groupings).map(([grouping, title]) => ({
  title,
  tried: holdOut(examples, fitModel, grouping as keyof typeof groupings),
}));
const calibration = fitCalibration(held[0]!.tried);

const share = (list: readonly { right: boolean; among: boolean }[], of: 'right' | 'among') =>
  `${((100 * list.filter((one) => one[of]).length) / Math.max(1, list.length)).toFixed(1)} %`;
const tables: [string, (entry: string) => boolean][] = [
  ['all', () => true],
  ['topics', (entry) => knowledge.topics.has(entry)],
  ['causes', (entry) => knowledge.causes.has(entry)],
  ['numbers', (entry) => entry === 'code' || entry === 'status'],
  ['off-topic', (entry) => entry === offTopic],
];
for (const { title, tried } of held) {
  console.log(`${folds} folds, ${title}: calibration error ${calibrationError(tried, calibration).toFixed(3)}`);
  for (const [name, belongs] of tables) {
    const own = tried.filter(({ example }) => belongs(examples[example]!.entry));
    console.log(
      `${name}: ${own.length} held out, right first ${share(own, 'right')}, among three ${share(own, 'among')}`,
    );
  }
}
console.log(`in ${((performance.now() - started) / 1000).toFixed(0)} s`);
