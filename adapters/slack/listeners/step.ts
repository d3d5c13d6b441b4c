import type { App } from '@slack/bolt';
import { DoorError, type FetchedFile } from '../../../src/desk/ports.js';
import type { SlackFileRef } from '../files.js';
import { stepId } from '../manifest.js';
import { type Context, teamOf } from './context.js';

/** Slack wants a sign within 3 seconds; the result may come later. */
const patienceMs = 2000;

/**
 * The step "Diagnose a FREB log" of Workflow Builder: a file in; cause, confidence and summary out. Done in time, it is
 * acknowledged after the result went out, so that a crash before makes Slack ask again.
 */
export function listenToStep(app: App, context: Context, fetch: (file: SlackFileRef) => Promise<FetchedFile>): void {
  app.function(stepId, { autoAcknowledge: false }, async ({ inputs, complete, fail, ack, body }) => {
    const work = diagnosed(filesOf(inputs.file), teamOf(body), context, fetch).then(
      async (outputs) => void (await complete({ outputs })),
      async (error: unknown) => void (await fail({ error: sentence(error, context) })),
    );
    work.catch((error) => context.log.error({ error: (error as Error).name }, 'Slack workflow step was not heard'));
    await Promise.race([work, context.clock.sleep(patienceMs)]);
    await ack();
    await work.catch(() => undefined);
  });
}

/** A form hands over a list, other steps one id. */
function filesOf(input: unknown): string[] {
  return (Array.isArray(input) ? input : [input]).filter((id): id is string => typeof id === 'string' && id !== '');
}

async function diagnosed(
  ids: string[],
  team: string,
  { desk }: Context,
  fetch: (file: SlackFileRef) => Promise<FetchedFile>,
): Promise<Record<'cause' | 'confidence' | 'summary', string>> {
  if (ids.length === 0) throw new DoorError('nothing-attached');
  // Without an address the file is looked up before it is fetched.
  const files = await Promise.all(ids.map((id) => fetch({ id, name: id, url: null, team })));
  const { report, answer } = await desk.diagnose(files);
  const [finding] = report.diagnosis.findings;
  return { cause: finding?.cause ?? 'none', confidence: finding?.confidence ?? 'none', summary: answer.summary };
}

function sentence(error: unknown, { desk, log }: Context): string {
  if (error instanceof DoorError) return desk.trouble(error.code, error.facts).summary;
  log.error({ error: (error as Error).name }, 'Slack workflow step failed');
  return desk.trouble('internal').summary;
}
