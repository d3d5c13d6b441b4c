import type { FileVerdict, Finding, Report } from '../diagnosis/report.js';
import { sidOfName } from '../evidence/sids.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Cause } from '../knowledge/schema.js';
import { statusText } from './parts.js';
import type { FactLookup } from './wording.js';

/** A finding with everything its answer needs. */
export interface FindingView {
  cause: Cause;
  finding: Finding;
  /** The files it rests on, in the order they came. */
  files: FileVerdict[];
  /** The file whose request is told: the first trace that shows the fault. */
  main: FileVerdict;
  /** Only one file was dropped: its name need not be repeated. */
  single: boolean;
  now: Date | undefined;
}

/** Undefined when the knowledge has no such card or no file of the finding is in the report. */
export function findingView(
  report: Report,
  finding: Finding,
  knowledge: Knowledge,
  now?: Date,
): FindingView | undefined {
  const cause = knowledge.causes.get(finding.cause);
  const names = new Set(finding.files);
  const files = report.files.filter((f) => names.has(f.name));
  const main =
    files.find((f) => f.cause === cause?.id && f.request) ?? files.find((f) => f.cause === cause?.id) ?? files[0];
  if (!cause || !main) return undefined;
  return { cause, finding, files, main, single: report.files.length === 1, now };
}

/** A list of holders as a security template writes it: SIDs for well-known names, other names as they are. */
function templateLine(line: string): string {
  return line
    .split(',')
    .map((holder) => {
      const name = holder.trim();
      const sid = name.startsWith('*') ? undefined : sidOfName(name);
      return sid ? `*${sid}` : name;
    })
    .join(',');
}

/** Facts for the braces of a card: what the diagnosis worked out, else what the request and its deciding event say. */
export function findingFactLookup({ finding, main }: Pick<FindingView, 'finding' | 'main'>): FactLookup {
  const { request, decisive } = main;
  const backend = /^(.+):(\d{1,5})$/.exec(finding.facts['backend.host'] ?? '');
  const known: Record<string, string | number | null | undefined> = {
    'request.verb': request?.verb,
    'request.url': request?.url,
    'request.app-pool': request?.appPool,
    'request.server': request?.server,
    'request.time': request?.time,
    'request.process-id': request?.processId,
    'request.time-taken': request?.timeTakenMs,
    'final-status': request ? statusText(request) : undefined,
    'final-substatus': request?.substatus,
    'decisive.event': decisive?.name,
    'decisive.module': decisive?.module,
    'decisive.notification': decisive?.notification,
    'decisive.code': decisive?.errorCode ?? main.code,
    pool: request?.appPool,
    server: request?.server,
    file: main.name,
    ...finding.facts,
    line: finding.facts.line && templateLine(finding.facts.line),
    'backend.name': backend?.[1] ?? finding.facts['backend.host'],
    'backend.port': backend?.[2],
    // What a step may be for; see `fittingSteps`.
    'outcome.status': request ? statusText(request) : undefined,
    'outcome.code': decisive?.errorCode ?? main.code,
  };
  return (name) => {
    const value = known[name];
    return value === null || value === undefined || value === '' ? undefined : String(value);
  };
}
