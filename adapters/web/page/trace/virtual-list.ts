import { create } from './dom.js';

/** Lines drawn above and below what is visible, so that a quick scroll shows no gap. */
const spare = 12;

/**
 * Draws only the lines of a long list that are visible. Every line has the same height. The element scrolls by itself, so that the
 * browser scrolls smoothly whatever the number of lines.
 */
export class VirtualList {
  readonly element: HTMLElement;
  readonly #sizer = create('div', { class: 'lines' });
  readonly #draw: (index: number) => HTMLElement;
  readonly #drawn = new Map<number, HTMLElement>();
  #count = 0;
  #lineHeight = 0;
  #frame = 0;

  /** @param draw returns the element of a line, by its index */
  constructor(element: HTMLElement, draw: (index: number) => HTMLElement) {
    this.element = element;
    this.#draw = draw;
    element.append(this.#sizer);
    element.addEventListener('scroll', () => this.#schedule(), { passive: true });
    new ResizeObserver(() => this.#schedule()).observe(element);
  }

  /** Lines that fit into the element at once. */
  get pageLines(): number {
    return Math.max(1, Math.floor(this.element.clientHeight / this.#height()) - 1);
  }

  /** Draws everything again, because there are other lines now. */
  setCount(count: number): void {
    this.#count = count;
    for (const line of this.#drawn.values()) line.remove();
    this.#drawn.clear();
    this.#sizer.style.height = `${count * this.#height()}px`;
    this.#render();
  }

  /** Draws one line again. */
  refresh(index: number): void {
    const old = this.#drawn.get(index);
    if (!old) return;
    const line = this.#place(index);
    old.replaceWith(line);
    this.#drawn.set(index, line);
  }

  /** Scrolls a line into view; with `middle` into the middle of the element. */
  scrollTo(index: number, middle = false): void {
    const height = this.#height();
    const { scrollTop, clientHeight } = this.element;
    const top = index * height;
    if (middle) this.element.scrollTop = top - (clientHeight - height) / 2;
    else if (top < scrollTop) this.element.scrollTop = top;
    else if (top + height > scrollTop + clientHeight) this.element.scrollTop = top + height - clientHeight;
    this.#render();
  }

  #schedule(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#render();
    });
  }

  #render(): void {
    const height = this.#height();
    const first = Math.max(0, Math.floor(this.element.scrollTop / height) - spare);
    const last = Math.min(
      this.#count,
      Math.ceil((this.element.scrollTop + this.element.clientHeight) / height) + spare,
    );
    for (const [index, line] of this.#drawn) {
      if (index >= first && index < last) continue;
      line.remove();
      this.#drawn.delete(index);
    }
    for (let index = first; index < last; index++) {
      if (this.#drawn.has(index)) continue;
      const line = this.#place(index);
      this.#sizer.append(line);
      this.#drawn.set(index, line);
    }
  }

  #place(index: number): HTMLElement {
    const line = this.#draw(index);
    line.style.transform = `translateY(${index * this.#height()}px)`;
    return line;
  }

  /** The height of a line as the style sheet gives it, in pixels. */
  #height(): number {
    this.#lineHeight ||= Number.parseFloat(getComputedStyle(this.#sizer).getPropertyValue('--line-height')) || 28;
    return this.#lineHeight;
  }
}
