import { knownCodeOf } from '../../answer/codes.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { readToldValues } from '../../questions/parse/told-values.js';
import { sentencesOfLine, spokenSentences } from '../../questions/sentences.js';
import { readToldFacts } from '../../questions/told.js';
import type { Conversation } from './conversation.js';

/** Longer texts are files: what a person tells stands beside a few lines. In characters. */
const longestTelling = 10_000;

const longestLine = 300;

/** Stands for any account in the lines of `knowledge/told.yaml`: its own name says nothing about the sentence. */
const anyAccount = 'FABRIKAM\\svc-app';

/** What lines say that tell the account of a pool, in `knowledge/told.yaml`. */
const tellsAccount = 'pool-account';

/**
 * Returns the conversation with what the sentences of a message tell of the failure: the account of the pool, and the code that was seen. It holds
 * for the answer to this message and for those that follow.
 */
export function withToldValues<C extends Conversation | undefined>(
  conversation: C,
  text: string,
  knowledge: Knowledge,
): C {
  if (!conversation || text.length > longestTelling) return conversation;
  const values = readToldOfFailure(text, knowledge);
  if (Object.keys(values).length === 0) return conversation;
  const state = conversation.state ?? { joined: false, muted: false };
  const toldNow = Object.keys(values).filter((name) => state.told?.[name] !== values[name]);
  return { ...conversation, state: { ...state, told: { ...state.told, ...values }, toldNow } };
}

function readToldOfFailure(text: string, knowledge: Knowledge): Record<string, string> {
  const values: Record<string, string> = {};
  // A single line of a thread was typed, however many numbers are in it.
  const sentences = text.includes('\n') || text.length > longestLine ? spokenSentences(text) : sentencesOfLine(text);
  for (const sentence of sentences) {
    if (sentence.endsWith('?')) continue;
    const { account, pool, numbers } = readToldValues(sentence);
    for (const fact of readToldFacts([sentence], knowledge)) Object.assign(values, knowledge.told.get(fact)?.learns);
    const masked = account === undefined ? [] : [sentence.replace(account, () => anyAccount)];
    if (account !== undefined && readToldFacts(masked, knowledge).includes(tellsAccount))
      Object.assign(values, { identity: 'SpecificUser', account });
    if (pool !== undefined) values.pool = pool;
    const code = numbers.map((one) => causeCodeOf(one, knowledge)).find(Boolean);
    if (code !== undefined) values.code = code;
  }
  return values;
}

/** The code that a number is, where it stands for a cause. */
function causeCodeOf(number: string, knowledge: Knowledge): string | undefined {
  const known = knownCodeOf(number, knowledge);
  return known?.cause === undefined ? undefined : known.hresult;
}
