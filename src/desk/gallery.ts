import type { Answer } from '../answer/answer.js';
import { gallery as answers, type GalleryEntry } from '../answer/gallery.js';
import type { Reading } from '../evidence/evidence.js';
import { readEvidence } from '../evidence/read.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { commands } from './commands.js';
import { failedText } from './fetching.js';
import { pressed } from './pressing.js';
import * as replies from './replies.js';

/** An example of everything the desk itself says, beside the answers of `src/answer/gallery.ts`. Deterministic. */
export function deskGallery(knowledge: Knowledge): GalleryEntry[] {
  const diagnosed = answers(knowledge).find(({ name }) => name === 'right-likely')?.answer;
  const named: Record<string, Answer> = {
    help: replies.helpReply(commands),
    privacy: replies.privacyReply(),
    forgotten: replies.forgottenReply(3, 1),
    muted: replies.mutedReply(true),
    'muted-off': replies.mutedReply(false),
    fixed: replies.fixedReply(),
    'not-it': replies.notItReply(),
    case: replies.caseReply(dropped()),
    'case-empty': replies.caseReply([]),
    'compare-what': replies.compareReply(),
    progress: replies.progressReply(412, 5000),
    'progress-done': replies.progressDoneReply(5000),
    ...(diagnosed && {
      'some-failed': withFailed(diagnosed),
      'files-left-out': { ...diagnosed, parts: [...diagnosed.parts, replies.skippedPart(12)] },
      ...opened(diagnosed),
    }),
  };
  return Object.entries(named).map(([name, answer]) => ({ name: `desk-${name}`, answer }));
}

/** What each button of an answer, and "show more", brings. */
function opened(answer: Answer): Record<string, Answer> {
  const record = { id: 'example', thread: 'example', tenant: 'example', at: '2026-06-20T20:00:00Z', answer };
  const found: Record<string, Answer> = {};
  for (const { id, part } of [...answer.actions, { id: 'show-more', part: undefined }]) {
    const press = pressed(id, part, record);
    if ('answer' in press && id !== 'fixed' && id !== 'not-it') found[`opened-${id}`] = press.answer;
  }
  return found;
}

function withFailed(answer: Answer): Answer {
  const failed = [
    { name: 'logs.zip', code: 'zip-encrypted', facts: { name: 'logs.zip' } },
    { name: 'fr000033.xml', code: 'download-not-found', facts: { name: 'fr000033.xml' } },
  ];
  return { ...answer, parts: [...answer.parts, replies.failedFilesPart(failed.map(failedText))] };
}

function dropped(): Reading[] {
  const text = '[Unicode]\nUnicode=yes\n[Privilege Rights]\nSeImpersonatePrivilege = *S-1-5-19,*S-1-5-20\n[Version]\n';
  const config = '<configuration><system.webServer /></configuration>';
  return [readEvidence('ur.inf', Buffer.from(text)), readEvidence('web.config', Buffer.from(config))];
}
