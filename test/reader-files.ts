/** The tests' `src/intake/reader-files.ts`: threads and processes run the bundled files, which start in a sixth of the time. */
export const readerFiles = {
  worker: new URL('../dist/src/worker.js', import.meta.url),
  child: new URL('../dist/src/child.js', import.meta.url),
};
