/** A step that began and may have ended. */
export interface TimelineStep {
  /** Name of the event that opened it. */
  opener: string;
  module?: string;
  notification?: string;
  startMs: number;
  endMs: number;
  firstEvent: number;
  lastEvent: number;
  /** Time in which this step was the innermost one. */
  selfMs: number;
  /** When that was: start and end of each stretch in turn. Of very many stretches the last ones are joined. */
  spans: number[];
  /** Child request it belongs to, 0 for the request itself. */
  depth: number;
  ended: boolean;
}

/** Where a step ends: milliseconds from the first event, and the number of the event. */
export interface StepEnd {
  atMs: number;
  event: number;
  /** The module that ended; undefined for an end of any module. */
  module?: string | undefined;
}

/** No request has more steps inside each other; every end looks through those that are open. */
const deepest = 500;

/** The steps that have begun and not ended, outermost first. */
export class OpenSteps {
  readonly steps: TimelineStep[] = [];

  get innermost(): TimelineStep | undefined {
    return this.steps.at(-1);
  }

  open(step: TimelineStep): void {
    if (this.steps.length < deepest) this.steps.push(step);
  }

  /** Ends the innermost step of this opener, and what was left open inside it. Does nothing when there is none. */
  close(opener: string, end: StepEnd): void {
    // `AspNetWebEventRaiseEnd` closes `…RaiseStart`, `AspNetSessionDataEnd` closes `…DataBegin`.
    let i = this.#find(opener, end.module);
    if (i < 0 && opener.endsWith('Begin')) i = this.#find(opener.replace(/Begin$/, 'Start'), end.module);
    if (i < 0) return;
    const ended = this.steps[i];
    for (const step of this.steps.splice(i)) endStep(step, end, step === ended);
  }

  /** Ends the innermost step of this opener alone: a module that went on beside others. */
  complete(opener: string, end: StepEnd): void {
    const i = this.#find(opener, end.module);
    if (i >= 0) endStep(this.steps.splice(i, 1)[0]!, end, true);
  }

  #find(opener: string, module: string | undefined): number {
    return this.steps.findLastIndex(
      (step) => step.opener === opener && (module === undefined || step.module === module),
    );
  }
}

function endStep(step: TimelineStep, end: StepEnd, ended: boolean): void {
  step.endMs = end.atMs;
  step.lastEvent = end.event;
  step.ended = ended;
}
