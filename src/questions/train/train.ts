import type { Examples } from '../../knowledge/examples.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { serializeModel } from '../rank/model-file.js';
import { calibrate } from './calibrate.js';
import { collectExamples } from './dataset.js';
import { fitModel } from './fit-model.js';

/**
 * Learns from the examples which entry and which statement answers a question. Takes about a minute; the same examples and the
 * same Node give the same bytes.
 */
export function trainQuestions(knowledge: Knowledge, examples: Examples): Uint8Array {
  const set = collectExamples(knowledge, examples);
  const model = fitModel(set);
  const calibration = calibrate(set, fitModel);
  model.calibration = calibration.entry;
  model.elsewhere.calibration = calibration.elsewhere;
  return serializeModel(model);
}
