import type { App } from '@slack/bolt';
import type { FetchedFile } from '../../../src/desk/ports/door.js';
import { CatalogueError } from '../../../src/desk/ports/errors.js';
import type { SlackFileRef } from '../files.js';
import { stepId } from '../manifest.js';
import { slackCode } from '../refusals.js';
import { type ListenerContext, teamOf } from './context.js';
import { DeliveryRuns } from './delivery-runs.js';

/**
 * Listens to the step "Diagnose a FREB log" of Workflow Builder: a file in; cause, confidence and summary out. A delivery is
 * acknowledged after the result is sent, so that Slack delivers again when the process dies before. Slack also delivers again
 * when the work takes longer than it waits; such a delivery joins the work in progress.
 */
export function listenToStep(
  app: App,
  context: ListenerContext,
  fetch: (file: SlackFileRef) => Promise<FetchedFile>,
): void {
  const steps = new DeliveryRuns();
  app.function(stepId, { autoAcknowledge: false }, async ({ inputs, complete, fail, ack, body, event }) => {
    await steps.run(event.function_execution_id, () =>
      finishStep(
        diagnoseFiles(readFileIds(inputs.file), teamOf(body), context, fetch).then(
          async (outputs) => void (await complete({ outputs })),
          async (error: unknown) => void (await fail({ error: explainFailure(error, context) })),
        ),
        context,
      ),
    );
    // Slack may have closed the connection of a delivery that took long. It then delivers again.
    await ack().catch(() => undefined);
  });
}

/** Rejects when Slack did not answer, so that the result is sent again. A result that Slack refuses would be refused again. */
async function finishStep(work: Promise<void>, { log }: ListenerContext): Promise<void> {
  try {
    await work;
  } catch (error) {
    log.error(
      { code: slackCode(error) ?? (error as Error).name },
      'Slack refused or did not take the result of a workflow step',
    );
    if (!slackCode(error)) throw error;
  }
}

/** Returns the file ids of the input: a list from a form, a single id from other steps. */
function readFileIds(input: unknown): string[] {
  return (Array.isArray(input) ? input : [input]).filter((id): id is string => typeof id === 'string' && id !== '');
}

async function diagnoseFiles(
  ids: string[],
  team: string,
  { desk }: ListenerContext,
  fetch: (file: SlackFileRef) => Promise<FetchedFile>,
): Promise<Record<'cause' | 'confidence' | 'summary', string>> {
  if (ids.length === 0) throw new CatalogueError('nothing-attached');
  // Without an address, `fetch` looks the file up.
  const files = await Promise.all(ids.map((id) => fetch({ id, name: id, url: null, team })));
  const { report, answer } = await desk.diagnoseFor({ tenant: team, place: stepId }, files);
  const [finding] = report.diagnosis.findings;
  return { cause: finding?.cause ?? 'none', confidence: finding?.confidence ?? 'none', summary: answer.summary };
}

function explainFailure(error: unknown, { desk, log }: ListenerContext): string {
  if (error instanceof CatalogueError) return desk.trouble(error.code, error.facts).summary;
  log.error({ error: (error as Error).name }, 'Slack workflow step failed');
  return desk.trouble('internal').summary;
}
