import { fillCommand } from '../knowledge/fill.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { EvidenceRequest } from '../knowledge/schema.js';
import type { Part, Step, Text } from './answer.js';
import type { FindingView } from './finding-view.js';
import { checkHeading, shell } from './steps.js';
import { capital, type FactsOf, joined, spoken } from './words.js';

/** The requests behind ids, unknown ones left out. */
export function requestsOf(ids: readonly string[], knowledge: Knowledge): EvidenceRequest[] {
  return [...new Set(ids)].map((id) => knowledge.evidenceRequests.get(id)).filter((r) => r !== undefined);
}

/**
 * One read-only check, and what to show next. Before a cause is confirmed the check is what would confirm it (for a user
 * right) or the card's own; afterwards it is the first thing nobody has seen yet.
 */
export function captureParts(view: FindingView, knowledge: Knowledge, facts: FactsOf): Part[] {
  const { cause, finding } = view;
  const wanted = requestsOf(finding.missing.length > 0 ? finding.missing : view.main.next, knowledge);
  const confirmed = finding.confidence === 'confirmed';
  const doubted = finding.contradictedBy.length > 0;
  if (!confirmed && !doubted && cause.reasoning === 'user-right') return proveParts(wanted, facts);
  // What speaks against a cause is settled by the token of the process itself, whatever lists and policies say.
  if (doubted) wanted.sort((a, b) => Number(b.id === 'worker-token') - Number(a.id === 'worker-token'));
  const parts: Part[] = [];
  if (!confirmed && !doubted && cause.check) {
    const step = filledStep(cause.check, facts);
    if (step) parts.push(checkPart(checkHeading(step), step));
  } else if ((doubted || (confirmed && cause.reasoning === 'user-right')) && wanted.length > 0) {
    const [unseen] = wanted.splice(0, 1);
    const step = requestStep(unseen!, facts, doubted ? 2 : 1);
    parts.push(checkPart(`Not seen yet: ${unseen!.title}`, { ...step, text: spoken(unseen!.why, facts) ?? '' }));
  }
  if (wanted.length > 0) parts.push(nextPart(wanted), ...howPart(wanted, facts));
  return parts;
}

/** The two exports that settle who holds the right and which policy sets it; what else is missing comes after. */
function proveParts(wanted: EvidenceRequest[], facts: FactsOf): Part[] {
  const proofs = wanted
    .filter((r) => r.commands[0] !== undefined && !/<[a-z ]+>|%/i.test(r.commands[0].command))
    .slice(0, 2);
  const rest = wanted.filter((r) => !proofs.includes(r));
  const parts: Part[] = [];
  if (proofs.length > 0) {
    const command = proofs.map((r) => r.commands[0]!.command).join('\n');
    const heading = 'Prove it (elevated, read-only; drop or paste the result)';
    parts.push({ kind: 'command', id: 'check', heading, keep: 'normal', command, language: 'cmd' });
  }
  if (rest.length > 0) parts.push(nextPart(rest));
  return [...parts, ...howPart(wanted, facts)];
}

function filledStep(own: { do: string; command?: string; note?: string }, facts: FactsOf): Step | undefined {
  const text = spoken(own.do, facts);
  if (text === undefined) return undefined;
  const step: Step = { text };
  const command = own.command && fillCommand(own.command, facts);
  if (command) step.command = command.trimEnd();
  const note = own.note && spoken(own.note, facts);
  if (note) step.note = note;
  return step;
}

/** Command with the sentence that says what it shows; without a command just the sentence. */
function checkPart(heading: string, step: Step): Part {
  if (!step.command) {
    const text = step.note ? joined([step.text, step.note]) : step.text;
    return { kind: 'text', id: 'check', heading, keep: 'normal', text };
  }
  const note: Text = step.note ? joined([step.text, step.note]) : step.text;
  return { kind: 'command', id: 'check', heading, keep: 'normal', command: step.command, language: 'cmd', note };
}

/** What to drop or paste next, most telling first. */
export function nextPart(wanted: readonly EvidenceRequest[]): Part {
  return {
    kind: 'text',
    id: 'next',
    heading: 'Show me next',
    keep: 'normal',
    text: `${capital(wanted.map((r) => r.title).join('; '))}.`,
  };
}

/** The commands behind it, folded. */
export function howPart(wanted: readonly EvidenceRequest[], facts?: FactsOf): Part[] {
  const steps = wanted.filter((r) => r.commands.length > 0 || r.note).map((r) => requestStep(r, facts));
  if (steps.length === 0) return [];
  return [{ kind: 'steps', id: 'capture', heading: `How to capture it${shell(steps)}`, keep: 'fold', steps }];
}

/** One request as a step: title, why, commands. `<pool>` and its like are filled where the value is known and harmless. */
export function requestStep(request: EvidenceRequest, facts?: FactsOf, limit = 10): Step {
  const why = spoken(request.why, facts) ?? '';
  const step: Step = { text: joined([[{ strong: capital(request.title) }], why], ': ') };
  const commands = request.commands.map((c) => placed(c.command, facts)).filter((c) => c !== undefined);
  // With a known value the command that takes one says more than the one that lists everything.
  const sharp = commands.filter((c, i) => c !== request.commands[i]?.command);
  const chosen = (sharp.length > 0 && limit < commands.length ? sharp : commands).slice(0, limit);
  if (chosen.length > 0) step.command = chosen.join('\n');
  const note = request.note && spoken(request.note, facts);
  if (note) step.note = note;
  return step;
}

const placeNames: Record<string, string> = {
  pool: 'pool',
  pid: 'request.process-id',
  host: 'backend.name',
  port: 'backend.port',
};

/** A command with `<pool>` replaced by the pool of the request, through the same gate as braces. */
function placed(command: string, facts: FactsOf = () => undefined): string | undefined {
  const braced = command.replace(/<([a-z]+)>/g, (whole, name: string) =>
    placeNames[name] ? `{${placeNames[name]}|${whole}}` : whole,
  );
  return fillCommand(braced, facts);
}
