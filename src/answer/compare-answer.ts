import type { FileVerdict, Report } from '../diagnosis/report.js';
import type { ComparedEvent, TraceComparison } from '../evidence/freb/compare.js';
import { plainTitle } from '../knowledge/fill.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { type Answer, type EvidenceItem, type Part, plainText, type Text } from './answer.js';
import { codeLine, parseCode } from './codes.js';
import { errorAnswer } from './errors.js';
import { actionsFor, dropEmptyParts, requestPart, statusText, urlPath, withheldPart } from './parts.js';
import { fitScreen, phoneScreen } from './screen.js';
import { capitalize, countWords, describeDuration } from './wording.js';

interface Pair {
  bad: FileVerdict;
  good: FileVerdict;
}

const namePart = (part: Part | null | undefined, names: { id?: string; heading: string }): Part | undefined =>
  part ? { ...part, ...names } : undefined;

/**
 * Compares a failing and a working log: the first event that differs, then what differs between the requests.
 * @param report the two files diagnosed, the failing one first
 */
export function compareAnswer(
  comparison: TraceComparison,
  report: Report,
  knowledge: Knowledge,
  options: { now?: Date } = {},
): Answer {
  const [bad, good] = report.files;
  if (!bad || !good) return errorAnswer('nothing-attached');
  const unread = comparison.readable.bad ? (comparison.readable.good ? undefined : good) : bad;
  if (unread) return errorAnswer(unread.refusal ?? 'not-evidence', { name: unread.name, looksLike: unread.looksLike });
  const pair = { bad, good };
  const title = titleOf(comparison);
  const { parts } = fitScreen(
    {
      title,
      parts: dropEmptyParts([
        namePart(bad.request && requestPart(bad.request, options.now), { heading: `Failing: ${bad.name}` }),
        namePart(good.request && requestPart(good.request), { id: 'request-good', heading: `Working: ${good.name}` }),
        warningPart(pair),
        proofPart(comparison, pair, knowledge),
        causePart(bad, knowledge),
        slowerPart(comparison),
        differencesPart(pair),
        withheldPart(bad.withheld + good.withheld),
      ]),
    },
    phoneScreen.several,
  );
  return {
    title,
    summary: `${plainText(title)}.`,
    verdict: bad.verdict,
    parts,
    actions: actionsFor(parts, false),
    sources: [],
  };
}

function titleOf({ parting, common, slower }: TraceComparison): Text {
  if (parting === null) {
    return slower.length > 0
      ? 'Both logs take the same steps; the failing one takes longer'
      : 'Both logs take the same steps with the same results';
  }
  const { bad, good, why } = parting;
  if (bad === null)
    return `The failing log ends after ${countWords(common, 'step')} that both have; the working one continues`;
  const what = {
    status: 'an error status is set',
    result: 'the same step ends differently',
    path: 'the logs take different paths',
    end: good === null ? 'the working log has already ended' : 'one of the logs ends',
  }[why];
  return `They first differ at event ${bad.event} of the failing log: ${what}`;
}

/** Warns when the logs have two URLs or two servers, when the first shows no fault, or when the second fails too. */
function warningPart({ bad, good }: Pair): Part | undefined {
  const warnings: string[] = [];
  const isFine = (f: FileVerdict) => f.verdict === 'no-fault';
  if (isFine(bad) && isFine(good)) warnings.push('Neither of the two shows a fault.');
  else if (isFine(bad)) warnings.push('The first log shows no fault. Did you swap the two?');
  else if (good.verdict === 'failure') warnings.push('The second log fails as well.');
  const pathOf = (f: FileVerdict) => urlPath(f.request?.url ?? '').replace(/\?.*$/s, '');
  if (pathOf(bad) !== pathOf(good))
    warnings.push('They request different URLs, so many of the differences are normal.');
  const servers = [bad.request?.server, good.request?.server];
  if (servers[0] && servers[1] && servers[0] !== servers[1])
    warnings.push(`They come from two servers, ${servers.join(' and ')}.`);
  if (warnings.length === 0) return undefined;
  return { kind: 'notice', id: 'against', level: 'warning', keep: 'always', text: warnings.join(' ') };
}

