import { describe, expect, it } from 'vitest';
import { renderText } from '../../src/answer/text.js';
import { ask } from '../../src/questions/ask.js';
import { builtKnowledge } from '../built-knowledge.js';

const knowledge = builtKnowledge();
const reply = (question: string) => renderText(ask(question, knowledge).answer, { columns: 100_000 });

describe('a password in a chat', () => {
  it.each([
    'can I post the password of the pool account here',
    'shall I give you the service account password?',
    'do you need admin credentials',
    'must I send the pfx',
    'may I paste a connection string here',
    'is it ok if I paste the web.config with connection string',
    'i just posted our app pool password in the channel',
  ])('%s: never, and what to send instead', (question) => {
    const text = reply(question);
    expect(text).toMatch(/never post a password/);
    expect(text).toMatch(/Change the password first/);
    expect(text).toMatch(/Send the FREB log/);
  });

  it.each([
    'wrong password of the pool account',
    'the app pool password expired',
    'does IUSR have a password',
    'does a freb log contain passwords',
  ])('%s: is another question', (question) => {
    expect(reply(question)).not.toMatch(/never post a password/);
  });
});

describe('a command that gives the right to everyone', () => {
  it.each([
    'ntrights +r SeImpersonatePrivilege -u Everyone',
    'ntrights -u Everyone +r SeImpersonatePrivilege',
    'ntrights +r SeImpersonatePrivilege -u "Domain Users"',
    'Grant-CPrivilege -Identity Everyone -Privilege SeImpersonatePrivilege',
    'ansible win_user_right SeImpersonatePrivilege users Everyone',
    'dsc UserRightsAssignment Impersonate_a_client_after_authentication Identity Everyone',
  ])('%s: is warned of', (question) => {
    expect(reply(question)).toMatch(/never to Everyone or Users|nothing wider/);
  });
});
