import type { FrebEvent } from './event.js';
import { buildTimeline, labelOf, type Timeline, type TimelineStep } from './timeline.js';
import type { TraceObserver } from './trace-observer.js';

type Kind = 'application-start' | 'page-code' | 'script-call' | 'backend' | 'client' | 'upload' | 'other';

/**
 * Steps with a smaller share of the time are not read once more for the start of a process: there are at most twenty
 * larger ones, while a strange log may hold thousands of small ones inside each other.
 */
const worthReading = 0.05;

/** Requests that took less are not looked at for slowness: with steps of 15.6 ms there is little to say. */
const worthALook = 1000;

/** Facts about time: what was open when the trace stopped, and what took longest. Returns the timeline when it was built. */
export function observeTime(facts: TraceObserver, wanted: boolean): Timeline | null {
  const { trace, gather } = facts;
  const taken = Number(trace.root.attributes.get('timeTaken') ?? 0);
  const overTime = trace.root.attributes.get('failureReason') === 'TIME_TAKEN';
  const ended = gather.observations.some((o) => o.name === 'trace.ends' && o.value === true);
  const slow = taken >= worthALook || overTime;
  if (ended) observeUnleft(facts);
  if (!wanted && !slow && ended) return null;
  const timeline = buildTimeline(trace);
  if (!ended) {
    for (const step of timeline.open) {
      facts.add('open-step', describe(step), trace.event(step.firstEvent));
    }
  }
  if (slow) observeSlow(facts, timeline, taken);
  return timeline;
}

/** In a whole trace, a start without an end is where an exception or a lost connection left the code. */
const leavable: readonly [string, string][] = [
  ['AspNetPagePreInitEnter', 'AspNetPagePreInitLeave'],
  ['AspNetPageInitEnter', 'AspNetPageInitLeave'],
  ['AspNetPageLoadEnter', 'AspNetPageLoadLeave'],
  ['AspNetPagePreRenderEnter', 'AspNetPagePreRenderLeave'],
  ['AspNetPageRenderEnter', 'AspNetPageRenderLeave'],
  ['AspNetCompileEnter', 'AspNetCompileLeave'],
  ['AspNetParseEnter', 'AspNetParseLeave'],
  ['ARR_REQUEST_HEADERS_START', 'ARR_REQUEST_HEADERS_END'],
  ['ARR_RESPONSE_HEADERS_START', 'ARR_RESPONSE_HEADERS_END'],
  ['ANCM_REQUEST_FORWARD_START', 'ANCM_REQUEST_FORWARD_END'],
  ['ANCM_INPROC_EXECUTE_REQUEST_START', 'ANCM_INPROC_EXECUTE_REQUEST_COMPLETION'],
];

function observeUnleft(facts: TraceObserver): void {
  // Redirects and Response.End leave a page the same way, and are no failure.
  const failed = facts.gather.observations.some(
    (o) => (o.name === 'final-status' && Number(o.value) >= 400) || o.name === 'aspnet.web-event',
  );
  if (!failed) return;
  for (const [enter, leave] of leavable) {
    if (facts.trace.count(enter) > facts.trace.count(leave)) facts.add('open-step', enter);
  }
}

function describe(step: TimelineStep): string {
  return [step.opener, step.module, step.notification].filter(Boolean).join(' ');
}

function observeSlow(facts: TraceObserver, timeline: Timeline, taken: number): void {
  const { trace } = facts;
  const damaged = trace.damage.includes('truncated') || trace.damage.includes('cut-off');
  const total = Math.max(taken, timeline.spanMs);
  // The time after the last event belongs to what was still open, unless events are missing.
  const inner = timeline.open.at(-1);
  if (inner && !damaged) inner.selfMs += timeline.tailMs;
  const byKind = new Map<Kind, TimelineStep[]>();
  for (const step of timeline.steps) {
    if (step.selfMs <= 0) continue;
    const kind = kindOf(facts, step, step.selfMs >= total * worthReading);
    const alike = byKind.get(kind);
    if (alike) alike.push(step);
    else byKind.set(kind, [step]);
  }
  let best: { kind: Kind; steps: TimelineStep[]; ms: number } | null = null;
  for (const [kind, steps] of byKind) {
    const ms = steps.reduce((sum, s) => sum + s.selfMs, 0);
    if (!best || ms > best.ms) best = { kind, steps, ms };
  }
  if (!best || total <= 0) return;
  // Most of a cut log's time may lie in what is missing: then no step is to blame.
  if (damaged && best.ms < total * 0.5) return;
  const steps = best.steps.sort((a, b) => b.selfMs - a.selfMs);
  const large = steps.filter((s) => s.selfMs >= best.ms * 0.15);
  const named = [...new Set(large.map(labelOf))].slice(0, 3);
  const event = trace.event(steps[0]!.firstEvent);
  facts.add('slow.step', named.join(' + '), event);
  facts.add('slow.kind', best.kind, event);
  const { lastEvent, firstEvent } = steps[0]!;
  const extent =
    large.length > 1 ? ` in ${large.length} steps` : lastEvent > firstEvent ? ` to event ${lastEvent}` : '';
  facts.add('slow.ms', best.ms, event, 'TimeCreated', `${best.ms} ms${extent}`);
  facts.add('slow.share', Math.round((best.ms / total) * 100) / 100, event);
  const where = placeOf(facts, steps[0]!, event, best.kind);
  if (where) facts.add('slow.where', where, event);
}

