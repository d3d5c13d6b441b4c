import { DamagedBytesError } from './byte-reader.js';
import type { Piece, Shape, Slot } from './shape.js';

/** One element of a decoded event. */
export interface EventElement {
  name: string;
  attributes: Map<string, string>;
  children: EventElement[];
  text: string;
}

/** What is in a slot: text, a list that repeats its element, an element, or nothing. */
export type SlotValue = string | readonly string[] | EventElement | undefined;

/** Elements and characters that are built for one event at most. A real one has some dozens, and its text at most 64 KB. */
const mostElements = 10_000;
const mostCharacters = 512 * 1024;

/** What may still be built for one event. It is bounded because a template may repeat one value without end. */
export class Allowance {
  #elements = mostElements;
  #characters = mostCharacters;

  /** @throws DamagedBytesError when it is used up */
  spend(elements: number, characters: number): void {
    this.#elements -= elements;
    this.#characters -= characters;
    if (this.#elements < 0 || this.#characters < 0) throw new DamagedBytesError('more than an event holds');
  }

  get spent(): number {
    return mostElements - this.#elements;
  }
}

/** Returns the elements of a shape filled with values: a list repeats its element, a missing optional value leaves it out. */
export function fillShape(shape: Shape, readSlot: (slot: Slot) => SlotValue, allowance: Allowance): EventElement[] {
  const values = new Map<Slot, SlotValue>();
  let repeatedSlot: { slot: Slot; items: readonly string[] } | undefined;
  for (const piece of shape.content) {
    if (!isSlot(piece)) continue;
    const value = readSlot(piece);
    if (value === undefined && piece.optional && shape.content.length === 1) return [];
    if (Array.isArray(value)) repeatedSlot ??= { slot: piece, items: value };
    values.set(piece, value);
  }
  const attributes = new Map<string, string>();
  for (const { name, value } of shape.attributes) {
    const parts = value.map((piece) => (isSlot(piece) ? readSlot(piece) : piece));
    if (parts.every((part) => part === undefined)) continue;
    const text = parts.map(asText).join('');
    allowance.spend(0, text.length);
    attributes.set(name, text);
  }
  const buildElement = (item?: string): EventElement => {
    const element: EventElement = { name: shape.name, attributes, children: [], text: '' };
    allowance.spend(1, 0);
    for (const piece of shape.content) {
      const value = !isSlot(piece) ? piece : piece === repeatedSlot?.slot ? item : values.get(piece);
      if (value === undefined) continue;
      if (typeof value === 'string' || Array.isArray(value)) {
        const text = asText(value as SlotValue);
        allowance.spend(0, text.length);
        element.text += text;
      } else if ('content' in value) {
        element.children.push(...fillShape(value, readSlot, allowance));
      } else element.children.push(value as EventElement);
    }
    return element;
  };
  if (!repeatedSlot) return [buildElement()];
  return repeatedSlot.items.length === 0 ? [buildElement('')] : repeatedSlot.items.map((item) => buildElement(item));
}

function isSlot(piece: Piece): piece is Slot {
  return typeof piece === 'object' && 'index' in piece;
}

function asText(value: SlotValue): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.join(', ') : '';
}

/** Returns the first child of that name. */
export function childOf(element: EventElement | undefined, name: string): EventElement | undefined {
  return element?.children.find((child) => child.name === name);
}
