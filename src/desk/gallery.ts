import type { Answer } from '../answer/answer.js';
import { showNews } from '../answer/show-news.js';
import type { Reading } from '../evidence/evidence.js';
import { readEvidence } from '../evidence/read.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { gallery as answers, type GalleryEntry } from '../questions/gallery.js';
import { helpReply, privacyReply } from './about-replies.js';
import { failedFilesPart, skippedPart } from './added-parts.js';
import type { CaseComparison, ComparisonResult } from './cases/case-comparison.js';
import { caseReply, foreignCaseReply, reasonReply, similarCasesPart, unknownCaseReply } from './cases/case-replies.js';
import { comparisonAnswer } from './cases/comparison-answer.js';
import { resolveButton } from './conversation/buttons.js';
import { commands } from './conversation/commands.js';
import { describeFailedFile, type FailedFile } from './conversation/failed-files.js';
import type { CaseRecord, CaseSnapshot } from './ports/case-record.js';
import * as replies from './replies.js';

/** Returns an example of each of the desk's own replies, beside the answers of `src/answer/gallery.ts`. Deterministic. */
export function deskGallery(knowledge: Knowledge): GalleryEntry[] {
  const diagnosed = answers(knowledge).find(({ name }) => name === 'right-likely')?.answer;
  const named: Record<string, Answer> = {
    help: helpReply(commands),
    privacy: privacyReply(),
    forgotten: replies.forgottenReply(3, 1),
    muted: replies.mutedReply(true),
    'muted-off': replies.mutedReply(false),
    'cause-muted': replies.causeMutedReply('the requested file does not exist', '2026-06-15T20:00:00Z'),
    'cause-unmuted': replies.causeMutedReply('the requested file does not exist', undefined),
    'mute-which-cause': replies.whichCauseReply(
      [
        { cause: 'impersonation-right-missing', title: 'The worker process lost the right to impersonate users' },
        { cause: 'file-not-found', title: 'The file does not exist' },
      ],
      true,
    ),
    'muted-causes': replies.mutedListReply(
      [{ cause: 'file-not-found', tenant: 'T0123ABCD', by: 'U0123ABCD', until: '2026-06-15T20:00:00Z' }],
      knowledge,
    ),
    'muted-causes-none': replies.mutedListReply([], knowledge),
    fixed: replies.fixedReply(),
    'not-it': replies.notItReply(),
    case: caseReply(followed, [], knowledge),
    'case-no-failure': caseReply(undefined, exampleReadings(), knowledge),
    'case-empty': caseReply(undefined, [], knowledge),
    'case-elsewhere': foreignCaseReply(followed, new Date('2026-06-12T08:00:00Z')),
    'case-unknown': unknownCaseReply(99),
    noted: reasonReply(),
    'compare-what': replies.compareReply(),
    greeting: replies.greetingReply(),
    progress: replies.progressReply(412, 5000),
    ...(diagnosed && {
      'some-failed': withFailed(diagnosed),
      'files-left-out': { ...diagnosed, parts: [...diagnosed.parts, skippedPart(12)] },
      ...openEachButton(diagnosed),
      ...comparisons(diagnosed, knowledge),
      'seen-elsewhere': { ...diagnosed, parts: [...diagnosed.parts, ...similarCases()] },
    }),
  };
  return Object.entries(named).map(([name, answer]) => ({ name: `desk-${name}`, answer }));
}

/** Returns the reply to each button of an answer, and to "show more". */
function openEachButton(answer: Answer): Record<string, Answer> {
  const record = { id: 'example', thread: 'example', tenant: 'example', at: '2026-06-20T20:00:00Z', answer };
  const found: Record<string, Answer> = {};
  for (const { id, part } of [...answer.actions, { id: 'show-more', part: undefined }]) {
    const press = resolveButton({ action: id, case: '', parts: part ? [part] : [] }, record);
    if ('answer' in press && id !== 'fixed' && id !== 'not-it') found[`opened-${id}`] = press.answer;
  }
  return found;
}

function withFailed(answer: Answer): Answer {
  const failed: FailedFile[] = [
    { name: 'logs.zip', code: 'zip-encrypted', facts: { name: 'logs.zip' } },
    { name: 'fr000033.xml', code: 'download-not-found', facts: { name: 'fr000033.xml' } },
  ];
  return { ...answer, parts: [...answer.parts, failedFilesPart(failed.map(describeFailedFile))] };
}

