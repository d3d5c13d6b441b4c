import { Scrubber } from '../scrub/scrubber.js';
import { openSource } from '../source.js';
import { hresult, stageName } from './codes.js';
import type { FrebEvent } from './log/event.js';
import { openTrace } from './open-trace.js';
import { buildTimeline } from './time/timeline.js';
import { stepLabel } from './time/timeline-entries.js';
import type { Trace } from './trace.js';

/** One event of a compared log, safe to show. */
export interface ComparedEvent {
  /** 1-based, in file order. */
  event: number;
  name: string;
  module: string | null;
  notification: string | null;
  /** What this event says, in its own words: `500.0 0x80070542`, `NOTIFICATION_FINISH_REQUEST`, `Successful=false`. */
  says: string | null;
}

/** Where a failing log and a working one part. Plain data. */
export interface TraceComparison {
  /** False when a file holds no FREB log; then nothing else is filled. */
  readable: { bad: boolean; good: boolean };
  /** No difference that matters was found. */
  same: boolean;
  /** Steps on which both agree before they part. */
  common: number;
  /** The last step on which both agree. */
  before: { bad: ComparedEvent; good: ComparedEvent } | null;
  /**
   * First difference. `result`: the same step ends differently; `status`: an error status is set that the other log does
   * not have; `path`: the logs go different ways; `end`: one stops. A side is null when it has nothing there.
   */
  parting: { why: 'result' | 'status' | 'path' | 'end'; bad: ComparedEvent | null; good: ComparedEvent | null } | null;
  /** Steps that took longer in the failing log by 100 ms or more, slowest first. */
  slower: { step: string; badMs: number; goodMs: number }[];
}

/**
 * Finds the first event where a failing log and a working log part. Events are aligned by name, module and stage;
 * what differs from run to run anyway (caches, headers, compilation) is left out.
 * @param bad bytes of the failing log
 * @param good bytes of the working log
 */
export function compareTraces(bad: Uint8Array, good: Uint8Array): TraceComparison {
  const badTrace = openTrace(openSource(bad));
  const goodTrace = openTrace(openSource(good));
  const result: TraceComparison = {
    readable: { bad: badTrace !== null, good: goodTrace !== null },
    same: false,
    common: 0,
    before: null,
    parting: null,
    slower: [],
  };
  if (!badTrace || !goodTrace) return result;
  const left = stepsOf(badTrace);
  const right = stepsOf(goodTrace);
  align(left, right, result);
  result.same = result.parting === null;
  result.slower = slowerSteps(badTrace, goodTrace);
  return result;
}

interface ComparedStep {
  key: string;
  says: string | null;
  event: FrebEvent;
}

/** Events that differ between two runs of the same request without meaning anything. */
const incidental =
  /^(?:FILE_CACHE_CREATE_FILE|AUTH_(?:START|END|REQUEST_AUTH_TYPE)$|URL_CACHE_|OUTPUT_CACHE_|HTTPSYS_CACHEABLE|STATIC_COMPRESSION_|DYNAMIC_COMPRESSION_|GENERAL_(?:SET_RE|REQUEST_HEADERS|REQUEST_ENTITY|RESPONSE_|ENDPOINT|FLUSH|GET_URL|NOT_SEND|READ_ENTITY)|VIRTUAL_MODULE|HANDLER_PRECONDITION|MODULE_PRECONDITION|FILTER_|AspNet(?:Compile|Parse|PageTrace|AppDomain|WebEventDeliver)|ASP_(?:FIRST|NEW_SESSION|START_COMPILE|END_COMPILE|READ_FILE|START_GLOBAL|END_GLOBAL|GLOBAL)|SET_SERVER_VARIABLE|CONDITION)/;

function stepsOf(trace: Trace): ComparedStep[] {
  const steps: ComparedStep[] = [];
  for (let n = 1; n <= trace.index.count; n++) {
    const event = trace.event(n);
    if (incidental.test(event.name)) continue;
    steps.push({ key: keyOf(event), says: resultOf(event), event });
  }
  return steps;
}

function keyOf(event: FrebEvent): string {
  const module = event.get('ModuleName') ?? '';
  const stage = event.get('Notification') ?? '';
  const post = event.get('fIsPostNotification') ?? event.get('fIsPostNotificationEvent') ?? '';
  const more = /^AspNetPipeline/.test(event.name) ? (event.get('Data1') ?? '') : (event.get('RuleName') ?? '');
  return [event.name, module, stage, post, more].join('|');
}

