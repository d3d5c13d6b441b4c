/**
 * The text of Application Error 1000 in one line, as Server 2008 R2 and older write it, in any language: program, version and
 * stamp, then module, version and the codes.
 */
export const crashLine =
  /^[^\n,:：]{4,60} ([\w.-]{1,60}\.exe), [^\n,]{1,30}\d\.\d[^\n,]{0,30}, (?:[^\n,]{1,30} (?:0x)?[0-9a-f]{8}, )?[^\n,]{3,60} ([\w.-]{1,80}), [^\n,]{1,30}\d\.\d([^\n]{0,300})/im;

/** Returns program, module and exception code of such a line; undefined for other texts. */
export function readCrashLine(text: string): { program: string; module: string; code: string | undefined } | undefined {
  const found = crashLine.exec(text);
  if (!found) return undefined;
  const [, program, module, rest] = found;
  return { program: program!, module: module!, code: /\b0x([c8e][0-9a-f]{7})\b/i.exec(rest!)?.[1] };
}
