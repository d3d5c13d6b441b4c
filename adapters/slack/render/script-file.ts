import type { Answer, Part } from '../../../src/answer/answer.js';
import { longestText } from './rich.js';

/** A script that is longer than one block, and the answer with the name of its file in its place. */
export interface ScriptFile {
  script: string;
  title: string;
  answer: Answer;
}

/**
 * Returns the script of an answer that one block does not hold. In pieces it could not be copied whole, so it becomes a file.
 * Undefined where every script fits, or waits behind "Show more".
 */
export function findLongScript(answer: Answer): ScriptFile | undefined {
  const isLong = (part: Part) => part.kind === 'command' && part.keep !== 'fold' && part.command.length > longestText;
  const long = answer.parts.find(isLong);
  if (long?.kind !== 'command') return undefined;
  const title = `${long.id}${long.language === 'powershell' ? '.ps1' : '.txt'}`;
  const named: Part = {
    kind: 'text',
    id: long.id,
    keep: 'always',
    ...(long.heading && { heading: long.heading }),
    text: ['The whole script is in the attached ', { code: title }, '.'],
  };
  return {
    script: long.command,
    title,
    answer: { ...answer, parts: answer.parts.map((p) => (p === long ? named : p)) },
  };
}
