import { messagePieces, type PageMessage } from '../knowledge/message-schema.js';

/** A message made ready to be looked for. */
export interface MessageText {
  message: PageMessage;
  pieces: string[];
  names: (string | undefined)[];
  /** Letters of the fixed words: of two messages that fit, the longer says more. */
  length: number;
}

/** A part that varies is a name, a path, or a few words; what is further apart belongs to other sentences. In characters. */
const longestPart = 300;

/** Returns the message with its fixed words folded as {@link foldText} folds a text. */
export function prepareMessage(message: PageMessage): MessageText {
  const { pieces, names } = messagePieces(message.text);
  const folded = pieces.map((piece) => foldText(piece).toLowerCase().trim());
  return { message, pieces: folded, names, length: folded.join('').length };
}

/** Returns a text with one blank for each run of white space and one form of quotes, as messages are compared. */
export function foldText(text: string): string {
  return text.replace(/[\u2018-\u201f"«»`´]/g, "'").replace(/\s+/g, ' ');
}

/**
 * Looks for a message in a folded text: its fixed words in order, near each other. Returns the parts that vary, by name;
 * undefined when it is not there. Linear in the text.
 * @param folded a text of {@link foldText}
 * @param lower the same in lower case
 */
export function findMessageIn(
  { pieces, names }: MessageText,
  folded: string,
  lower: string,
): Record<string, string> | undefined {
  const parts: Record<string, string> = {};
  let end = -1;
  for (const [i, piece] of pieces.entries()) {
    const at = piece === '' ? end : startOf(piece, lower, Math.max(end, 0));
    if (at < 0 || (end >= 0 && i > 0 && at - end > longestPart)) return undefined;
    const name = i > 0 ? names[i - 1] : undefined;
    // A message that ends with a part that varies ends with its line.
    const until = piece === '' && i === pieces.length - 1 ? lower.length : at;
    if (name !== undefined && folded.length === lower.length) {
      const value = shortName(folded.slice(end, until).replace(/^[\s'"(:]+|[\s'").,;:]+$/g, ''));
      if (value !== '' && value.length <= longestPart) parts[name] = value;
    }
    end = at + piece.length;
  }
  return parts;
}

/** Returns the name of an assembly without its version, culture and key. */
function shortName(value: string): string {
  return value.replace(/,\s?(?:Version|Culture|PublicKeyToken)\s?=.*$/, '');
}

/** The place of a piece where its first word begins a word. */
function startOf(piece: string, lower: string, from: number): number {
  for (let at = lower.indexOf(piece, from); at >= 0; at = lower.indexOf(piece, at + 1))
    if (at === 0 || !/\p{L}/u.test(piece[0]!) || !/[\p{L}\p{N}]/u.test(lower[at - 1]!)) return at;
  return -1;
}
