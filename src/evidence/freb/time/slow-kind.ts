import type { Trace } from '../trace.js';
import type { TimelineStep } from './open-steps.js';
import { applicationStart } from './timeline.js';

/** What a slow step waited for, or worked on. */
export type SlowKind = 'application-start' | 'page-code' | 'script-call' | 'backend' | 'client' | 'upload' | 'other';

/**
 * Steps with a smaller share of the time are not read once more for the start of a process: there are at most twenty
 * larger ones, while a strange log may hold thousands of small ones inside each other.
 */
const leastShare = 0.05;

/** The events that open steps of a kind. The first pattern that fits counts. */
const openers: readonly [RegExp, SlowKind][] = [
  [
    /^AspNet(?:Compile|Parse|MapHandler|AppDomain)|^ASP_(?:FIRST_REQUEST|START_(?:COMPILE|APPLICATION))/,
    'application-start',
  ],
  [/^GENERAL_FLUSH_RESPONSE/, 'client'],
  [/^GENERAL_READ_ENTITY/, 'upload'],
  [/^ASP_(?:SCRIPT|START_SCRIPT)/, 'script-call'],
  [/^ANCM_INPROC/, 'page-code'],
  [/^(?:ARR_|ANCM_|FASTCGI_|CGI_)/, 'backend'],
  [/^AspNet|^CALL_ISAPI_EXTENSION$|^ASP_/, 'page-code'],
];

const forwardingModule = /^(?:ApplicationRequestRouting|FastCgiModule|CgiModule|AspNetCoreModule(?:V\d)?|iisnode)$/;

/**
 * Returns the kind of a step.
 * @param total time of the whole request in milliseconds
 */
export function slowKind(trace: Trace, step: TimelineStep, total: number): SlowKind {
  if (step.opener === applicationStart) return 'application-start';
  const kind = openers.find(([pattern]) => pattern.test(step.opener))?.[1];
  if (kind) return kind;
  if (step.opener !== 'NOTIFY_MODULE_START') return 'other';
  const module = step.module ?? '';
  if (forwardingModule.test(module)) {
    return step.selfMs >= total * leastShare && startsProcess(trace, step) ? 'application-start' : 'backend';
  }
  if (module === 'AspNetInitializationExceptionModule') return 'application-start';
  return /^(?:ManagedPipelineHandler|IsapiModule)$/.test(module) ? 'page-code' : 'other';
}

/**
 * True when a forwarding module waits for half of its time before it touches the request: it is starting its process then.
 * Skips events whose time cannot be read, as the timeline does.
 */
function startsProcess(trace: Trace, step: TimelineStep): boolean {
  let before = Number.NaN;
  for (let n = step.firstEvent; n <= step.lastEvent && n <= trace.index.count; n++) {
    const next = trace.event(n);
    const time = Date.parse(next.parts.time);
    if (Number.isNaN(time)) continue;
    const isGap = time - before >= step.selfMs * 0.5;
    before = time;
    if (!isGap) continue;
    if (step.module === 'iisnode') return next.name === 'GENERAL_SET_REQUEST_HEADER';
    if (step.module === 'FastCgiModule') {
      return next.name === 'FASTCGI_ASSIGN_PROCESS' && next.get('IsNewProcess') === 'true';
    }
    return /^ANCM_(?:START_APPLICATION|REQUEST_FORWARD_START|INPROC_EXECUTE_REQUEST_START)/.test(next.name);
  }
  return false;
}
