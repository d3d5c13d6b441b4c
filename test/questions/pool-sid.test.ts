import { describe, expect, it } from 'vitest';
import { renderText } from '../../src/answer/text.js';
import { appPoolSid } from '../../src/evidence/sids.js';
import { ask } from '../../src/questions/ask.js';
import { knowledge } from '../diagnosis/readings.js';

const answer = (question: string) => renderText(ask(question, knowledge).answer, { columns: 1000 });

describe('the SID of a pool that a question names', () => {
  it.each([
    ['what is the sid of IIS AppPool\\Intranet', 'intranet'],
    ['what is the sid of the pool Order Desk?', 'order desk'],
    ['which SID has "IIS AppPool\\Order Desk"', 'order desk'],
    ['can I put the sid of IIS AppPool\\Intranet on the list instead of the whole group', 'intranet'],
  ])('is told with the name it was computed for: %s', (question, name) => {
    expect(answer(question)).toContain(`A pool named ${name} has the SID ${appPoolSid(name)}.`);
  });

  it('is not computed for what no pool is called', () => {
    expect(answer('what is the sid of the pool <script>alert(1)</script>')).not.toMatch(/A pool named|script/);
  });
});
