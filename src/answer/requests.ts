import type { FileVerdict } from '../diagnosis/report.js';
import type { EvidenceRequest } from '../knowledge/evidence-request-schema.js';
import { fillCommand } from '../knowledge/fill.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { CommandPart, Part, Step, Text } from './answer.js';
import type { FindingView } from './finding-view.js';
import { isInference } from './parts.js';
import { checkHeading, commonShell, headingWithPrompt, promptFor, stepOf, stepsPart } from './steps.js';
import { capitalize, type FactLookup, fillSentence, joinTexts, listWords } from './wording.js';

/** Returns the requests with these ids; unknown ids are left out. */
export function requestsOf(ids: readonly string[], knowledge: Knowledge): EvidenceRequest[] {
  return [...new Set(ids)].map((id) => knowledge.evidenceRequests.get(id)).filter((r) => r !== undefined);
}

/**
 * Returns one read-only check and what to send next. Before a cause is confirmed, the check is what would confirm it (for a
 * user right) or the card's own; afterwards it is the first evidence still missing.
 */
export function captureParts(view: FindingView, knowledge: Knowledge, facts: FactLookup): Part[] {
  const { cause, finding } = view;
  const confirmed = finding.confidence === 'confirmed';
  // What one file alone would ask for may be in another one; for a user right the files were judged together.
  const isSettled = confirmed && cause.reasoning === 'user-right';
  const wanted = requestsOf(finding.missing.length > 0 || isSettled ? finding.missing : view.main.next, knowledge);
  const doubted = finding.contradictedBy.length > 0;
  if (!confirmed && !doubted && cause.reasoning === 'user-right') return proveParts(wanted, facts);
  // The token of the process settles a contradiction, because lists and policies only say what it should hold.
  if (doubted) wanted.sort((a, b) => Number(b.id === 'worker-token') - Number(a.id === 'worker-token'));
  const parts: Part[] = [];
  if (!confirmed && !doubted && cause.check) {
    const step = stepOf(cause.check, facts);
    if (step) parts.push(checkPart(checkHeading(step), step));
  } else if ((doubted || isSettled) && wanted.length > 0) {
    const [mostWanted] = wanted.splice(0, 1);
    const step = requestStep(mostWanted!, facts, doubted ? 2 : 1);
    parts.push(
      checkPart(headingWithPrompt(`Still needed: ${mostWanted!.title}`, [step]), {
        ...step,
        text: fillSentence(mostWanted!.why, facts) ?? '',
      }),
    );
  }
  if (wanted.length > 0) parts.push(nextPart(wanted, view.main), ...howPart(wanted, facts));
  return parts;
}

/** The list of holders and the pool's account: together they prove a missing right. */
const provingRequests = ['rights-export', 'pool-identity'];

/** Asks for the proving requests in one command, then for the other missing evidence. */
function proveParts(wanted: EvidenceRequest[], facts: FactLookup): Part[] {
  const proofs = wanted.filter((r) => r.commands.length > 0 && provingRequests.includes(r.id));
  const rest = wanted.filter((r) => !proofs.includes(r));
  const parts: Part[] = [];
  const steps = proofs.map((r) => requestStep(r, facts, 1));
  const shell = commonShell(steps);
  if (steps.length > 0 && shell !== undefined) {
    const prompt = promptFor(steps);
    const both = steps.length > 1 ? 'send me both' : 'send me this';
    const heading = `To be certain, ${both} (read-only${prompt === '' ? '' : `, ${prompt}`})`;
    parts.push(commandPart('check', heading, { command: steps.map((s) => s.command!).join('\n'), shell }));
  }
  if (rest.length > 0) parts.push(nextPart(rest));
  return [...parts, ...howPart(wanted, facts)];
}

function commandPart(
  id: string,
  heading: string,
  { command, shell }: Pick<Step, 'shell'> & { command: string },
): CommandPart {
  return {
    kind: 'command',
    id,
    heading,
    keep: 'normal',
    command,
    language: shell === 'powershell' ? 'powershell' : 'cmd',
  };
}

/** Shows the command with the sentence that says what it shows; without a command only the sentence. */
function checkPart(heading: string, step: Step): Part {
  if (!step.command) {
    const text = step.note ? joinTexts([step.text, step.note]) : step.text;
    return { kind: 'text', id: 'check', heading, keep: 'normal', text };
  }
  const note: Text = step.note ? joinTexts([step.text, step.note]) : step.text;
  return { ...commandPart('check', heading, { ...step, command: step.command }), note };
}

/**
 * Lists what to send next, the most useful first.
 * @param judged the file that leaves the question open: of a piece of a log it is said what it holds, and that the rest is asked for
 */
export function nextPart(wanted: readonly EvidenceRequest[], judged?: FileVerdict): Part {
  const list = `${capitalize(wanted.map((r) => r.title).join('; '))}.`;
  const piece = judged?.kind === 'fragment' && wanted.some(({ id }) => id === 'freb-log');
  return {
    kind: 'text',
    id: 'next',
    heading: 'What to send next',
    keep: 'normal',
    text: piece ? [list, describePiece(judged)].filter(Boolean).join(' ') : list,
  };
}

/** Values of a piece that are named; the others are in the proof. */
const namedValues = 3;

/** Says what a pasted piece holds, in its own values; undefined when it has none to show. */
function describePiece({ evidence }: FileVerdict): string | undefined {
  const shown = evidence.filter((one) => !isInference(one)).slice(0, namedValues);
  if (shown.length === 0) return undefined;
  const values = listWords(shown.map(({ field, value }) => `${field} ${value}`));
  return `What you pasted holds ${values}, which leaves the reason open; the other events of that request decide.`;
}

/** Lists the commands that capture the wanted evidence, folded. */
export function howPart(wanted: readonly EvidenceRequest[], facts?: FactLookup): Part[] {
  const steps = wanted.filter((r) => r.commands.length > 0 || r.note).map((r) => requestStep(r, facts));
  if (steps.length === 0) return [];
  return [stepsPart({ id: 'capture', heading: 'How to capture it', keep: 'fold', steps })];
}

/** Returns a request as a step: title, reason, commands. Places such as `<pool>` are filled where the value is known and harmless. */
export function requestStep(request: EvidenceRequest, facts?: FactLookup, limit = 10): Step {
  const why = fillSentence(request.why, facts) ?? '';
  const step: Step = { text: joinTexts([[{ strong: capitalize(request.title) }], why], ': ') };
  const commands = request.commands.flatMap(({ command, shell }) => {
    const filled = fillPlaces(command, facts);
    return filled === undefined ? [] : [{ command: filled, shell, isFilled: filled !== command }];
  });
  // The command for a known pool or host says more than the one that lists everything.
  const filled = commands.filter((c) => c.isFilled);
  const chosen = (filled.length > 0 && limit < commands.length ? filled : commands).slice(0, limit);
  if (chosen.length > 0) {
    step.command = chosen.map((c) => c.command).join('\n');
    step.shell = commonShell(chosen);
  }
  const note = request.note && fillSentence(request.note, facts);
  if (note) step.note = note;
  return step;
}

const placeNames: Record<string, string> = {
  pool: 'pool',
  host: 'backend.name',
  port: 'backend.port',
};

/** Replaces places such as `<pool>` by facts, with the same checks as braces. Undefined when a fact is not safe in a command. */
function fillPlaces(command: string, facts: FactLookup = () => undefined): string | undefined {
  const braced = command.replace(/<([a-z]+)>/g, (whole, name: string) =>
    placeNames[name] ? `{${placeNames[name]}|${whole}}` : whole,
  );
  return fillCommand(braced, facts);
}
