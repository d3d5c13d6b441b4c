import { createChoice, createSearch } from '../filter-controls.js';
import { create, createButton } from './dom.js';
import { isFiltering, noFilter, type TraceFilter } from './trace-filter.js';
import type { TraceTree } from './trace-tree.js';

/** The controls above a tree. `element` shows them; `say` tells how many events are shown. */
export interface FilterBar {
  element: HTMLElement;
  say(text: string): void;
}

/** Creates the controls of a tree. `changed` gets the filter that they ask for. */
export function createFilterBar(tree: TraceTree, changed: (filter: TraceFilter) => void): FilterBar {
  const apply = () => changed(read());
  const text = createSearch('Search events and fields', 'Search', apply);
  const problems = create('input', { type: 'checkbox' });
  const events = Array.from({ length: tree.count }, (_, i) => i + 1);
  const choose = (label: string, all: string, wordOf: (event: number) => string) =>
    createChoice(label, all, sortedValues(events.map(wordOf)), apply);
  const module = choose('Module', 'All modules', (event) => tree.module(event));
  const stage = choose('Stage', 'All stages', (event) => tree.stage(event));
  const area = choose('Area', 'All areas', (event) => tree.area(event));
  const slower = create('input', { type: 'number', min: 0, step: 1, inputmode: 'numeric', placeholder: '0' });
  const read = (): TraceFilter => ({
    text: text.value.trim(),
    problems: problems.checked,
    module: module.value,
    stage: stage.value,
    area: area.value,
    slowerMs: Math.max(0, Number(slower.value) || 0),
  });
  const clear = createButton('Show all', () => {
    for (const control of [text, module, stage, area, slower]) control.value = '';
    problems.checked = false;
    changed(noFilter);
    text.focus();
  });
  for (const control of [problems, slower]) control.addEventListener('change', apply);
  const count = create('span', { class: 'count', role: 'status' });
  const element = create(
    'div',
    { class: 'filters', role: 'search', 'aria-label': 'Events of the trace' },
    text,
    create('label', {}, problems, 'Warnings and errors'),
    module,
    stage,
    area,
    create('label', {}, 'Slower than', slower, 'ms'),
    clear,
    count,
  );
  return {
    element,
    say: (words) => {
      count.textContent = words;
      clear.hidden = !isFiltering(read());
    },
  };
}

function sortedValues(values: readonly string[]): string[] {
  return [...new Set(values)].filter((value) => value !== '').sort((a, b) => a.localeCompare(b));
}
