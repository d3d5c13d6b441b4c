import type { EventStory, FileVerdict, Verdict } from '../diagnosis/report.js';
import type { EvidenceKind } from '../evidence/evidence.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { StatusEntry } from '../knowledge/schema.js';
import { accessLineParts } from './access-lines.js';
import { type Answer, type EvidenceItem, type Part, plainText, type Text } from './answer.js';
import { knownCode, parseCode } from './codes.js';
import { breakingRows, configurationParts, configurationStepsPart, configurationTitle } from './configuration-parts.js';
import { eventRowOf, eventStepsPart, nearestEventsPart, storyPart, unknownEventPart } from './event-parts.js';
import { messageSources, messageStepsPart } from './message-parts.js';
import { otherRightsParts } from './other-rights.js';
import {
  actionsFor,
  damagePart,
  decisiveItem,
  dropEmptyParts,
  isInference,
  listPart,
  longUrlItems,
  readableValue,
  requestPart,
  sourcesOf,
  statusText,
  timelinePart,
  withheldPart,
} from './parts.js';
import { howPart, nextPart, requestsOf } from './requests.js';
import { defaultsPart, holdersPart } from './rights.js';
import { fitScreen } from './screen.js';
import { capitalize, describeDuration } from './wording.js';

/** The name of each kind of evidence in a sentence. */
export const kindNames: Record<EvidenceKind, string> = {
  'freb-log': 'FREB log',
  'rights-export': 'user rights export',
  'policy-report': 'Group Policy report',
  'token-listing': 'token listing',
  'access-log': 'access log',
  'event-export': 'event export',
  'server-config': 'IIS configuration',
  'application-log': 'log of the application',
  'acl-listing': 'access list',
  'command-output': 'output of a command',
  'error-page': 'error page',
  fragment: 'pasted text',
  unknown: 'file',
};

/** Answers one file without a known cause: only what the file shows. */
export function fileAnswer(file: FileVerdict, knowledge: Knowledge, now?: Date): Answer {
  const status = statusEntry(file, knowledge);
  const number = file.decisive?.errorCode ?? file.code;
  const code = number ? parseCode(number) : undefined;
  const known = code === undefined ? undefined : knownCode(code, knowledge);
  const wanted = requestsOf(file.next, knowledge);
  const aboutRight =
    file.kind !== 'freb-log' && ['rights-export', 'policy-report', 'token-listing'].includes(file.kind);
  const title = titleOf(file);
  const row = eventRowOf(file, knowledge);
  const { parts } = fitScreen({
    title,
    parts: dropEmptyParts([
      file.request ? requestPart(file.request, now) : undefined,
      damagePart(file),
      proofPart(file, knowledge),
      file.verdict === 'slow' && file.timeline?.length ? undefined : fileDetailPart(file, title, status),
      messageStepsPart(file, knowledge) ?? eventStepsPart(file, knowledge),
      configurationStepsPart(file, knowledge),
      ...configurationParts(file, null),
      nearestEventsPart(file),
      unknownEventPart(file),
      storyPart(file),
      ...accessLineParts(file, knowledge),
      ...otherRightsParts([file], knowledge),
      meaningPart(file, code, status, knowledge),
      slowPart(file),
      aboutRight ? holdersPart(knowledge) : undefined,
      noCausePart(file),
      wanted.length > 0 ? nextPart(wanted, file) : undefined,
      ...howPart(wanted),
      evidencePart(file),
      timelinePart(file),
      aboutRight ? defaultsPart(knowledge) : undefined,
      withheldPart(file.withheld),
    ]),
  });
  return {
    title,
    summary: `${plainText(title)}. ${file.detail ?? ''}`.trim(),
    verdict: file.verdict,
    parts,
    actions: actionsFor(parts, false),
    sources: sourcesOf([
      messageSources(file, knowledge),
      row ? [row.source] : [],
      breakingRows(file, knowledge).map((r) => r.source),
      known?.source?.startsWith('https://') ? [{ title: `${known.name} (system error codes)`, url: known.source }] : [],
      file.verdict === 'failure' && status?.source.startsWith('https://')
        ? [{ title: `HTTP ${status.code} in IIS`, url: status.source }]
        : [],
    ]),
  };
}

