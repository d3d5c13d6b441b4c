import type { TraceViewer } from './trace-viewer.js';

const viewers = new Map<Element, { file: string; viewer: TraceViewer }[]>();

/**
 * Makes the events that the text of an answer names lead to their lines in a tree.
 * @param answer the element of the answer and its trees
 */
export function linkEvents(answer: Element, file: string, viewer: TraceViewer): void {
  const known = viewers.get(answer) ?? [];
  known.push({ file, viewer });
  viewers.set(answer, known);
  for (const place of answer.querySelectorAll<HTMLElement>('span.event[data-event]')) {
    if (place.dataset.file && place.dataset.file !== file) continue;
    if (viewer.tree.places[Number(place.dataset.event)] === undefined) continue;
    place.setAttribute('role', 'link');
    place.tabIndex = 0;
    place.title = 'Show this event in the trace';
  }
}

/** Follows the links that `linkEvents` made, by mouse and keyboard. */
export function followEvents(root: HTMLElement): void {
  const follow = (event: Event): void => {
    const link = (event.target as Element).closest<HTMLElement>('.event[role="link"]');
    if (!link) return;
    for (const [answer, known] of viewers) {
      if (!answer.contains(link)) continue;
      const one = known.find(({ file }) => !link.dataset.file || file === link.dataset.file);
      if (!one?.viewer.showEvent(Number(link.dataset.event))) return;
      event.preventDefault();
      one.viewer.element.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
    }
  };
  root.addEventListener('click', follow);
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') follow(event);
  });
}
