import type { Damage, EvidenceKind, Fact, Observation, Origin, Reading, TimelineEntry } from './evidence.js';
import { mark } from './scrub/rule.js';
import { Scrubber } from './scrub/scrubber.js';
import { holderShape, listsHolders, type Pass, passes } from './vocabulary/identifiers.js';
import type { ObservationName, ObservationValue } from './vocabulary/index.js';

/** Where a fact stands: number of the line or event, the field, and the raw text when it differs from the value. */
export type FactPlace = Omit<Fact, 'name' | 'value'>;

/** As much of anything as an answer can use; what a hostile file has beyond it would only take memory. */
export const mostOfAKind = 5_000;

/** A value is cut to what a person would still read. */
const longestValue = 500;
const longestRaw = 2000;
const mostLookedAt = 8000;

/**
 * Collects the facts of one file while it is read, and is the gate they leave by: whatever a reader adds, every string of
 * it is scrubbed here, unless it is an identifier of a known shape (`vocabulary/identifiers.ts`). Of every kind of fact the
 * first 5,000 are kept: `reading.first-of` says of what there was more.
 */
export class ObservationCollector {
  readonly observations: Observation[] = [];
  readonly scrub = new Scrubber();
  /** Values kept back that are only counted: lines of a log, passwords of a configuration. */
  withheld = 0;
  readonly #counts = new Map<ObservationName, number>();
  readonly #more = new Set<string>();

  add<N extends ObservationName>(name: N, value: ObservationValue<N>, place: FactPlace = {}): void {
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    if (!this.hasRoom(count - 1, `values of ${name}`)) return;
    this.observations.push({ name, value: this.#value(name, value), ...this.#place(name, place) } as Observation);
  }

  /**
   * The first 5,000 of many, for loops over what a file lists.
   * @param of what they are, in the plural, for the sentence that says that there are more
   */
  first<T>(many: Iterable<T>, of: string): T[] {
    const kept: T[] = [];
    for (const one of many) {
      if (!this.hasRoom(kept.length, of)) break;
      kept.push(one);
    }
    return kept;
  }

  /** True while fewer than 5,000 are kept; else it is noted that there are more. */
  hasRoom(kept: number, of: string): boolean {
    if (kept < mostOfAKind) return true;
    if (!this.#more.has(of)) this.observations.push({ name: 'reading.first-of', value: of } as Observation);
    this.#more.add(of);
    return false;
  }

  /** Counts a value that stays behind, unless there is none (`-` and empty stand for "no value" in logs). */
  countWithheld(value: string | undefined | null): void {
    if (value && value !== '-') this.withheld++;
  }

  has(name: ObservationName): boolean {
    return this.observations.some((o) => o.name === name);
  }

  /** How many values stayed behind so far. */
  get withheldTotal(): number {
    return this.withheld + this.scrub.count;
  }

  /** A timeline whose names passed the gate. */
  timeline(entries: readonly TimelineEntry[]): TimelineEntry[] {
    return entries.map((entry) => {
      const { step, module, notification } = entry;
      const shown = {
        step: this.#name(step),
        module: module && this.#name(module),
        notification: notification && this.#shown(notification, passes['decisive.notification'], longestValue),
      };
      // Names of modules and stages mostly pass as they are: then nothing is copied.
      const same = shown.step === step && shown.module === module && shown.notification === notification;
      return same ? entry : { ...entry, ...shown };
    });
  }

  reading(
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

  #value(name: ObservationName, value: ObservationValue): ObservationValue {
    if (typeof value === 'string') return this.#shown(value, passes[name], longestValue);
    if (!Array.isArray(value)) return value;
    return this.first<string>(value, `values of ${name}`).map((one) => this.#shown(one, passes[name], longestValue));
  }

  #place(name: ObservationName, place: FactPlace): FactPlace {
    const { eventName, field, raw } = place;
    if (eventName === undefined && field === undefined && raw === undefined) return place;
    const shown = { ...place };
    if (eventName !== undefined) shown.eventName = this.scrub.text(eventName);
    if (field !== undefined) shown.field = this.scrub.text(field);
    if (raw !== undefined)
      shown.raw = listsHolders(name) ? this.#list(raw) : this.#shown(raw, passes[name], longestRaw);
    return shown;
  }

  #name(text: string): string {
    return this.#shown(text, undefined, longestValue);
  }

  #shown(text: string, pass: Pass | undefined, length: number): string {
    // Only for free text: a word that is harmless in a sentence may still be an account in a list of holders.
    if (pass === undefined && this.scrub.isHarmless(text)) return text;
    if (pass instanceof RegExp && text.length <= longestRaw && pass.test(text)) return clip(text, length);
    if (typeof pass === 'object' && 'only' in pass) {
      if (pass.only.test(text)) return text;
      this.scrub.withhold(text);
      return mark;
    }
    // A list was cut at its commas: what is left of another text has no shape any more, so that only names pass.
    if (pass === holderShape && !name.test(text)) return this.scrub.user(text);
    // Behind a value may stand how often it was seen.
    const counted = text.endsWith(')') ? (/ \(\d{1,15} lines?\)$/.exec(text)?.[0] ?? '') : '';
    const told = counted === '' ? text : text.slice(0, -counted.length);
    return clip((pass === 'url' ? this.#url(told) : this.scrub.text(whole(told))) + counted, length);
  }

  /** The line of a right: `SeX = a,b`. Each holder passes by itself. */
  #list(raw: string): string {
    const key = /^Se\w{3,60} = ?/.exec(raw)?.[0] ?? '';
    const parts = clip(raw.slice(key.length), longestRaw).split(/([,;]\s{0,4})/);
    return key + parts.map((part, i) => (i % 2 === 1 ? part : this.#shown(part, holderShape, longestValue))).join('');
  }

  /** A URL, or a path of Windows where one may stand in its place. */
  #url(text: string): string {
    return /^(?:[A-Za-z]:|\\\\)/.test(text) ? this.scrub.text(whole(text)) : this.scrub.url(text);
  }
}

/** One name of an account without its authority, in any language. */
const name = /^\*?[\p{L}\p{N}](?:[\p{L}\p{N} ._$-]*[\p{L}\p{N}])?$/u;

/** Much more than is shown is not looked at; a word at the cut is left out, because half a secret has no shape. */
function whole(text: string): string {
  if (text.length <= mostLookedAt) return text;
  const cut = text.slice(0, mostLookedAt);
  return cut.slice(0, Math.max(cut.lastIndexOf(' '), cut.lastIndexOf('\n'), mostLookedAt / 2));
}

function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