/** Longest sentence that serves as a title, in characters. */
const longestTitle = 160;

/** Returns a title that begins with the verdict, or what the message that decides means. */
function titleOf(file: FileVerdict): Text {
  if (file.message && file.detail) return file.detail.replace(/\.$/, '');
  if (file.kind !== 'freb-log' && !file.request) return otherTitle(file);
  const status = file.request && statusText(file.request);
  const by = file.decisive?.module ? ` set by ${file.decisive.module}` : '';
  const took = file.request?.timeTakenMs;
  switch (file.verdict) {
    case 'failure':
      return `Failure: ${status ? `HTTP ${status}` : 'an error'}${by}; I don't know the cause`;
    case 'challenge':
      return `No fault: ${status ?? 'the answer'} is a normal step of authentication`;
    case 'slow':
      return `Slow: ${took === null || took === undefined ? 'the request' : describeDuration(took)}${status ? ` until ${status}` : ''}`;
    case 'aborted':
      return 'Aborted: the request ended before an answer was sent';
    case 'no-fault':
      return `No fault in this log${status ? `: it ended with ${status}` : ''}`;
    default:
      return file.kind === 'freb-log'
        ? "This log doesn't show what decided the outcome"
        : "These lines don't show what decided the outcome";
  }
}

const otherVerdicts: Record<Verdict, string> = {
  failure: 'shows a fault',
  'no-fault': 'shows no fault',
  inconclusive: 'not enough to name a cause',
  challenge: 'shows a normal step of authentication',
  slow: 'shows slow requests',
  aborted: 'shows aborted requests',
  unreadable: 'cannot be read',
};

function otherTitle(file: FileVerdict): Text {
  const configuration = configurationTitle(file);
  if (configuration) return configuration;
  if (file.form === 'browser-page') return "This is your browser's own error page; it doesn't come from the server";
  const explainsItself = file.story?.rule || file.kind === 'error-page' || file.kind === 'application-log';
  const detail = explainsItself && file.verdict === 'failure' ? file.detail?.replace(/\.$/, '') : undefined;
  if (detail && detail.length <= longestTitle) return detail;
  if (file.story && file.verdict === 'inconclusive') return unclearTitle(file.story);
  const said = saysByItself.has(file.kind) && file.verdict === 'inconclusive' ? firstSentence(file.detail) : undefined;
  if (said) return said;
  const isList = file.kind === 'rights-export' || file.kind === 'token-listing';
  return `${capitalize(kindOf(file))}: ${isList && file.verdict === 'no-fault' ? 'looks right' : otherVerdicts[file.verdict]}`;
}

/** Listings answer what they were asked, whether or not that is the cause of a failure. */
const saysByItself: ReadonlySet<EvidenceKind> = new Set(['token-listing', 'acl-listing', 'command-output']);

function firstSentence(detail: string | null): string | undefined {
  const sentence = detail?.split(/(?<=\.)\s|: /, 1)[0]?.replace(/\.$/, '');
  return sentence && sentence.length <= longestTitle ? sentence : undefined;
}

function unclearTitle({ events, unknown, unknownKinds }: EventStory): Text {
  if (events.length > 0) return 'I know some of these events, but none of them says that IIS failed';
  return unknownKinds === 1 ? `I don't know this event: ${unknown[0]}` : "I don't know these events";
}

/** Returns the kind of a file in words; of an export, where it comes from. */
export function kindOf(file: Pick<FileVerdict, 'kind' | 'origin'>): string {
  if (file.kind !== 'rights-export') return kindNames[file.kind];
  if (file.origin === 'template') return 'security template of a policy';
  return file.origin === 'merged-policy' ? 'export of what Group Policy delivers' : kindNames[file.kind];
}

function proofPart(file: FileVerdict, knowledge: Knowledge): Part | undefined {
  const items: EvidenceItem[] = file.decisive
    ? [decisiveItem(file, file.decisive, knowledge, false)]
    : file.evidence
        .filter((e) => !isInference(e))
        .slice(0, 4)
        .map((e) => evidenceItem(file, e));
  if (items.length === 0) return undefined;
  return { kind: 'evidence', id: 'proof', heading: 'What the file says', keep: 'always', items };
}

