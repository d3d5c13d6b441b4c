import type { EventStory, FileVerdict, Verdict } from '../diagnosis/report.js';
import type { EvidenceKind } from '../evidence/evidence.js';
import type { Text } from './answer.js';
import { configurationTitle } from './configuration-parts.js';
import { kindOf } from './kind-names.js';
import { statusText } from './parts.js';
import { capitalize, describeDuration } from './wording.js';

/** Longest sentence that serves as a title, in characters. */
const longestTitle = 160;

/** Returns a title that begins with the verdict, or what the message that decides means. */
export function fileTitle(file: FileVerdict): Text {
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
