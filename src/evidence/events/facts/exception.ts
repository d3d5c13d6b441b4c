import type { EventFacts } from './event-facts.js';

/** The name of a type of .NET that is an exception. */
export const typeName = /\b((?:[A-Za-z_]\w{0,80}\.){0,10}[A-Za-z_]\w{0,80}(?:Exception|Error))\b/;

/** Returns the first exception a text names, with the sentence behind it. */
export function exceptionIn(words: string): Pick<EventFacts, 'exceptionType' | 'exceptionMessage'> {
  for (const line of words.split('\n')) {
    const found = line.length > 4000 ? null : typeName.exec(line);
    if (!found || found[1]!.length < 12) continue;
    const behind = line
      .slice(found.index + found[0].length)
      .replace(/^['"]?\s*[:：]\s*/, '')
      .trim();
    return { exceptionType: found[1], ...(behind.length > 5 && { exceptionMessage: behind }) };
  }
  return {};
}
