/** Three lines and more, one after another, that start with the sign of a quotation. */
const quotedBlock = /^[ \t]{0,3}(?:>|&gt;)[^\n]*(?:\n[ \t]{0,3}(?:>|&gt;)[^\n]*){2,}/gm;

/**
 * Takes the signs of quotations off their lines, wherever in a text they are (`> Faulting application name: …`). A single
 * such line stays as it is: it may be the end of a tag, or a prompt.
 */
export function withoutQuotation(text: string): string {
  return text.replace(quotedBlock, (block) => block.replace(/^[ \t]{0,3}(?:>|&gt;) ?/gm, ''));
}
