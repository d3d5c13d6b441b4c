import type { FileVerdict, Finding, Report } from '../diagnosis/report.js';
import { sidOfName } from '../evidence/sids.js';
import type { Cause } from '../knowledge/cause-schema.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { statusText } from './parts.js';
import type { FactLookup } from './wording.js';

/** A finding with everything its answer needs. */
export interface FindingView {
  cause: Cause;
  finding: Finding;
  /** The files it rests on, in the order they came. */
  files: FileVerdict[];
  /** The file whose request the answer shows: the first trace with the fault. */
  main: FileVerdict;
  /** True when the report has one file, whose name need not be repeated. */
  single: boolean;
  now: Date | undefined;
}

/** Returns undefined when the knowledge has no such card, or the report no file of the finding. */
export function findingView(
  report: Report,
  finding: Finding,
  knowledge: Knowledge,
  now?: Date,
): FindingView | undefined {
  const cause = knowledge.causes.get(finding.cause);
  const names = new Set(finding.files);
  const files = report.files.filter((f) => names.has(f.name));
  const claimants = files.filter((f) => f.cause === cause?.id);
  const main =
    claimants.find((f) => f.request) ??
    claimants.find((f) => f.confidence === finding.confidence) ??
    claimants[0] ??
    files[0];
  if (!cause || !main) return undefined;
  return { cause, finding, files, main, single: report.files.length === 1, now };
}

/** Returns a list of holders as a security template writes it: SIDs for well-known names, other names as they are. */
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

/** Looks up facts for the braces of a card: those of the diagnosis first, then those of the request and its deciding event. */
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
    // `fittingSteps` chooses by these.
    'outcome.status': request ? statusText(request) : undefined,
    'outcome.code': decisive?.errorCode ?? main.code,
    'told.fact': main.told?.join(', '),
  };
  return (name) => {
    const value = known[name];
    return value === null || value === undefined || value === '' ? undefined : String(value);
  };
}
