import { expect, it } from 'vitest';
import { renderText } from '../../src/answer/text.js';
import { findVagueQuestion } from '../questions/vague.js';
import { knowledge, world } from './support.js';

const here = { door: 'web', tenant: 'local', who: 'u1', thread: 'web:t1' } as const;
const vague = findVagueQuestion(knowledge);

it('a button opens what was offered, in the same thread', async () => {
  const { desk } = world();
  const { answer, choices } = await desk.command(vague, here);
  expect(answer.actions.map(({ label }) => label)).toEqual(choices!.map(({ title }) => title));
  for (const [i, { id }] of choices!.entries()) {
    const opened = await desk.press({ action: `choice-${i + 1}`, case: answer.case ?? '', ...here });
    const typed = (await desk.command(`explain ${id}`, here)).answer;
    expect(renderText({ ...opened, case: undefined })).toBe(renderText({ ...typed, case: undefined }));
  }
});

it('a button that was not offered opens nothing', async () => {
  const { desk } = world();
  const { answer } = await desk.command(vague, here);
  const opened = await desk.press({ action: 'choice-9', case: answer.case ?? '', ...here });
  expect(renderText(opened)).toMatch(/I no longer have that answer/);
});
