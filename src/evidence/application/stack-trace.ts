/** An exception that a text tells with its stack: what was thrown, and where. */
export interface StackTrace {
  language: 'dotnet' | 'java' | 'node' | 'python';
  /** Name of the exception; absent where only its words are above the frames. */
  type?: string;
  message: string;
  /** HRESULT in brackets behind the name. */
  code?: string;
  /** 1-based number of the line with the message. */
  line: number;
  /** The first place in the stack that is a file of the application. */
  place?: { file: string; line: number };
}

/** `   at Namespace.Type.Method(String name)`, in any language of .NET: the word in front is translated. */
const dotnetFrame = /^\s{1,12}\S{1,6} (?:[\w<>`+$|[\],]{1,120}\.){1,14}[\w<>`$.[\],|]{1,120}\(.{0,400}\)/;
const javaFrame =
  /^\s{1,12}at [\w.$/<>]{3,240}\((?:[\w$-]{1,100}\.\w{1,10}(?::\d{1,6})?|Native Method|Unknown Source)\)/;
const nodeFrame =
  /^\s{1,12}at (?:.{1,200} \()?(?:node:[\w/.-]{1,100}|[^()\s]{1,300}\.[cm]?[jt]sx?):(\d{1,7})(?::\d{1,7})?\)?/;
const pythonFrame = /^\s{1,12}File "([^"]{1,300})", line (\d{1,7})(?:, in .{1,120})?\s*$/;

/** `Namespace.Type (0x80131904): words`, with what a log or the runtime writes in front of it. */
const thrown =
  /^(?:.{0,160}?\s|\s*)?(?:-{2,3}> ?)?((?:[A-Za-z_$][\w$]{0,80}\.){0,12}[A-Z][\w$]{2,80}(?:Exception|Error|Fault|Failure))(?: \[\w{1,60}\])?(?: \((0x[0-9a-f]{8})\))?: (\S.{0,1500})$/i;
/** `Error: listen EACCES`, `Exception: words`: languages without namespaces. */
const plain = /^\s{0,8}(?:Uncaught )?((?:[A-Z]\w{0,60})?(?:Error|Exception|Warning)): (\S.{0,1500})$/;

const files = /(?:^|\s|\()((?:[A-Za-z]:\\|\/)[^:*?"<>|()]{1,260}\.\w{1,6}):(?:[^\s\d]{1,12} )?(\d{1,7})/;
/** Folders of runtimes and packages: a frame there is not the application's. */
const foreign =
  /node_modules|[\\/]iisnode[\\/]|site-packages|[\\/]lib[\\/]|internal[\\/]|^node:|[\\/]_(?:work|build)?[\\/]/i;

/** There are no more lines between a message and its frames. */
const nearFrames = 4;
/** A log is read from its end: the last exception is the one that is asked about. */
const mostLines = 20_000;

/** Returns the last exception of a text that has its stack; undefined when it holds none. */
export function findStackTrace(all: readonly string[]): StackTrace | undefined {
  const from = Math.max(0, all.length - mostLines);
  for (let at = all.length - 1; at >= from; at--) {
    const line = all[at]!;
    if (line.length > 1000) continue;
    if (pythonFrame.test(line)) return pythonTrace(all, at);
    const language = languageOf(line);
    if (!language) continue;
    const found = traceAbove(all, at, language);
    if (found) return found;
  }
  return undefined;
}

function languageOf(line: string): 'dotnet' | 'java' | 'node' | undefined {
  if (javaFrame.test(line)) return 'java';
  if (nodeFrame.test(line)) return 'node';
  return dotnetFrame.test(line) ? 'dotnet' : undefined;
}

/** The innermost exception of the chain whose last frame is in a line. */
function traceAbove(
  lines: readonly string[],
  last: number,
  language: 'dotnet' | 'java' | 'node',
): StackTrace | undefined {
  let first = last;
  let gap = 0;
  let innermost: Omit<StackTrace, 'language'> | undefined;
  for (let at = last; at >= 0 && last - at < 400 && gap <= nearFrames; at--) {
    const line = lines[at]!;
    if (languageOf(line) === language) {
      first = at;
      gap = 0;
      continue;
    }
    gap++;
    const told = messageIn(line, at);
    // Java writes the cause below, .NET writes the inner one below or in front: in both the last one in the text is the reason.
    if (told && !innermost) innermost = told;
    if (told && !/--->|Caused by/.test(line)) break;
  }
  const words = innermost ?? wordsAbove(lines, first);
  const place = words && ownPlace(lines.slice(first, last + 1));
  return words && { language, ...words, ...(place && { place }) };
}

function messageIn(line: string, at: number): Omit<StackTrace, 'language'> | undefined {
  if (line.length > 2400) return undefined;
  // Of several on one line the last is the innermost.
  const inner = line.split(/ ?---> ?/).findLast((part) => part.trim() !== '') ?? line;
  const found = thrown.exec(inner) ?? thrown.exec(line);
  if (found)
    return {
      type: found[1]!,
      message: found[3]!.trim(),
      line: at + 1,
      ...(found[2] && { code: found[2].toLowerCase() }),
    };
  const short = plain.exec(line);
  return short ? { type: short[1]!, message: short[2]!.trim(), line: at + 1 } : undefined;
}

/** A stack without a name above it: the words right above its first frame say what failed. */
function wordsAbove(lines: readonly string[], first: number): Omit<StackTrace, 'language'> | undefined {
  const above = lines[first - 1]?.trim() ?? '';
  const frames = lines.slice(first, first + 2).filter((line) => languageOf(line) !== undefined).length;
  const message = above.replace(/^[A-Z][a-z]{2,12}: /, '');
  return frames < 2 || message.split(' ').length < 3 ? undefined : { message, line: first };
}

/** Python prints the exception below its frames. */
function pythonTrace(lines: readonly string[], last: number): StackTrace | undefined {
  for (let at = last + 1; at < Math.min(lines.length, last + 8); at++) {
    const found = /^((?:[A-Za-z_]\w{0,60}\.){0,8}[A-Z]\w{1,60}): (.{1,1500})$/.exec(lines[at]!.trimEnd());
    if (!found) continue;
    const place = lines
      .slice(Math.max(0, last - 60), last + 1)
      .flatMap((line) => {
        const frame = pythonFrame.exec(line);
        return frame && !foreign.test(frame[1]!) ? [{ file: frame[1]!, line: Number(frame[2]) }] : [];
      })
      .at(-1);
    return { language: 'python', type: found[1]!, message: found[2]!.trim(), line: at + 1, ...(place && { place }) };
  }
  return undefined;
}

function ownPlace(frames: readonly string[]): StackTrace['place'] {
  for (const frame of frames) {
    const found = files.exec(frame);
    if (found && !foreign.test(found[1]!)) return { file: found[1]!, line: Number(found[2]) };
  }
  return undefined;
}