/** Returns the result an event carries; null when it has none. */
function resultOf(event: FrebEvent): string | null {
  if (event.name.startsWith('MODULE_SET_RESPONSE_')) {
    const sub = event.get('HttpSubStatus');
    const code = hresult(event.get('ErrorCode'));
    return `${event.get('HttpStatus') ?? ''}${sub ? `.${sub}` : ''}${code ? ` ${code}` : ''}`;
  }
  if (event.name === 'GENERAL_REQUEST_END')
    return `${event.get('HttpStatus') ?? ''}.${event.get('HttpSubStatus') ?? '0'}`;
  const results: string[] = [];
  for (const field of [
    'NotificationStatus',
    'Successful',
    'TokenImpersonationLevel',
    'Matched',
    'Succeeded',
    'NewHandlerName',
  ]) {
    const value = event.get(field);
    if (value === undefined) continue;
    results.push(
      field === 'NotificationStatus' || field === 'TokenImpersonationLevel'
        ? (event.text(field) ?? value)
        : `${field}=${value}`,
    );
  }
  const code = hresult(event.get('ErrorCode'));
  if (code) results.push(code);
  return results.length > 0 ? results.join(' ') : null;
}

/** The most steps that are skipped to find where both logs go on alike. */
const window = 40;

function align(left: ComparedStep[], right: ComparedStep[], result: TraceComparison): void {
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const a = left[i]!;
    const b = right[j]!;
    if (a.key === b.key && a.says === b.says) {
      result.common++;
      result.before = { bad: toComparedEvent(a), good: toComparedEvent(b) };
      i++;
      j++;
      continue;
    }
    if (a.key === b.key) {
      result.parting = {
        why: setsError(a) || setsError(b) ? 'status' : 'result',
        bad: toComparedEvent(a),
        good: toComparedEvent(b),
      };
      return;
    }
    const gap = findResumption(left, i, right, j);
    const skipped = gap ? [...left.slice(i, i + gap[0]), ...right.slice(j, j + gap[1])] : [];
    if (!gap || skipped.some(setsError)) {
      const error = gap ? skipped.find(setsError)! : setsError(a) ? a : null;
      const bad = error && left.includes(error) ? error : a;
      result.parting = { why: error ? 'status' : 'path', bad: toComparedEvent(bad), good: toComparedEvent(b) };
      return;
    }
    i += gap[0];
    j += gap[1];
  }
  if (i < left.length || j < right.length) {
    result.parting = {
      why: 'end',
      bad: left[i] ? toComparedEvent(left[i]!) : null,
      good: right[j] ? toComparedEvent(right[j]!) : null,
    };
  }
}

function setsError(step: ComparedStep): boolean {
  return step.event.name === 'MODULE_SET_RESPONSE_ERROR_STATUS' || (step.event.level >= 1 && step.event.level <= 2);
}

/** Returns the smallest skip on both sides after which three steps agree; null when there is none nearby. */
function findResumption(left: ComparedStep[], i: number, right: ComparedStep[], j: number): [number, number] | null {
  for (let total = 1; total <= window; total++) {
    for (let a = 0; a <= total; a++) {
      const b = total - a;
      const fits = [0, 1, 2].every(
        (n) => left[i + a + n] !== undefined && left[i + a + n]!.key === right[j + b + n]?.key,
      );
      if (fits) return [a, b];
    }
  }
  return null;
}

function toComparedEvent(step: ComparedStep): ComparedEvent {
  const scrub = new Scrubber();
  const { event } = step;
  const module = event.get('ModuleName');
  const stage = stageName(event.get('Notification'), event.text('Notification'));
  return {
    event: event.number,
    name: scrub.text(event.name),
    module: module ? scrub.text(module) : null,
    notification: stage === null ? null : scrub.text(stage),
    says: step.says === null ? null : scrub.text(step.says),
  };
}

/** Smaller differences, in milliseconds, are the steps of the clock and the load of the machine. */
const leastDifference = 100;

function slowerSteps(bad: Trace, good: Trace): TraceComparison['slower'] {
  const goodTimes = timesOf(good);
  return [...timesOf(bad)]
    .map(([step, badMs]) => ({ step, badMs, goodMs: goodTimes.get(step) ?? 0 }))
    .filter((s) => s.badMs - s.goodMs >= leastDifference)
    .sort((a, b) => b.badMs - b.goodMs - (a.badMs - a.goodMs))
    .slice(0, 5)
    .map((s) => ({ ...s, step: new Scrubber().text(s.step) }));
}

function timesOf(trace: Trace): Map<string, number> {
  const times = new Map<string, number>();
  for (const step of buildTimeline(trace).steps) {
    if (step.selfMs <= 0) continue;
    const name = [stepLabel(step), step.notification].filter(Boolean).join(' at ');
    times.set(name, (times.get(name) ?? 0) + step.selfMs);
  }
  return times;
}
