import { type Answer, type Part, plainText, type Text } from '../../answer/answer.js';
import type { Cause } from '../../knowledge/cause-schema.js';
import { fillBraces, plainTitle } from '../../knowledge/fill.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { CaseRecord, CaseSnapshot } from '../ports/case-record.js';
import { toSpans } from '../short-answer.js';
import { type CaseComparison, type ComparisonResult, listDifferences } from './case-comparison.js';

/**
 * Answers new evidence of a case: the result of the comparison first, then what differs.
 * @param diagnosed the answer about the new evidence, which follows unless the failure is fixed
 */
export function comparisonAnswer(
  comparison: CaseComparison,
  record: CaseRecord,
  diagnosed: Answer,
  knowledge: Knowledge,
): Answer {
  const { result, after } = comparison;
  const title = comparisonTitle(comparison, diagnosed, knowledge);
  const sentences = comparisonSentences(comparison, knowledge).join(' ');
  const sentence: Part[] = [{ kind: 'text', id: 'loop', keep: 'always', text: `${sentences} (case ${record.number})` }];
  const showsRequest = !after.lacks && !after.logon && !after.absent;
  const rows = showsRequest ? listDifferences(comparison) : [];
  const columns = ['What', 'Before', 'Now'];
  const table: Part[] =
    rows.length > 0 ? [{ kind: 'table', id: 'differs', heading: 'What differs', keep: 'always', columns, rows }] : [];
  const summary = `${plainText(title)}. ${sentences}`;
  if (result !== 'fixed' && result !== 'list-fixed') {
    return { ...diagnosed, title, summary, parts: [...sentence, ...afterFix(diagnosed.parts, table)] };
  }
  const verdict = result === 'fixed' ? { verdict: 'no-fault' as const } : {};
  return { title, summary, ...verdict, parts: [...sentence, ...table], actions: [], sources: [] };
}

/** Puts the table behind the fix, which belongs on the first screen. */
function afterFix(parts: readonly Part[], table: readonly Part[]): Part[] {
  const at = parts.findIndex(({ id, keep }) => id === 'fix' && keep !== 'fold') + 1;
  return [...parts.slice(0, at), ...table, ...parts.slice(at)];
}

function comparisonTitle(comparison: CaseComparison, diagnosed: Answer, knowledge: Knowledge): Text {
  const { result, file, requestName, after } = comparison;
  switch (result) {
    case 'fixed':
      return fixedTitle(comparison);
    case 'list-fixed':
      return 'Fixed in the list: IIS_IUSRS is on it now';
    case 'same':
    case 'list-same':
      return ['The same as before. ', ...toSpans(diagnosed.title)];
    case 'changed': {
      if (file.kind !== 'freb-log' && requestName)
        return ['Changed. ', { code: requestName }, ` answers ${after.status} now`];
      const cause = causeOf(after, knowledge);
      return ['Changed. ', ...(cause ? [plainTitle(cause.title)] : toSpans(diagnosed.title))];
    }
    default:
      return diagnosed.title;
  }
}

function fixedTitle({ requestName, after }: CaseComparison): Text {
  if (after.logon) return 'Fixed: the account of the pool gets the right now';
  if (after.holds) return 'Fixed: the worker process holds the right now';
  const request = requestName ? { code: requestName } : 'the request that failed';
  return ['Fixed: ', request, ` answers ${after.status ?? 'without a fault'} now`];
}

function causeOf({ cause }: CaseSnapshot, knowledge: Knowledge): Cause | undefined {
  return cause === null ? undefined : knowledge.causes.get(cause);
}

/** Returns the result in sentences. Each says what to do where something is left to do. */
function comparisonSentences(comparison: CaseComparison, knowledge: Knowledge): string[] {
  const { result, before, after, file } = comparison;
  const cause = causeOf(before, knowledge);
  const failure = cause ? plainTitle(cause.title) : [before.status, before.code].filter(Boolean).join(' ');
  switch (result) {
    case 'fixed':
      if (after.logon)
        return [
          `Before: ${failure}. Event 4672 in ${file.name} shows that the account of the pool got the right when it logged on after the failure.`,
        ];
      if (after.holds) return [`Before: ${failure}. The token in ${file.name} has the right that was missing.`];
      return [`Before: ${failure}. The same request shows no fault in ${file.name}.`];
    case 'changed':
      return [`Before: ${failure}. The request still fails, but for a different reason: one problem fixed, one left.`];
    case 'same':
      return [`This is the failure from before: ${failure}.`, ...sameProcessSentences(comparison, cause)];
    case 'list-fixed':
      return [
        `${file.name} has what the earlier list lacked. A running worker process keeps its old token: stop the pool, wait until it has stopped, and start it. Then reload the page from another computer with Ctrl+F5. If it works, press "This fixed it". If it still fails, drop the new log.`,
      ];
    case 'unclear':
      return [
        `The request that failed answers ${after.status} now. That may be a redirect to an error page or half a logon, so it doesn't show that the page works. Reload it and send me the line with the final status.`,
      ];
    default:
      return [otherResults[result]];
  }
}

/** Says that the worker process still runs, because it keeps its old token and configuration. */
function sameProcessSentences({ before, after }: CaseComparison, cause: Cause | undefined): string[] {
  if (before.processId === undefined || before.processId !== after.processId) return [];
  const process = String(after.processId);
  const template = cause?.reasoning === 'user-right' && cause.remarks['same-process'];
  const remark = template ? fillBraces(template, (name) => (name === 'other' ? process : undefined)) : undefined;
  if (!remark) return [`The worker process is the same (${process}): the pool has not been restarted since.`];
  return [remark, 'The pool still runs on its old token. Stop it, wait until it has stopped, start it, then retry.'];
}

const sendXml =
  'Send me the event as XML, which has the time in UTC: in Event Viewer on the tab Details, or with wevtutil and /f:xml.';

/** What a file without a proof shows, and what would be one. */
const otherResults = {
  'list-same': 'The list still lacks what it lacked before.',
  seen: "I've already seen this log in this conversation. Repeat the request; if it fails again, drop the new log.",
  other: "This request works, but it isn't the one that failed. Repeat that one to see whether it's fixed.",
  older: "This log is older than the failure, so it can't show that it's fixed. Repeat the request.",
  undated:
    "This log doesn't say on which day the request worked, so it can't show that it's fixed. Repeat the request.",
  absent:
    "The request that failed isn't in this log, so it can't show whether it's fixed. Repeat that request, then send the log again.",
  'other-server':
    "This comes from another server than the failure, so it can't show that it's fixed there. Send me the same from the server that failed.",
  'other-site':
    "This page works, but it came to another site or port than the request that failed, so it can't show that it's fixed there. Repeat the request at the address that failed.",
  'logon-lacks-right':
    "Event 4672 shows a logon of the account of the pool without SeImpersonatePrivilege, so the account didn't get the right at that logon. Apply the policy, then stop the pool, wait until it has stopped, and start it. The next logon shows whether the right has arrived.",
  'logon-older':
    "This logon is older than the failure, so it can't show that it's fixed. Stop the pool, wait until it has stopped, start it, and send me the new event 4672.",
  'logon-undated': `I can't tell whether this logon came before or after the failure, because its time has no time zone. ${sendXml}`,
  'logon-other':
    "This logon is of another account than the one the pool runs as, so it says nothing about the pool. I need event 4672 of the pool's account.",
  'logon-unknown':
    "I don't know which account the pool runs as, so I can't tell whether this logon is the pool's. Send me the pool's identityType and userName (appcmd list apppool), and this event again.",
} as const satisfies Partial<Record<ComparisonResult, string>>;