function evidenceItem(file: FileVerdict, e: FileVerdict['evidence'][number]): EvidenceItem {
  const item: EvidenceItem = readableValue(e);
  const numbered = file.kind === 'freb-log' || file.kind === 'event-export' || e.eventName !== undefined;
  if (e.event !== null && numbered) item.event = e.event;
  if (e.eventName) item.eventName = e.eventName;
  if (e.event !== null && !numbered) item.field = `line ${e.event}, ${item.field ?? e.field}`;
  return item;
}

function fileDetailPart(file: FileVerdict, title: Text, status: StatusEntry | undefined): Part | undefined {
  const said = plainText(title);
  if (file.detail === null || said.includes(file.detail.replace(/\.$/, '')) || /^0x[0-9a-f]{8}$/.test(file.detail))
    return undefined;
  if (file.configuration?.some(({ says }) => says === file.detail)) return undefined;
  // The request shows the number, and a part below shows its meaning.
  if (status && file.detail === `${status.code}: ${status.name}`) return undefined;
  // The title is its first sentence already.
  const text = file.detail.startsWith(`${said}.`) ? file.detail.slice(said.length + 1).trim() : file.detail;
  return text === '' ? undefined : { kind: 'text', id: 'detail', keep: 'always', text };
}

/** Explains the code and the status, without saying that they are the cause. */
function meaningPart(
  file: FileVerdict,
  code: number | undefined,
  status: StatusEntry | undefined,
  knowledge: Knowledge,
): Part | undefined {
  const facts: { label: string; value: Text }[] = [];
  if (code !== undefined) {
    const known = knownCode(code, knowledge);
    if (known && !file.detail?.includes(known.message)) {
      facts.push({ label: known.hresult, value: `${known.name}: ${known.message}` });
    }
  }
  if (status && file.verdict === 'failure') {
    facts.push({ label: status.code, value: status.cause ? `${status.name}. ${status.cause}` : status.name });
  }
  if (facts.length === 0) return undefined;
  return { kind: 'facts', id: 'meaning', heading: 'What the numbers mean', keep: 'normal', facts };
}

/** Shows the longest step and when it ran. */
function slowPart(file: FileVerdict): Part | undefined {
  if (file.verdict !== 'slow') return undefined;
  const longest = [...(file.timeline ?? [])].sort((a, b) => b.durationMs - a.durationMs)[0];
  if (!longest) return undefined;
  const total = file.request?.timeTakenMs;
  const ofTotal = total ? ` of ${describeDuration(total)}` : '';
  const where = [longest.module, longest.notification].filter((w) => w && w !== longest.step).join(', ');
  return {
    kind: 'text',
    id: 'slowest',
    heading: 'Longest step',
    keep: 'normal',
    text: `${longest.step}: ${describeDuration(longest.durationMs)}${ofTotal}, events ${longest.firstEvent} to ${longest.lastEvent}${where ? ` (${where})` : ''}. The clock of a trace moves in steps of about 15.6 ms.`,
  };
}

function noCausePart(file: FileVerdict): Part | undefined {
  if (file.message || file.verdict !== 'failure' || (file.kind !== 'freb-log' && !file.request)) return undefined;
  return {
    kind: 'text',
    id: 'nocause',
    keep: 'normal',
    text: `I can't name a cause: nothing ${file.kind === 'freb-log' ? 'in this log' : file.kind === 'error-page' ? 'on this page' : 'in these lines'} proves one that I know.`,
  };
}

function evidencePart(file: FileVerdict): Part | undefined {
  const items = [...longUrlItems(file, false), ...file.evidence.map((e) => evidenceItem(file, e))];
  return listPart(items);
}

/** Returns the entry of the status with its substatus, else of the status alone. */
function statusEntry(file: FileVerdict, knowledge: Knowledge): StatusEntry | undefined {
  if (!file.request || file.request.status === null) return undefined;
  const full = statusText(file.request)!;
  return knowledge.statuses.get(full) ?? knowledge.statuses.get(String(file.request.status));
}
