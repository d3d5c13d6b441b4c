import { matchNear } from '../bounded.js';
import { type FoundException, firstFrame, withCodes } from './found-exception.js';

/**
 * ASP.NET's error page copied as text. Its sentences are translated; what stays is `[Type: message]` above the frames,
 * `Namespace.Type: message` behind a label, a source file with its line, and the products in the last line.
 */
const stackEntry =
  /^\n\s{0,8}\[([A-Za-z_][\w.`+]{0,200})(?: \((0x[0-9a-fA-F]{8})\))?: ([\s\S]{0,1500}?)\](?=\s{0,4}(?:\n|$))/;
const stackStart = /\n\s{0,8}\[[A-Za-z_][\w.`+]{0,200}(?: \(0x[0-9a-fA-F]{8}\))?: /g;
/** .NET prints a space before the sign in some languages: `Détails de l'exception : System.…`. */
const typed = /^: {0,2}((?:[A-Za-z_]\w{0,100}\.){1,20}[A-Za-z_]\w{0,100}): ([^\n]{1,2000})/;
const typedStart = /: {0,2}(?:[A-Za-z_]\w{0,100}\.){1,20}[A-Za-z_]\w{0,100}(?=: )/g;
const compiler = /^: {0,2}((?:CS|BC|VBNC|JS|FS|ASPNET)\d{0,6}): ([^\n]{1,2000})/;
const compilerStart = /: {0,2}(?:CS|BC|VBNC|JS|FS|ASPNET)\d{0,6}: /g;
/** A path and, behind a label, its line: `Source File: C:\site\web.config    Line: 21`. */
const sourceFile =
  /^: {0,2}((?:[A-Za-z]:\\|\\\\|\/)[^\n:*?"<>|]{1,300}?)\s{1,20}[^\n\d:]{1,30}: {0,4}(\d{1,7})(?=\s|$)/;
const sourceStart = /: {0,2}(?:[A-Za-z]:\\|\\\\|\/)/g;
/** `Microsoft .NET Framework Version:4.0.30319; ASP.NET Version:4.8.4494.0`: words between the names are translated. */
const products = /\.NET Framework[^\n]{0,40}\d\.\d[^\n]{0,60}ASP\.NET[^\n]{0,40}\d\.\d/;
/** The heading names the application in quotes: `Server Error in '/Shop' Application.` */
const heading = /(?:^|\n)[^\n]{0,60}['"«„“‘](\/[^'"»“”’\n]{0,200})['"»“”’][^\n]{0,40}(?:\n|$)/;
const hiddenSample = /<customErrors\s{1,4}mode="/;

/** Reads ASP.NET's error page as text, in any language, whole or in part; null when the text is none. */
export function readAspNetText(text: string): FoundException | null {
  const stack = matchNear(text, stackStart, stackEntry, 1900);
  const type = matchNear(text, typedStart, typed, 2500);
  const error = matchNear(text, compilerStart, compiler, 2100);
  const signed = products.test(text);
  const headed = heading.exec(text.slice(0, 2000));
  if (hiddenSample.test(text) && (signed || headed)) return { origin: 'aspnet', hidden: true };
  if (
    !(
      signed ||
      (headed && (stack || type || error)) ||
      (stack && firstManagedFrame(text, stack)) ||
      (type && isHeadedByMessage(text, type)) ||
      showsSource(text) ||
      labelledMessage(text, headed)
    )
  )
    return null;
  const found: FoundException = { origin: 'aspnet' };
  if (error) {
    found.type = 'HttpCompileException';
    found.message = `${error[1]}: ${error[2]!.trim()}`;
  } else if (stack || type) {
    found.type = type && (!stack || type[1]!.endsWith(`.${stack[1]}`)) ? type[1]! : stack![1]!;
    found.message = wholeMessage(oneLine(stack?.[3] || type?.[2] || ''), sentenceBelow(text, headed));
  } else {
    const message = labelledMessage(text, headed) ?? messageAboveSource(text) ?? sentenceBelow(text, headed);
    if (!message) return null;
    found.message = message;
  }
  const place = matchNear(text, sourceStart, sourceFile, 420) ?? firstFrame(stack ? text.slice(stack.index) : '');
  if (place) found.file = place[1]!.trim();
  // Line 0: the whole file could not be read.
  if (place && Number(place[2]) > 0) found.line = Number(place[2]);
  return withCodes(found, `${stack?.[2] ?? ''} ${found.message}`);
}

/** The message below the heading, where the same one was shortened behind its type: people cut long lines. */
function wholeMessage(message: string, above: string | undefined): string {
  const cut = /^(.{12,}?)[ ,]*(?:\.\.\.|…)$/.exec(message)?.[1];
  return cut !== undefined && above?.startsWith(cut) ? above : message;
}

/** A page copied below its heading still begins with the message, which is once more behind the type. */
function isHeadedByMessage(text: string, type: RegExpExecArray): boolean {
  const message = oneLine(type[2]!);
  const above = text.slice(Math.max(0, type.index - 4000), type.index).split('\n');
  return message.length > 10 && above.some((line) => oneLine(line) === message);
}

/** `Line 12:  <compilation …>`: the word is translated. The page shows some lines around the one that failed. */
const sourceLine = /^[^\S\n]{0,8}\p{L}{2,10} {1,3}(\d{1,6}): /gmu;

/** Above the name of the source file the page shows its lines by number, whatever was copied of the rest. */
function showsSource(text: string): boolean {
  const place = matchNear(text, sourceStart, sourceFile, 420);
  if (!place) return false;
  const numbers = [...text.slice(Math.max(0, place.index - 4000), place.index).matchAll(sourceLine)].map((m) =>
    Number(m[1]),
  );
  return (
    numbers.length >= 3 &&
    numbers.every((n, i) => i === 0 || n === numbers[i - 1]! + 1) &&
    numbers.includes(Number(place[2]))
  );
}

/** Below `[Type: message]` is a frame of .NET: `   System.IO.__Error.WinIOError(…) +216`. */
function firstManagedFrame(text: string, stack: RegExpExecArray): boolean {
  const below = text.slice(stack.index + stack[0].length, stack.index + stack[0].length + 400);
  return /^\s{1,8}(?:\S{1,6} )?[\w.<>`+$|[\],]{3,200}\([^\n)]{0,300}\)[^\n]{0,300} \+\d{1,9}/.test(below);
}

/** `Description: …`, then `Parser Error Message: …`: a label of few words at the start of a line, and a sentence behind it. */
const labelledLine = /^[^\n:：]{2,60}[:：] {0,2}(?=\S)([^\n]{3,2000})$/gm;

/**
 * What a page without an exception says under its second label (a parser or configuration error): the first describes the kind
 * of page, the second says what is wrong. Undefined where the page names no source file, as that of a missing page.
 */
function labelledMessage(text: string, headed: RegExpExecArray | null): string | undefined {
  if (!headed || !matchNear(text, sourceStart, sourceFile, 420)) return undefined;
  const below = text.slice(headed.index + headed[0].length, headed.index + 6000);
  const second = [...below.matchAll(labelledLine)][1];
  return second && oneLine(second[1]!);
}

/** Returns the same where the heading was not copied: the label with the longest sentence nearest above the lines of the source. */
function messageAboveSource(text: string): string | undefined {
  if (!showsSource(text)) return undefined;
  const until = text.search(sourceLine);
  const labels = [...text.slice(Math.max(0, until - 4000), until).matchAll(labelledLine)];
  const last = labels.findLast(([, words]) => words!.trim().split(' ').length >= 3);
  return last && oneLine(last[1]!);
}

/** Returns the sentence between heading and description of a page without an exception, such as that of a missing page. */
function sentenceBelow(text: string, headed: RegExpExecArray | null): string | undefined {
  if (!headed) return undefined;
  const lines = text.slice(headed.index + headed[0].length, headed.index + 3000).split('\n');
  return lines.map(oneLine).find((line) => line.length > 3 && !/^[-=_]{3,}$/.test(line));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The status that a page of ASP.NET names (`HTTP 404`), else 500: with that such a page is sent. */
export function statusOfAspNetPage(text: string): { status: number; text?: string } {
  const message = /\bHTTP (40[34]|500)\b/.exec(text.slice(0, 20_000));
  return message ? { status: Number(message[1]), text: message[0] } : { status: 500 };
}
