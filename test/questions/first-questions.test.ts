import { describe, expect, it } from 'vitest';
import { plainText } from '../../src/answer/answer.js';
import { ask } from '../../src/questions/ask.js';
import { knowledge } from '../diagnosis/readings.js';

/** What a reader sees first: the title and the first part. */
function opening(question: string): string {
  const { answer } = ask(question, knowledge);
  const [first] = answer.parts.filter(({ id }) => id !== 'language');
  return `${plainText(answer.title)} ${first?.kind === 'text' ? plainText(first.text) : ''}`;
}

// What is asked first, by who has never heard of it.
describe('a first question opens with what it asks for', () => {
  it.each([
    ['what is SeImpersonatePrivilege?', 'which programs may act as another user'],
    ['What is "Impersonate a client after authentication"?', 'which programs may act as another user'],
    ['seimpersonateprivilege', 'which programs may act as another user'],
    ['explain SeImpersonatePrivilege', 'which programs may act as another user'],
    ['was ist SeImpersonatePrivilege?', 'which programs may act as another user'],
    ['what is IIS_IUSRS', 'group of all IIS worker processes'],
    ['what is FREB?', 'one XML file for a request'],
    ['what is gpresult', 'which GPO wins'],
    ['what is secedit', 'exports and applies security settings'],
    ['what is a worker process', 'runs the code of your sites'],
    ['what is an application pool?', 'share worker processes'],
    ['what is a SID', 'number by which Windows knows an account'],
    ['what is 0x80070542', 'lacks SeImpersonatePrivilege'],
    ['who holds SeImpersonatePrivilege by default?', 'Administrators, LOCAL SERVICE, NETWORK SERVICE, SERVICE'],
    ['how do I give IIS_IUSRS the right back', 'Add IIS_IUSRS'],
    ['is SeImpersonatePrivilege dangerous', 'Yes.'],
  ])('to "%s"', (question, holds) => {
    expect(opening(question)).toContain(holds);
  });
});
