import { create } from './dom.js';
import type { TraceTree } from './trace-tree.js';

const levels = ['General', 'Critical error', 'Error', 'Warning', 'Information', 'Verbose'];

/** Returns everything that a view holds of one event. */
export function drawDetails(tree: TraceTree, event: number): HTMLElement {
  const facts: [label: string, value: string][] = [
    ['Level', levels[tree.level(event)] ?? 'not readable'],
    ['Area', tree.area(event)],
    ['Module', tree.module(event)],
    ['Stage', tree.stage(event)],
    ['Time', timeOf(tree, event)],
    ['Took', stepOf(tree, event)],
  ];
  const list = create('dl', {});
  for (const [label, value] of facts) if (value !== '') list.append(row(label, value));
  const fields = create('dl', { class: 'fields' });
  for (const { name, value, means, withheld } of tree.fields(event)) {
    if (withheld) fields.append(row(name, 'withheld', 'withheld'));
    else fields.append(row(name, means ? `${value}  =  ${means}` : value || '(empty)', 'raw'));
  }
  const { fieldsEnd } = tree.view;
  if (fieldsEnd !== null && event >= fieldsEnd)
    fields.append(
      create(
        'p',
        { class: 'note' },
        `The fields of events from no. ${fieldsEnd} on are left out, because there is too much of them.`,
      ),
    );
  return create('div', {}, create('h4', {}, `Event ${event}: ${tree.name(event)}`), list, fields);
}

function row(label: string, value: string, kind = ''): HTMLElement {
  return create('div', {}, create('dt', {}, label), create('dd', { class: kind }, value));
}

function timeOf(tree: TraceTree, event: number): string {
  const time = tree.time(event);
  if (time === undefined) return '';
  const { start } = tree.view;
  const clock =
    start === null ? '' : `, ${new Date(start + time).toISOString().replace('T', ' ').replace('Z', ' UTC')}`;
  return `${time.toLocaleString('en')} ms after the first event${clock}`;
}

function stepOf(tree: TraceTree, event: number): string {
  const duration = tree.duration(event);
  if (duration === undefined) return '';
  return `${duration.toLocaleString('en')} ms until its end, ${(tree.self(event) ?? 0).toLocaleString('en')} ms of it by itself`;
}
