import { answerReport } from '../answer/diagnosis-answer.js';
import { createJudge, diagnose } from '../diagnosis/diagnose.js';
import type { Reading } from '../evidence/evidence.js';
import type { Intake } from '../intake/intake.js';
import { sizeLimits } from '../intake/limits.js';
import { refusedReading } from '../intake/refused.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { JudgeLog } from './ports.js';

/**
 * Returns what judges the logs of a watcher.
 * @param large reads what would take much memory here
 * @param slowMs from how many milliseconds a request is called slow
 */
export function createJudgeLog(
  { intake, large }: { intake: Intake; large: Intake },
  knowledge: Knowledge,
  slowMs: number,
): JudgeLog {
  return async (name, bytes) => {
    const reading = await readOne(bytes.length > sizeLimits.threadBytes ? large : intake, name, bytes);
    const judge = createJudge(knowledge, slowMs);
    const { file, facts, cause } = judge(reading);
    return {
      file,
      site: facts.text('request.site-id') ?? null,
      isPerPage: (cause?.affects ?? 'page') === 'page',
      describe: () => answerReport(diagnose([reading], knowledge, { slowMs, judge }), knowledge),
    };
  };
}

async function readOne(intake: Intake, name: string, bytes: Uint8Array): Promise<Reading> {
  const { readings } = await intake.read([{ name, bytes }]);
  return readings[0] ?? refusedReading(name, 'not-evidence');
}
