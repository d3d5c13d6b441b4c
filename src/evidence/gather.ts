import type { Damage, EvidenceKind, Fact, Observation, Origin, Reading, TimelineEntry, Waterfall } from './evidence.js';
import { mark } from './scrub/rule.js';
import { Scrubber } from './scrub/scrubber.js';
import { holderShape, listsHolders, type Pass, passes } from './vocabulary/identifiers.js';
import type { ObservationName, ObservationValue } from './vocabulary/index.js';

/** Where a fact is: number of the line or event, the field, and the raw text when it differs from the value. */
export type FactPlace = Omit<Fact, 'name' | 'value'>;

/** As much of anything as an answer can use; what a hostile file has beyond it would only take memory. */
export const mostOfAKind = 5_000;

/** A value is cut to what a person would still read, in characters. */
const longestValue = 500;
const longestRaw = 2000;
/** A text is scrubbed up to here; what is shown is much shorter. */
const longestScrubbed = 8000;

/**
 * Collects the observations of one file while it is read, and is the gate they leave by: every string that a reader adds
 * is scrubbed here, unless it is an identifier of a known shape (`vocabulary/identifiers.ts`). Of every kind the first
 * 5,000 are collected; the observation `reading.first-of` says of what there are more.
 */
export class ObservationCollector {
  readonly observations: Observation[] = [];
  readonly scrub = new Scrubber();
  /** Withheld values that are only counted: lines of a log, passwords of a configuration. */
  withheld = 0;
  readonly #counts = new Map<ObservationName, number>();
  readonly #overfull = new Set<string>();

  /** Adds an observation, scrubbed, unless there are 5,000 of its kind. */
  add<N extends ObservationName>(name: N, value: ObservationValue<N>, place: FactPlace = {}): void {
    const before = this.#counts.get(name) ?? 0;
    this.#counts.set(name, before + 1);
    if (before >= mostOfAKind) {
      this.#noteMore(`values of ${name}`);
      return;
    }
    const pass = passes[name];
    const observation: Fact = { name, value: this.#passValue(name, value, pass) };
    const { event, eventName, field, raw } = place;
    if (event !== undefined) observation.event = event;
    if (eventName !== undefined) observation.eventName = this.scrub.text(eventName);
    if (field !== undefined) observation.field = this.scrub.text(field);
    if (raw !== undefined)
      observation.raw = listsHolders(name) ? this.#passHolders(raw) : this.#pass(raw, pass, longestRaw);
    this.observations.push(observation as Observation);
  }

  /**
   * Returns the first 5,000 of many, for loops over what a file lists.
   * @param of what they are, in the plural, for the sentence that says that there are more
   */
  first<T>(many: Iterable<T>, of: string): T[] {
    const first: T[] = [];
    for (const one of many) {
      if (!this.hasRoom(first.length, of)) break;
      first.push(one);
    }
    return first;
  }

  /** True while there are fewer than 5,000; else an observation says that there are more. */
  hasRoom(count: number, of: string): boolean {
    if (count < mostOfAKind) return true;
    this.#noteMore(of);
    return false;
  }

  #noteMore(of: string): void {
    if (this.#overfull.has(of)) return;
    this.#overfull.add(of);
    this.observations.push({ name: 'reading.first-of', value: of } as Observation);
  }

  /** Counts a value that is withheld, unless there is none (`-` and empty stand for "no value" in logs). */
  countWithheld(value: string | undefined | null): void {
    if (value && value !== '-') this.withheld++;
  }

  has(name: ObservationName): boolean {
    return this.observations.some((o) => o.name === name);
  }

  /** Returns the number of the event that the first observation of a name was read from. */
  eventOf(name: ObservationName): number | undefined {
    return this.observations.find((o) => o.name === name)?.event;
  }

  /** How many values are withheld so far. */
  get withheldTotal(): number {
    return this.withheld + this.scrub.count;
  }

  /** Returns a timeline whose names passed the gate. */
  timeline<Entry extends Pick<TimelineEntry, 'step' | 'module' | 'notification'>>(entries: readonly Entry[]): Entry[] {
    return entries.map((entry) => {
      const step = this.#pass(entry.step, undefined, longestValue);
      const module = entry.module && this.#pass(entry.module, undefined, longestValue);
      const notification = entry.notification && this.#passStage(entry.notification);
      // Names of modules and stages mostly pass as they are: then nothing is copied.
      const same = step === entry.step && module === entry.module && notification === entry.notification;
      return same ? entry : { ...entry, step, module, notification };
    });
  }

  /** Passes the name of a stage; ` (post)` behind it stays. */
  #passStage(text: string): string {
    const post = text.endsWith(' (post)') ? ' (post)' : '';
    return this.#pass(text.slice(0, text.length - post.length), passes['decisive.notification'], longestValue) + post;
  }

