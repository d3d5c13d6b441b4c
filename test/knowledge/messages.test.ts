import { describe, expect, it } from 'vitest';
import { failingLines } from '../../src/evidence/text-lines.js';
import { builtKnowledge } from '../built-knowledge.js';

const judging = [...builtKnowledge().messages.values()].filter(({ says }) => says !== undefined);
/** The reader states these: the line with an address without it, and the frames of a stack as the text of their event. */
const statedByReader =
  /^(?:Failed to bind to address|HttpApplicationFactory\.|AsyncMethodBuilderCore|AuthenticationTypes |System\.Threading\.Timer)/;

describe('messages that judge evidence', () => {
  it('stand in lines that are read wherever they occur', () => {
    const unread = judging.filter(
      ({ text }) => !statedByReader.test(text) && failingLines(text.replace(/…|\{[a-z-]+\}/g, 'Portal')).length === 0,
    );
    expect(unread.map(({ text }) => text)).toEqual([]);
  });

  it('say what to do, or send to the card that does', () => {
    const idle = judging.filter(({ do: steps, means }) => steps.length === 0 && !builtKnowledge().causes.has(means));
    expect(idle.map(({ text }) => text)).toEqual([]);
  });
});
