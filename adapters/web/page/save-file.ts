import { create } from './trace/dom.js';

/** Milliseconds after which the browser may forget a file that it was told to save. */
const keptMs = 60_000;

/** Saves a file under a name, as a download of the browser. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  create('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), keptMs);
}
