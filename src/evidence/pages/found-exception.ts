import { matchNear } from '../bounded.js';
import { hresult } from '../freb/codes.js';

/** An exception as an error page or an error stream tells it. Raw: scrubbed on the way into observations. */
export interface FoundException {
  origin: 'aspnet' | 'asp' | 'php' | 'iisnode' | 'aspnetcore' | 'iis';
  type?: string;
  message?: string;
  file?: string;
  line?: number;
  /** Error codes that the text itself names, as HRESULTs. */
  codes?: string[];
  /** The page says that something failed, but not what. */
  hidden?: boolean;
}

/**
 * Readers of error pages share what is here. Pages come in the language of the server or the framework, so structure decides:
 * brackets, tags, code numbers, `file:line`. Words are used only where the software has no translation (PHP, node, .NET type names).
 */

const codeInText = /(?<![0-9a-fA-Fx])0x[0-9a-fA-F]{8}\b/g;

/** English text of ERROR_BAD_IMPERSONATION_LEVEL, which .NET often shows without a number. */
const impersonationText = /a required impersonation level was not provided/i;

/** Error codes that an exception's own text names. */
function codesIn(text: string): string[] {
  const codes = new Set<string>();
  for (const [code] of text.matchAll(codeInText)) {
    const known = hresult(code);
    if (known) codes.add(known);
  }
  if (impersonationText.test(text)) codes.add('0x80070542');
  return [...codes];
}

/** The exception with the error codes that a text about it names. */
export function withCodes(found: FoundException, text: string): FoundException {
  const codes = codesIn(text);
  return codes.length > 0 ? { ...found, codes } : found;
}

const frame = /^((?:[A-Za-z]:\\|\\\\)[^\n:*?"<>|]{1,300}):(?:[^\s\d]{1,20} )?(\d{1,7})/;
/** Where a path of Windows begins. */
export const pathStart = /(?<![A-Za-z0-9\\])(?:[A-Za-z]:\\|\\\\)/g;

/** Returns the first `path:line` of a stack trace: path and line are the groups of the match. */
export function firstFrame(text: string): RegExpExecArray | null {
  return matchNear(text, pathStart, frame, 340);
}

/** An assembly as .NET quotes it, with or without version and key; a file has a folder or another ending. */
const quotedAssembly = /["'“‘«„]([A-Za-z_][\w.-]{1,120})(?:, Version=[\d.]{1,40}[^"'”’»“\n]{0,120})?["'”’»“]/;

/** A type with its namespace as .NET quotes it; a page or a file has a folder or another ending. */
const quotedType = /["'“‘«„]([A-Za-z_]\w{0,100}(?:\.[A-Za-z_]\w{0,100}){1,10})(?:, ?[\w.-]{1,100})?["'”’»“]/;

/**
 * Returns the type that ASP.NET could not load for an entry of the configuration, such as a module; undefined for other failures.
 * A page that names a type in vain is a parser error, and has a source file.
 */
export function missingType({ type, message, file }: FoundException): string | undefined {
  if (file !== undefined || !/(?:^|\.)(?:HttpException|ConfigurationErrorsException)$/.test(type ?? ''))
    return undefined;
  const text = (message ?? '').slice(0, 400);
  const name = text.length > 250 ? undefined : quotedType.exec(text)?.[1];
  return name === undefined || /\.(?:aspx?|ashx|asmx|ascx|master|config|dll|html?|axd|cshtml)$/i.test(name)
    ? undefined
    : name;
}

/** Returns the assembly that could not be loaded; undefined when the exception is about a file, or about something else. */
export function missingAssembly(type: string | undefined, message: string | undefined): string | undefined {
  if (!/(?:^|\.)(?:FileNotFound|FileLoad|BadImageFormat)Exception$/.test(type ?? '')) return undefined;
  const name = quotedAssembly.exec((message ?? '').slice(0, 1000))?.[1];
  return name !== undefined && /\.(?!dll$)[a-z]{2,6}$/.test(name) && !/Version=/.test(message!) ? undefined : name;
}
