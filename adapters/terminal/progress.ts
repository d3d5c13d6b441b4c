import type { OnFile } from '../../src/desk/desk.js';

/**
 * Returns a listener that shows how many files have been read, on one line, and a function that removes the line. The line
 * changes with each percent, so that ten thousand files do not mean ten thousand writes.
 */
export function startProgress(show: ((line: string) => void) | undefined): { onFile?: OnFile; end(): void } {
  if (!show) return { end: () => undefined };
  let shown = '';
  const onFile: OnFile = (_file, done, total) => {
    const percent = `${Math.floor((done / total) * 100)} %`;
    if (total === 1 || percent === shown) return;
    shown = percent;
    show(`Reading: ${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} files (${percent})`);
  };
  return { onFile, end: () => shown !== '' && show('') };
}