const backendModule = /^(?:ApplicationRequestRouting|FastCgiModule|CgiModule|AspNetCoreModule(?:V\d)?|iisnode)$/;

function kindOf(facts: TraceObserver, step: TimelineStep, large: boolean): Kind {
  const { opener, module } = step;
  if (
    opener === 'application start' ||
    /^AspNet(?:Compile|Parse|MapHandler|AppDomain)|^ASP_(?:FIRST_REQUEST|START_(?:COMPILE|APPLICATION))/.test(opener)
  ) {
    return 'application-start';
  }
  if (/^(?:GENERAL_FLUSH_RESPONSE)/.test(opener)) return 'client';
  if (/^GENERAL_READ_ENTITY/.test(opener)) return 'upload';
  if (/^ASP_(?:SCRIPT|START_SCRIPT)/.test(opener)) return 'script-call';
  if (/^ANCM_INPROC/.test(opener)) return 'page-code';
  if (/^(?:ARR_|ANCM_|FASTCGI_|CGI_)/.test(opener)) return 'backend';
  if (/^AspNet/.test(opener) || opener === 'CALL_ISAPI_EXTENSION' || /^ASP_/.test(opener)) return 'page-code';
  if (opener === 'NOTIFY_MODULE_START') {
    if (backendModule.test(module ?? '')) return large && startsProcess(facts, step) ? 'application-start' : 'backend';
    if (/^(?:ManagedPipelineHandler|IsapiModule)$/.test(module ?? '')) return 'page-code';
    if (module === 'AspNetInitializationExceptionModule') return 'application-start';
  }
  return 'other';
}

/** A forwarding module that waits before it has touched the request is still starting its process. */
function startsProcess(facts: TraceObserver, step: TimelineStep): boolean {
  const { trace } = facts;
  let before = -1;
  for (let n = step.firstEvent; n < step.lastEvent && n < trace.index.count; n++) {
    const now = Date.parse(trace.event(n).parts.time);
    const next = trace.event(n + 1);
    const gap = Date.parse(next.parts.time) - now;
    if (gap < step.selfMs * 0.5) continue;
    before = n;
    if (step.module === 'iisnode') return next.name === 'GENERAL_SET_REQUEST_HEADER';
    if (step.module === 'FastCgiModule')
      return /^FASTCGI_ASSIGN_PROCESS$/.test(next.name) && next.get('IsNewProcess') === 'true';
    return /^ANCM_(?:START_APPLICATION|REQUEST_FORWARD_START|INPROC_EXECUTE_REQUEST_START)/.test(next.name);
  }
  return before >= 0;
}

/** File, line, statement, host or module of a slow step. */
function placeOf(facts: TraceObserver, step: TimelineStep, event: FrebEvent, kind: Kind): string | null {
  const file = event.get('FilePath') ?? event.get('FileName');
  if (file) {
    const line = event.get('LineNumber');
    const statement = event.get('CurrentStatement');
    return [file, line ? ` line ${line}` : '', statement ? `: ${statement}` : ''].join('');
  }
  if (event.get('DllName')) return event.get('DllName')!;
  if (step.module) return [step.module, step.notification].filter(Boolean).join(' at ');
  if (kind === 'backend') {
    const host = facts.gather.observations.find((o) => o.name === 'backend.host')?.value;
    return typeof host === 'string' ? host : null;
  }
  if (kind === 'page-code') {
    const path = facts.trace.root.attributes
      .get('url')
      ?.replace(/^[a-z]+:\/\/[^/]*/i, '')
      .split('?')[0];
    return path ?? null;
  }
  return null;
}
