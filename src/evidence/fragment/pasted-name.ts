/** The name of pasted text where a file would have its own. */
export const pastedName = 'pasted text';
