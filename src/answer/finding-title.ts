import { plainTitle } from '../knowledge/fill.js';
import { plainText, type Text } from './answer.js';
import type { FindingView } from './finding-view.js';
import { clipText } from './parts.js';
import { type FactLookup, fillSentence, joinTexts } from './wording.js';

/** Longest detail that serves as a title, in characters. */
const detailTitleLimit = 160;

/** Returns the certainty and the cause: `Likely cause: the worker process has lost …`. */
export function findingTitle(view: FindingView, facts: FactLookup): Text {
  if (view.finding.facts.open === 'pool-identity') return 'IIS_IUSRS is missing from the list; that fits';
  const cause = causeName(view, facts);
  const certainty = certaintyWords(view);
  return certainty === '' ? cause : joinTexts([`${certainty}: `, lowerFirst(cause)], '');
}

/** Returns one sentence for notifications: the title, and the status with its server. */
export function findingSummary({ main: { request } }: FindingView, title: Text): string {
  const where = request?.server ? ` on ${clipText(request.server, 60)}` : '';
  const status = request?.status ? ` HTTP ${request.status}${where}.` : '';
  return `${plainText(title)}.${status}`;
}

/** Returns a title of more use than that of the card, which is general: what a known message means, or what evidence without a request shows, says more. */
function causeName({ cause, finding, main }: FindingView, facts: FactLookup): Text {
  const says = main.message !== undefined || (main.request === null && finding.confidence !== 'confirmed');
  const detail = says ? main.detail : null;
  if (detail !== null && (main.message || detail.length <= detailTitleLimit)) return detail.replace(/\.$/, '');
  return fillSentence(cause.title, facts) ?? plainTitle(cause.title);
}

function certaintyWords({ cause, finding, main }: FindingView): string {
  switch (cause.verdict) {
    case 'slow':
      return finding.confidence === 'possible' ? 'Perhaps' : '';
    case 'challenge':
    case 'no-fault':
      return 'No fault';
    case 'aborted':
      return 'Aborted';
    default:
      if (finding.confidence === 'confirmed')
        return main.cause === null || main.confidence === 'confirmed' ? 'Cause' : 'Confirmed';
      return finding.confidence === 'likely' ? 'Likely cause' : 'Possible cause';
  }
}

/** A capitalized word that only begins a sentence. Product names stay as they are. */
const smallWord =
  /^(The|This|These|A|An|No|None|Nobody|Too)(?= )|^(?!Windows|Kerberos|Negotiate|Node)[A-Z][a-z]+(?= [a-z])/;

/** Lowers the first letter of a title that follows a colon. */
export function lowerFirst(title: Text): Text {
  const lower = (text: string) => text.replace(smallWord, (word) => word.toLowerCase());
  if (typeof title === 'string') return lower(title);
  const [first, ...rest] = title;
  return typeof first === 'string' ? [lower(first), ...rest] : title;
}
