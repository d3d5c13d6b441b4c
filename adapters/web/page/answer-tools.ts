import { copyButton } from './copy.js';
import { create } from './trace/dom.js';

/**
 * Returns the line below an answer: copy it as text or Markdown, save it as a file.
 * @param save what saves the answer; by default a link to it without its trace
 */
export function answerTools(
  { case: id, text, markdown }: { case?: string; text?: string; markdown?: string },
  save = id === undefined ? undefined : saveLink(id),
): HTMLElement {
  const line = create('p', { class: 'tools' });
  if (text !== undefined) line.append(copyButton('Copy as text', () => text));
  if (markdown !== undefined) line.append(copyButton('Copy as Markdown', () => markdown));
  if (save) line.append(save);
  return line;
}

function saveLink(id: string): HTMLElement {
  return create(
    'a',
    { href: `report/${encodeURIComponent(id)}`, download: 'frebot-report.html' },
    'Save this answer as a file',
  );
}
