import { create } from './trace/dom.js';

/** Milliseconds after the last key before a search begins. */
const typingMs = 120;

/** Creates a box that searches once the person stops typing. */
export function createSearch(placeholder: string, label: string, search: () => void): HTMLInputElement {
  const box = create('input', { type: 'search', placeholder, 'aria-label': label });
  let timer: ReturnType<typeof setTimeout> | undefined;
  box.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(search, typingMs);
  });
  return box;
}

/** Creates a list to choose one of the values from, or all, which is the empty one. */
export function createChoice(
  label: string,
  all: string,
  values: readonly string[],
  choose: () => void,
): HTMLSelectElement {
  const options = values.map((value) => create('option', { value }, value));
  const list = create('select', { 'aria-label': label }, create('option', { value: '' }, all), ...options);
  list.addEventListener('change', choose);
  return list;
}
