import type { TraceViewer } from './trace-viewer.js';

/** The traces of an answer. A file is undefined where the answer is about one log only. */
export interface LinkedTraces {
  /** False for an event that no trace of the answer shows. */
  holds(file: string | undefined, event: number): boolean;
  /** Returns the viewer of a log, whose trace it shows first where it is not shown yet; undefined when that fails. */
  open(file: string | undefined): Promise<TraceViewer | undefined>;
}

const linked = new Map<Element, LinkedTraces>();

/**
 * Makes the events that the text of an answer names lead to their lines in a tree.
 * @param answer the element of the answer and its trees
 */
export function linkEvents(answer: Element, traces: LinkedTraces): void {
  linked.set(answer, traces);
  for (const place of answer.querySelectorAll<HTMLElement>('span.event[data-event]')) {
    if (!traces.holds(place.dataset.file, Number(place.dataset.event))) continue;
    place.setAttribute('role', 'link');
    place.tabIndex = 0;
    place.title = 'Show this event in the trace';
  }
}

/** Follows the links that `linkEvents` made, by mouse and keyboard. */
export function followEvents(root: HTMLElement): void {
  const follow = async (event: Event): Promise<void> => {
    const link = (event.target as Element).closest<HTMLElement>('.event[role="link"]');
    const traces = link && [...linked].find(([answer]) => answer.contains(link))?.[1];
    if (!link || !traces) return;
    event.preventDefault();
    const viewer = await traces.open(link.dataset.file);
    if (!viewer?.showEvent(Number(link.dataset.event))) return;
    viewer.element.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  };
  root.addEventListener('click', (event) => void follow(event));
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') void follow(event);
  });
}

/** Returns the traces that are on the page, by the name of their log. */
export function shownTraces(viewers: ReadonlyMap<string, TraceViewer>): LinkedTraces {
  const find = (file: string | undefined) => (file === undefined ? [...viewers.values()][0] : viewers.get(file));
  return {
    holds: (file, event) => find(file)?.tree.places[event] !== undefined,
    open: async (file) => find(file),
  };
}
