/** Longer texts seldom come again. In characters. */
const longestHarmless = 160;

/** Short texts that hold nothing private: names of modules and stages come again in every log. Bounded. */
export class HarmlessTexts {
  #texts = new Set<string>();

  has(text: string): boolean {
    return text.length <= longestHarmless && this.#texts.has(text);
  }

  add(text: string): void {
    if (text.length > longestHarmless) return;
    if (this.#texts.size >= 4096) this.#texts = new Set();
    this.#texts.add(text);
  }
}
