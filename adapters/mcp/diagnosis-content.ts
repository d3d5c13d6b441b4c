import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import * as z from 'zod';
import { type Answer, plainText } from '../../src/answer/answer.js';
import { statusText } from '../../src/answer/parts.js';
import type { DiagnoseReply } from '../../src/desk/desk.js';
import { diagnosisJson } from '../../src/desk/json.js';
import type { Details } from './answer-details.js';
import { toolResult } from './tool-result.js';

/** Rows of each list in structured content; the details hold all of them. */
const rows = { findings: 5, proofs: 3, files: 8, groups: 8 } as const;

const nullable = z.string().nullable();

/** The structured content of tools that read evidence: what `diagnose --json` prints, in short. */
export const diagnosisShape = {
  verdict: z.string().describe('failure, challenge, slow, aborted, no-fault, inconclusive or unreadable'),
  title: z.string(),
  findings: z.array(
    z.object({
      cause: z.string(),
      entry: z.string().describe('Resource that explains the cause and its fix, with sources'),
      confidence: z.string().describe('confirmed, likely or possible'),
      proof: z.array(z.string()),
      missing: z.array(z.string()).describe('Evidence that would make it certain'),
    }),
  ),
  files: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      verdict: z.string(),
      cause: nullable,
      confidence: nullable,
      status: nullable,
      url: nullable,
      appPool: nullable,
      server: nullable,
      time: nullable,
      detail: nullable,
      next: z.array(z.string()).describe('Evidence to send next'),
    }),
  ),
  moreFiles: z.number().describe('Files that are only in the details'),
  groups: z.array(z.object({ title: z.string(), cause: nullable, count: z.number(), example: z.string() })),
  withheld: z.number().describe('Private values that were kept out'),
  details: z.string().describe('Resource with the whole answer; add /json for the frebot.diagnosis/1 object'),
};

/** Returns the result of a tool that diagnoses. */
export function diagnosisResult(reply: DiagnoseReply, details: Details): CallToolResult {
  const { report, answer } = reply;
  return toolResult(answer, diagnosisContent(reply), diagnosisJson(report, answer), details);
}

/** Returns the structured content of a diagnosis, without `details`. */
export function diagnosisContent({ report, answer }: DiagnoseReply) {
  const { files, diagnosis, groups } = report;
  return {
    verdict: diagnosis.verdict,
    title: titleText(answer),
    findings: diagnosis.findings.slice(0, rows.findings).map(({ cause, confidence, proof, missing }) => ({
      cause,
      entry: `frebot://causes/${cause}`,
      confidence,
      proof: proof.slice(0, rows.proofs).map(proofText),
      missing,
    })),
    files: files.slice(0, rows.files).map(fileContent),
    moreFiles: Math.max(0, files.length - rows.files),
    groups: groups.slice(0, rows.groups).map(({ title, cause, count, example }) => ({ title, cause, count, example })),
    withheld: files.reduce((sum, file) => sum + file.withheld, 0),
  };
}

/** Returns the title of an answer as plain text. */
export function titleText(answer: Answer): string {
  return plainText(answer.title);
}

type ReportedFile = DiagnoseReply['report']['files'][number];
type ReportedProof = DiagnoseReply['report']['diagnosis']['findings'][number]['proof'][number];

function proofText({ file, event, eventName, field, value }: ReportedProof): string {
  const place = [event === null ? '' : ` event ${event}`, eventName ? ` ${eventName}` : ''].join('');
  return `${file}${place}: ${field} = ${value}`;
}

function fileContent({ name, kind, verdict, cause, confidence, request, detail, next }: ReportedFile) {
  const status = request && statusText(request);
  const { url = null, appPool = null, server = null, time = null } = request ?? {};
  return { name, kind, verdict, cause, confidence, status, url, appPool, server, time, detail, next };
}
