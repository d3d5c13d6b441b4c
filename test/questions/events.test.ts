import { describe, expect, it } from 'vitest';
import { renderText } from '../../src/answer/text.js';
import { ask } from '../../src/questions/ask.js';
import { knowledge } from '../diagnosis/readings.js';

const asked = (question: string) => ask(question, knowledge);
const shown = (question: string) => {
  const { answer } = asked(question);
  return renderText({ ...answer, parts: answer.parts.filter(({ keep }) => keep !== 'fold') });
};

describe('the number of a Windows event in a question', () => {
  it.each([
    ['what is event 1309', 'ASP.NET 1309'],
    ['WAS 5117?', 'limit of private memory'],
    ['Schannel 36870', 'netsh http show sslcert'],
    ['Ereignis 5021', 'cannot log on'],
    ['5059', 'no worker process could be started'],
    ['event id 2280 (W3SVC-WP)', 'does not load'],
  ])('alone is its meaning with what to do: "%s"', (question, holds) => {
    expect(asked(question).intent).toBe('event');
    expect(shown(question)).toContain(holds);
  });

  it('is told apart by a code beside it', () => {
    expect(shown('event 4625 0xC000015B')).toMatch(/log on as a batch job|lacks the (?:user )?right/i);
    expect(shown('event 4625 0xC0000234')).toContain('locked');
  });

  it('is answered by the entry that is called by it', () => {
    expect(asked('SceCli 1704')).toMatchObject({ intent: 'explain' });
  });

  it('is explained where the answer to the rest of the question leaves it out', () => {
    expect(shown('our sharepoint farm says 503 and the system log has event 5021')).toContain('WAS 5021');
  });

  it.each(['we have 5000 users', 'since the 2016 servers came', 'port 5021 is open on the firewall'])(
    'is no other number: "%s"',
    (question) => {
      expect(asked(question).intent).not.toBe('event');
    },
  );
});

describe('a line of the details that holds what the question names', () => {
  it('is shown: the row of a default policy, the account of a story', () => {
    expect(shown('who ran the pool in the MBAM article, and what did its token hold')).toContain('mbam_iis');
  });

  it('is left where the first screen says it', () => {
    const ids = asked('what is SeImpersonatePrivilege').answer.parts.map(({ id }) => id);
    expect(ids).not.toContain('asked');
  });
});
