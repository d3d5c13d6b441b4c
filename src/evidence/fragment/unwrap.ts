/** Widths at which consoles of Windows break a line. */
const widths: ReadonlySet<number> = new Set([79, 80, 119, 120]);

/** In characters. */
const longestConsole = 64_000;

/** Lines of software, which a console breaks in the middle of a word: prose is wrapped between its words. */
const ofSoftware = /\w(?:Exception|Error)\b|\b0x[0-9a-f]{8}\b|^\s{1,12}\S{1,6} (?:\w{1,60}\.){2,12}\w{1,60}\(/i;

/**
 * Puts the lines of a copied console together again, which breaks a long line in the middle of a word. The number of lines
 * stays, so that those below keep theirs. A text that is longer than a console holds is returned as it is.
 */
export function unwrapConsole(text: string): string {
  if (text.length > longestConsole) return text;
  const joined: string[] = [];
  let empty = 0;
  let last = '';
  for (const line of text.split('\n')) {
    if (widths.has(last.length) && ofSoftware.test(joined.at(-1)!) && breaksWord(last, line)) {
      joined[joined.length - 1] += line;
      empty++;
    } else {
      joined.push(...Array.from({ length: empty }, () => ''), line);
      empty = 0;
    }
    last = line;
  }
  return joined.join('\n') + '\n'.repeat(empty);
}

/** True where a word goes on in the next line: a small letter, or the rest of a name in capitals. */
function breaksWord(line: string, next: string): boolean {
  if (!/[\p{L}\d_]$/u.test(line)) return false;
  return /^[\p{Ll}_]/u.test(next) || (/[A-Z_]$/.test(line) && /^[A-Z]{1,40}_/.test(next));
}
