import type { FileVerdict } from '../diagnosis/report.js';
import type { StatusEntry } from '../knowledge/code-schema.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { accessLineParts } from './access-lines.js';
import { type Answer, plainText } from './answer.js';
import { knownCode, parseCode } from './codes.js';
import { breakingRows, configurationParts, configurationStepsPart } from './configuration-parts.js';
import { endSentence } from './end-sentence.js';
import { eventRowOf, eventStepsPart, nearestEventsPart, storyPart, unknownEventPart } from './event-parts.js';
import { fileDetailPart, fileEvidencePart, fileProofPart, meaningPart, noCausePart, slowPart } from './file-parts.js';
import { fileTitle } from './file-title.js';
import { messageSources, messageStepsPart } from './message-parts.js';
import { otherRightsParts } from './other-rights.js';
import {
  actionsFor,
  damagePart,
  dropEmptyParts,
  requestPart,
  sourcesOf,
  statusText,
  timelinePart,
  withheldPart,
} from './parts.js';
import { howPart, nextPart, requestsOf } from './requests.js';
import { defaultsPart, holdersPart } from './rights.js';
import { fitScreen } from './screen.js';

/** Answers one file without a known cause: only what the file shows. */
export function fileAnswer(file: FileVerdict, knowledge: Knowledge, now?: Date): Answer {
  const status = statusEntryOf(file, knowledge);
  const number = file.decisive?.errorCode ?? file.code;
  const code = number ? parseCode(number) : undefined;
  const known = code === undefined ? undefined : knownCode(code, knowledge);
  const wanted = requestsOf(file.next, knowledge);
  const aboutRight =
    file.kind !== 'freb-log' && ['rights-export', 'policy-report', 'token-listing'].includes(file.kind);
  const title = fileTitle(file);
  const row = eventRowOf(file, knowledge);
  const { parts } = fitScreen({
    title,
    parts: dropEmptyParts([
      file.request ? requestPart(file.request, now) : undefined,
      damagePart(file),
      fileProofPart(file, knowledge),
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
      fileEvidencePart(file),
      timelinePart(file),
      aboutRight ? defaultsPart(knowledge) : undefined,
      withheldPart(file.withheld),
    ]),
  });
  return {
    title,
    summary: `${endSentence(plainText(title))} ${endSentence(file.detail ?? '')}`.trim(),
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

/** Returns the entry of the status with its substatus, else of the status alone. */
function statusEntryOf(file: FileVerdict, knowledge: Knowledge): StatusEntry | undefined {
  if (!file.request || file.request.status === null) return undefined;
  const full = statusText(file.request)!;
  return knowledge.statuses.get(full) ?? knowledge.statuses.get(String(file.request.status));
}