function exampleReadings(): Reading[] {
  const text = '[Unicode]\nUnicode=yes\n[Privilege Rights]\nSeImpersonatePrivilege = *S-1-5-19,*S-1-5-20\n[Version]\n';
  const config = '<configuration><system.webServer /></configuration>';
  return [readEvidence('ur.inf', Buffer.from(text)), readEvidence('web.config', Buffer.from(config))];
}

const followed: CaseRecord = {
  tenant: 'example',
  number: 12,
  thread: 'example',
  failure: 'example',
  openedAt: '2026-06-08T20:00:00Z',
  seenAt: '2026-06-08T21:30:00Z',
  cause: 'impersonation-right-missing',
  confidence: 'confirmed',
  evidence: [
    { kind: 'freb-log', print: 'k3Jc0aXv9QpLm2Zt', at: '2026-06-08T20:00:00Z', message: 'example:1' },
    { kind: 'rights-export', print: 'Wd81sYbNf4RhTe6u', at: '2026-06-08T21:30:00Z', message: 'example:2' },
  ],
  pressed: [{ action: 'not-it', at: '2026-06-08T21:40:00Z' }],
  outcome: 'not-it',
  notes: [{ at: '2026-06-08T21:45:00Z', text: 'the pool account was denied log on as a batch job' }],
  version: 3,
};

/** Returns the answers to new evidence in a conversation with a failure, one for each result. */
function comparisons(answer: Answer, knowledge: Knowledge): Record<string, Answer> {
  const before: CaseSnapshot = {
    verdict: 'failure',
    cause: 'impersonation-right-missing',
    status: '500',
    code: '0x80070542',
    processId: 7120,
    time: '2026-06-08T19:53:49Z',
  };
  const now = (more: Partial<CaseSnapshot>): CaseSnapshot => ({ ...before, time: '2026-06-08T21:30:12Z', ...more });
  const after: Record<ComparisonResult, CaseSnapshot> = {
    same: now({}),
    changed: now({ cause: 'file-not-found', status: '404', code: '0x80070002', processId: 8844 }),
    fixed: now({ verdict: 'no-fault', cause: null, status: '200', code: undefined, processId: 8844 }),
    other: now({ verdict: 'no-fault', cause: null, status: '200', code: undefined, url: 'x' }),
    older: now({ verdict: 'no-fault', cause: null, status: '200', code: undefined, time: '2026-06-08T18:00:00Z' }),
    seen: before,
    undated: now({ verdict: 'no-fault', cause: null, status: '200', code: undefined, time: undefined }),
    unclear: now({ verdict: 'inconclusive', cause: null, status: '302', code: undefined }),
    absent: { verdict: 'inconclusive', cause: null, absent: true },
    'other-site': now({ verdict: 'no-fault', cause: null, status: '200', code: undefined, site: 2 }),
    'other-server': now({ verdict: 'no-fault', cause: null, status: '200', code: undefined, server: 'x' }),
    'logon-lacks-right': { verdict: 'inconclusive', cause: null, logon: 'pool', holds: false },
    'logon-older': { verdict: 'inconclusive', cause: null, logon: 'pool', holds: true },
    'logon-undated': { verdict: 'inconclusive', cause: null, logon: 'pool', holds: true },
    'logon-other': { verdict: 'inconclusive', cause: null, logon: 'other' },
    'logon-unknown': { verdict: 'inconclusive', cause: null, logon: 'unknown' },
    'list-fixed': { verdict: 'no-fault', cause: null, lacks: [] },
    'list-same': { verdict: 'failure', cause: before.cause, lacks: ['S-1-5-32-568'] },
  };
  const request = {
    verb: 'GET',
    url: 'http://web03:80/secure/secret.html',
    status: 200,
    substatus: 0,
    timeTakenMs: 31,
    appPool: 'Portal',
    server: 'WEB03',
    time: '2026-06-08T21:30:12Z',
    processId: 8844,
  };
  return Object.fromEntries(
    (Object.keys(after) as ComparisonResult[]).map((result) => {
      const name = result.startsWith('list') ? 'ur2.inf' : 'fr000041.xml';
      const file = { name, request, confidence: 'likely' } as CaseComparison['file'];
      const comparison = { result, before, after: after[result], file, requestName: 'GET /secure/secret.html' };
      const second = comparisonAnswer(comparison, followed, answer, knowledge);
      // As in a chat, where the first answer is above.
      return [`loop-${result}`, result === 'seen' || result === 'changed' ? second : showNews(second, answer)];
    }),
  );
}

function similarCases() {
  const similar = { count: 3, since: '2026-06-01T08:00:00Z', marked: 'fixed' as const };
  const part = similarCasesPart(followed, similar, new Date('2026-06-05T08:00:00Z'));
  return part ? [part] : [];
}
