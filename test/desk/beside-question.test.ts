import { describe, expect, it } from 'vitest';
import { plainText } from '../../src/answer/answer.js';
import { renderText } from '../../src/answer/text.js';
import { askedCause } from '../../src/desk/conversation/beside-question.js';
import { builtKnowledge } from '../built-knowledge.js';
import { errorPages } from '../generator/evidence/pages.js';
import { world } from './support.js';

const pageOf = (name: string) => errorPages.find((page) => page.name === name)!.text;

describe('a question beside a paste', () => {
  it.each([
    ['the missing right', 'right lost', /^Likely yes/],
    ['an exception', 'exception in German, copied', /^No, this is not "[^"]*right[^"]*"/],
    ['a locked section', 'locked section, copied (en)', /^No, this is not "[^"]*right[^"]*"/],
    ['a page without details', 'short page for visitors, copied', /^What you pasted does not show "[^"]*right/],
  ])('over %s is answered', async (_, name, reply) => {
    const w = world();
    await w.tell({ text: `is that the right again?\n\n${pageOf(name)}` });
    const [first] = w.door.answers[0]!.parts;
    expect(first).toMatchObject({ id: 'beside' });
    expect(plainText(first?.kind === 'text' ? first.text : '')).toMatch(reply);
  });

  it.each([
    ['is it a stopped pool?', 'locked section, copied (en)', /^No, this is not "The application pool is stopped"/],
    ['could it be webdav?', 'right lost', /^No, this is not "WebDAV/],
    ['so, is this the bitness again?', 'right lost', /^No, this is not "A module has another bitness/],
  ])('%s over %s is answered by what was pasted', async (words, name, reply) => {
    const w = world();
    await w.tell({ text: `${words}\n\n${pageOf(name)}` });
    const [first] = w.door.answers[0]!.parts;
    expect(plainText(first?.kind === 'text' ? first.text : '')).toMatch(reply);
  });

  it('is about what was pasted, not about what the thread has shown before', async () => {
    const w = world();
    await w.tell({ text: pageOf('right lost') });
    await w.tell({ text: `is it the impersonation right again?\n\`\`\`\n${pageOf('may not write, copied')}\n\`\`\`` });
    expect(renderText(w.door.answers[1]!, { columns: 100 })).toMatch(/No, this is not "[^"]*right/);
  });

  it.each(['is that the right page?\nx', 'the right was missing again', 'is this the right way to do it?', 'why?'])(
    '%s asks nothing of the kind',
    (words) => {
      expect(askedCause(words, builtKnowledge())).toBeUndefined();
    },
  );
});
