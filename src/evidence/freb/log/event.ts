import { mostFields } from '../../bounded.js';
import { decodeRange } from '../../source.js';
import type { EventParts } from './event-parts.js';
import { scanData } from './iis-layout.js';
import { parseEvent } from './parse-event.js';

/** Where one event is in the bytes of its log. */
export interface EventPlace {
  bytes: Buffer;
  from: number;
  to: number;
  /** Holds comments, CDATA or processing instructions. */
  odd: boolean;
  /** Offsets of the fields and of the name, where the cheap look found them; -1 when it did not. */
  dataAt: number;
  nameAt: number;
}

/**
 * One event of a log. Its text is decoded and taken apart when first asked for; of an event laid out as IIS does it,
 * only the fields, because most rules ask for nothing else.
 */
export class FrebEvent {
  /** 1-based, in file order. */
  readonly number: number;
  readonly name: string;
  /** 0 General … 5 Verbose; -1 when not readable. */
  readonly level: number;
  readonly #place: EventPlace;
  #parts: EventParts | undefined;
  #data: Map<string, string> | undefined;

  constructor(number: number, name: string, level: number, place: EventPlace, parts?: EventParts) {
    this.number = number;
    this.name = name;
    this.level = level;
    this.#place = place;
    this.#parts = parts;
    this.#data = parts?.data;
  }

  get parts(): EventParts {
    const { bytes, from, to, odd } = this.#place;
    this.#parts ??= parseEvent(decodeRange(bytes, from, to), odd);
    return this.#parts;
  }

  /** True when a rule looked at its fields and there may be more of them than are read. */
  get overfull(): boolean {
    return this.#data?.size === mostFields;
  }

  /** Value of a field, undefined when the event does not have it. */
  get(field: string): string | undefined {
    this.#data ??= this.#parts?.data ?? this.#scanFields() ?? this.parts.data;
    return this.#data.get(field);
  }

  /** Name that IIS gives for a numeric field, e.g. `AUTHENTICATE_REQUEST` for Notification. */
  text(field: string): string | undefined {
    return this.parts.descriptions.get(field);
  }

  /** A decimal field; undefined when it is absent or no number. */
  decimal(field: string): number | undefined {
    const value = this.get(field);
    return value !== undefined && /^-?\d{1,15}$/.test(value.trim()) ? Number(value) : undefined;
  }

  /** Returns the fields alone; undefined when they are not laid out as IIS does it. */
  #scanFields(): Map<string, string> | undefined {
    const { bytes, dataAt, nameAt, odd } = this.#place;
    if (dataAt < 0 || odd) return undefined;
    const fields = new Map<string, string>();
    return scanData(decodeRange(bytes, dataAt, nameAt), 0, fields, false) >= 0 ? fields : undefined;
  }
}
