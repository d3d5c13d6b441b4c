import type { TraceView } from '../evidence/freb/view/trace-view.js';
import { looksZipped } from './bundle.js';
import type { Readers } from './children.js';
import { takeChunks } from './collect-bytes.js';
import { collectInput } from './collect-input.js';
import type { IntakeInput } from './input.js';
import { JobError } from './job-error.js';
import type { JobResult } from './job-result.js';
import { sizeLimits } from './limits.js';

/**
 * Returns every event of a log, read in a worker thread, or in a process when it is large. Null when it is no FREB log, or cannot
 * be read; the reading of the file says why. Rejects only with what an input stream threw.
 * @param wanted the name of the log in its reading; needed for a log in a zip
 */
export async function viewLog(input: IntakeInput, wanted: string, readers: Readers): Promise<TraceView | null> {
  const collected = await collectInput(input);
  if ('refused' in collected) return null;
  const { name, chunks } = collected;
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  let view: TraceView | null = null;
  const onResult = (result: JobResult) => {
    if ('view' in result) view = result.view;
  };
  const isLarge = length > sizeLimits.threadBytes && !looksZipped(chunks[0] ?? new Uint8Array());
  try {
    if (readers.children && isLarge) {
      const file = { name, timeline: false, from: { sent: length } };
      for (const result of await readers.children.run({ files: [file], view: true }, takeChunks(chunks)))
        onResult(result);
    } else {
      await readers.pool.run({ kind: 'view', name, wanted, chunks }, onResult);
    }
  } catch (error) {
    if (!(error instanceof JobError)) throw error;
  }
  return view;
}