  /** Returns a waterfall whose names passed the gate. */
  waterfall(waterfall: Waterfall): Waterfall {
    return { ...waterfall, bars: this.timeline(waterfall.bars) };
  }

  /**
   * Returns the value of an event's field as a view of the trace may show it.
   * @param like the observation whose pass it gets; without one it is free text
   */
  field(value: string, like?: ObservationName): string {
    return this.#pass(value, like && passes[like], longestValue);
  }

  /** Returns what was collected as the reading of a file. */
  toReading(
    file: string,
    kind: EvidenceKind,
    form: string,
    more: { origin?: Origin | null; damage?: Damage[] } = {},
  ): Reading {
    return {
      file,
      kind,
      form,
      origin: more.origin ?? null,
      damage: more.damage ?? [],
      observations: this.observations,
      withheld: this.withheldTotal,
    };
  }

  #passValue(name: ObservationName, value: ObservationValue, pass: Pass | undefined): ObservationValue {
    if (typeof value === 'string') return this.#pass(value, pass, longestValue);
    if (!Array.isArray(value)) return value;
    return this.first<string>(value, `values of ${name}`).map((one) => this.#pass(one, pass, longestValue));
  }

  /** Returns a text as it may leave: as it stands when it has the shape of its identifier, else scrubbed. */
  #pass(text: string, pass: Pass | undefined, length: number): string {
    // Only for free text: a word that is harmless in a sentence may still be an account in a list of holders.
    if (pass === undefined && this.scrub.isHarmless(text)) return text;
    if (pass instanceof RegExp && text.length <= longestRaw && pass.test(text)) return clip(text, length);
    if (typeof pass === 'object' && 'only' in pass) {
      if (pass.only.test(text)) return text;
      this.scrub.withhold(text);
      return mark;
    }
    // A list was cut at its commas: what is left of another text has no shape any more, so that only names pass.
    if (pass === holderShape && !accountName.test(text)) return this.scrub.user(text);
    // Behind a value may be how many lines had it.
    const count = text.endsWith(')') ? (/ \(\d{1,15} lines?\)$/.exec(text)?.[0] ?? '') : '';
    const value = count === '' ? text : text.slice(0, -count.length);
    return clip((pass === 'url' ? this.#scrubUrl(value) : this.scrub.text(cutAtWord(value))) + count, length);
  }

  /** Passes the line of a right, `SeX = a,b`: each holder passes by itself. */
  #passHolders(raw: string): string {
    const key = /^Se\w{3,60} = ?/.exec(raw)?.[0] ?? '';
    const parts = clip(raw.slice(key.length), longestRaw).split(/([,;]\s{0,4})/);
    return key + parts.map((part, i) => (i % 2 === 1 ? part : this.#pass(part, holderShape, longestValue))).join('');
  }

  /** Scrubs a URL, or a path of Windows where one may be in its place. */
  #scrubUrl(text: string): string {
    return /^(?:[A-Za-z]:|\\\\)/.test(text) ? this.scrub.text(cutAtWord(text)) : this.scrub.url(text);
  }
}

/** One name of an account without its authority, in any language. */
const accountName = /^\*?[\p{L}\p{N}](?:[\p{L}\p{N} ._$-]*[\p{L}\p{N}])?$/u;

/** Cuts what is much longer than is shown, at a word: half a secret has no shape. */
function cutAtWord(text: string): string {
  if (text.length <= longestScrubbed) return text;
  const cut = text.slice(0, longestScrubbed);
  return cut.slice(0, Math.max(cut.lastIndexOf(' '), cut.lastIndexOf('\n'), longestScrubbed / 2));
}

function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
