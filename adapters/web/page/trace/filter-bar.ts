import { create, createButton } from './dom.js';
import { noFilter, type TraceFilter } from './trace-filter.js';
import type { TraceTree } from './trace-tree.js';

/** The controls above a tree. `element` shows them; `say` tells how many events are shown. */
export interface FilterBar {
  element: HTMLElement;
  say(text: string): void;
}

/** Milliseconds after the last key before the tree is searched. */
const typingMs = 120;

/** Creates the controls of a tree. `changed` gets the filter that they ask for. */
export function createFilterBar(tree: TraceTree, changed: (filter: TraceFilter) => void): FilterBar {
  const text = create('input', { type: 'search', placeholder: 'Search events and fields', 'aria-label': 'Search' });
  const problems = create('input', { type: 'checkbox' });
  const events = Array.from({ length: tree.count }, (_, i) => i + 1);
  const [module, stage, area] = [
    select(
      'All modules',
      events.map((event) => tree.module(event)),
    ),
    select(
      'All stages',
      events.map((event) => tree.stage(event)),
    ),
    select(
      'All areas',
      events.map((event) => tree.area(event)),
    ),
  ];
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
  clear.hidden = true;
  const apply = () => {
    const filter = read();
    clear.hidden = JSON.stringify(filter) === JSON.stringify(noFilter);
    changed(filter);
  };
  let timer = 0;
  text.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(apply, typingMs) as unknown as number;
  });
  for (const control of [problems, module, stage, area, slower]) control.addEventListener('change', apply);
  const count = create('span', { class: 'count', role: 'status' });
  const element = create(
    'div',
    { class: 'filters', role: 'search', 'aria-label': 'Events of the trace' },
    text,
    create('label', { class: 'check' }, problems, 'Warnings and errors'),
    labelled('Module', module),
    labelled('Stage', stage),
    labelled('Area', area),
    create('label', { class: 'slower' }, 'Slower than', slower, 'ms'),
    clear,
    count,
  );
  return {
    element,
    say: (words) => {
      count.textContent = words;
      clear.hidden = JSON.stringify(read()) === JSON.stringify(noFilter);
    },
  };
}

function labelled(label: string, control: HTMLSelectElement): HTMLSelectElement {
  control.setAttribute('aria-label', label);
  return control;
}

/** Returns a list to choose one of the values from, or all. */
function select(all: string, values: readonly string[]): HTMLSelectElement {
  const options = [...new Set(values)].filter((value) => value !== '').sort((a, b) => a.localeCompare(b));
  return create(
    'select',
    {},
    create('option', { value: '' }, all),
    ...options.map((value) => create('option', { value }, value)),
  );
}