/** Shows the last step that both share and the first that differs. */
function proofPart({ before, parting, common }: TraceComparison, pair: Pair, knowledge: Knowledge): Part | undefined {
  if (!parting) return undefined;
  const items: EvidenceItem[] = [];
  if (before)
    items.push({
      ...eventItem(pair.bad.name, before.bad, knowledge),
      note: `the last step both take (event ${before.good.event} of ${pair.good.name})`,
    });
  if (parting.bad) items.push(eventItem(pair.bad.name, parting.bad, knowledge));
  if (parting.good) items.push(eventItem(pair.good.name, parting.good, knowledge));
  const heading = common > 0 ? `Identical for ${countWords(common, 'step')}, then` : 'Different from the first step';
  return { kind: 'evidence', id: 'proof', heading, keep: 'always', items };
}

function eventItem(file: string, event: ComparedEvent, knowledge: Knowledge): EvidenceItem {
  const where = [event.module, event.notification].filter(Boolean).join(', ');
  const code = /0x[0-9a-f]{8}/.exec(event.says ?? '')?.[0];
  const decoded = code ? codeLine(parseCode(code)!, knowledge) : '';
  const item: EvidenceItem = {
    file,
    event: event.event,
    eventName: event.name,
    value: event.says ?? (where || 'reached'),
  };
  const notes = [decoded, event.says === null ? '' : where].filter((n) => n !== '');
  if (notes.length > 0) item.note = notes.join(', ');
  return item;
}

/** Shows the cause of the failing log, when it has one. */
function causePart(bad: FileVerdict, knowledge: Knowledge): Part | undefined {
  const cause = bad.cause === null ? undefined : knowledge.causes.get(bad.cause);
  if (!cause) return undefined;
  const words = { confirmed: 'Cause', likely: 'Likely cause', possible: 'Possible cause' }[
    bad.confidence ?? 'possible'
  ];
  const title = capitalize(plainTitle(cause.title));
  const fault = cause.verdict === 'failure' || cause.verdict === 'slow';
  const heading = fault ? `${words} of the failing one` : 'What the first log shows';
  const text = bad.detail === null ? `${title}.` : `${title}. ${bad.detail}`;
  return { kind: 'text', id: 'cause', heading, keep: 'normal', text };
}

function slowerPart({ slower }: TraceComparison): Part | undefined {
  if (slower.length === 0) return undefined;
  return {
    kind: 'table',
    id: 'timeline',
    heading: 'What took longer (the clock of the trace moves in steps of about 15.6 ms)',
    keep: 'normal',
    columns: ['Failing', 'Working', 'Step'],
    // Without the stage, which is shown only with its event; a sum over the trace has none.
    rows: slower.map((s) => [
      describeDuration(s.badMs),
      describeDuration(s.goodMs),
      s.step.replace(/ at [A-Z_]+$/, ''),
    ]),
  };
}

/** Shows what differs between the two requests. */
function differencesPart({ bad, good }: Pair): Part | undefined {
  const propertiesOf = ({ request, decisive }: FileVerdict): [string, string | null | undefined][] => [
    ['Status', request && statusText(request)],
    ['Time taken', request?.timeTakenMs === null || !request ? null : describeDuration(request.timeTakenMs)],
    ['Verb', request?.verb],
    ['URL', request?.url && urlPath(request.url)],
    ['Pool', request?.appPool],
    ['Server', request?.server],
    ['Process', request?.processId?.toString()],
    ['Decided by', decisive && [decisive.module, decisive.errorCode].filter(Boolean).join(', ')],
  ];
  const working = new Map(propertiesOf(good));
  const rows = propertiesOf(bad)
    .filter(([label, value]) => (value ?? '') !== (working.get(label) ?? ''))
    .map(([label, value]): Text[] => [label, value || '–', working.get(label) || '–']);
  if (rows.length === 0) return undefined;
  return {
    kind: 'table',
    id: 'differences',
    heading: 'What differs between the requests',
    keep: 'normal',
    columns: ['What', 'Failing', 'Working'],
    rows,
  };
}
