import type { Knowledge } from '../../src/knowledge/knowledge.js';
import { ask } from '../../src/questions/ask.js';

/** Questions that name something of ours and ask for nothing that can be told. */
const vague = [
  'what does SeImpersonatePrivilege have to do with the other thing there',
  'iis_iusrs and the purple elephant of the second floor',
  'seimpersonateprivilege but then the music stopped somehow',
  'iis_iusrs on tuesdays in the blue corridor maybe',
  '0x80070542 or the lamp, who painted it',
];

/** Returns one of them that is answered by choices. Throws when the model answers or declines all of them. */
export function findVagueQuestion(knowledge: Knowledge): string {
  const found = vague.find((question) => ask(question, knowledge).intent === 'choice');
  if (found === undefined) throw new Error('no vague question is answered by choices');
  return found;
}
