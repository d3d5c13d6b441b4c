import { type Answer, type Part, plainText } from '../../answer/answer.js';
import { requestStep, requestsOf } from '../../answer/requests.js';
import { stepsPart } from '../../answer/steps.js';
import type { FactLookup } from '../../answer/wording.js';
import type { Knowledge } from '../../knowledge/knowledge.js';

/** Ways that are shown; the others fold. */
const shownWays = 2;

/** Answers how the evidence is captured that the last answer asked for. Undefined where the knowledge has none of it. */
export function wantedAnswer(wanted: readonly string[], facts: FactLookup, knowledge: Knowledge): Answer | undefined {
  const requests = requestsOf(wanted, knowledge).filter(({ commands, note }) => commands.length > 0 || note);
  const [first] = requests;
  if (!first) return undefined;
  const steps = requests.map((one) => requestStep(one, facts));
  const way = steps[0]!.command === undefined ? 'do this' : 'run this on the server and send me what it prints';
  const title = `For ${first.title}, ${way}.`;
  const [shown, folded] = [steps.slice(0, shownWays), steps.slice(shownWays)];
  const parts: Part[] = [
    stepsPart({ id: 'steps', heading: 'How', keep: 'always', steps: shown }),
    ...(folded.length > 0 ? [stepsPart({ id: 'capture', heading: 'And then', keep: 'fold', steps: folded })] : []),
  ];
  return { title, summary: plainText(title), parts, actions: [], sources: [] };
}
