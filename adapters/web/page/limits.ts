/** Files of one upload. */
export const mostFiles = 10_000;
/** Bytes of one upload. */
export const mostBytes = 200 * 1024 * 1024;
/** Bytes of one file, which is the limit of the reader. */
export const mostFileBytes = 100 * 1024 * 1024;
