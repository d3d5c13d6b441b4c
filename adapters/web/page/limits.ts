/** Files of one upload. */
export const mostFiles = 10_000;
/** Bytes of one upload. */
export const mostBytes = 200 * 1024 * 1024;
