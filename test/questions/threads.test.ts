import { describe, expect, it } from 'vitest';
import { ask } from '../../src/questions/ask.js';
import { rememberAnswer, type ThreadFacts } from '../../src/questions/thread/facts.js';
import { builtKnowledge } from '../built-knowledge.js';

const knowledge = builtKnowledge();

/** Asks these questions one after the other in one thread; returns the last result and what the thread knows. */
function converse(...questions: string[]) {
  let thread: ThreadFacts = {};
  let result = ask('', knowledge);
  for (const question of questions) {
    result = ask(question, knowledge, thread);
    thread = rememberAnswer(thread, result, knowledge) ?? thread;
  }
  return { result, thread };
}

describe('what a thread knows', () => {
  it('is what spoke last, and what was said', () => {
    const { thread } = converse('explain group-empty', 'explain default-holders');
    expect(thread).toMatchObject({ entry: 'default-holders', said: ['group-empty', 'default-holders'] });
  });

  it('stays when an answer says nothing of ours', () => {
    const { thread } = converse('explain group-empty', 'thanks');
    expect(thread.entry).toBe('group-empty');
  });

  it('is what was offered first, until something is chosen', () => {
    const offered = { topic: null, choices: [{ id: 'group-empty/empty-is-normal', title: '', says: '' }] };
    expect(rememberAnswer({}, offered, knowledge)).toEqual({ topic: 'group-empty', entry: 'group-empty' });
    expect(rememberAnswer({ topic: 'freb' }, offered, knowledge)).toBeUndefined();
  });

  it('is no cause where several were offered, until one is chosen', () => {
    const ids = ['authentication-challenge', 'logon-failed/loopback', 'code'];
    const offered = { topic: null, choices: ids.map((id) => ({ id, title: '', says: '' })) };
    const thread = rememberAnswer({}, offered, knowledge)!;
    expect(thread).toEqual({ topic: ids[0], offered: ['authentication-challenge', 'logon-failed', 'code'] });
    const asked = (line: string) => ask(line, knowledge, thread);
    expect(asked('are you sure').answer.summary).toMatch(/^I don't know it yet/);
    expect(asked('only when I open it on the server itself')).toMatchObject({ topic: 'logon-failed' });
    expect(rememberAnswer(thread, { topic: 'logon-failed' }, knowledge)).toHaveProperty('offered', undefined);
  });

  it('is bounded', () => {
    const { thread } = converse(...[...knowledge.topics.keys()].map((id) => `explain ${id}`));
    expect(thread.said).toHaveLength(40);
  });
});

describe('a question of the same words', () => {
  it('means in each thread what that is about', () => {
    const inThread = (first: string) => converse(first, 'why').result.topic;
    expect(inThread('explain slow-client')).toBe('slow-client');
    expect(inThread('explain directory-listing-denied')).toBe('directory-listing-denied');
  });

  it('stands alone outside of a thread', () => {
    expect(ask('which pool is it', knowledge).intent).not.toBe('fact');
  });
});

describe('the identity of a pool', () => {
  it('is no failure where a plan is talked about', () => {
    const { result } = converse('explain potato', 'our pools all run as ApplicationPoolIdentity');
    expect(knowledge.topics.has(result.entry ?? '')).toBe(true);
    expect(result.answer.summary).not.toContain("doesn't explain it");
  });
});

describe('what a thread has shown or told', () => {
  it('is not asked for again', () => {
    const next = (thread: ThreadFacts) =>
      ask('explain impersonation-right-missing', knowledge, thread).answer.parts.find(({ id }) => id === 'next');
    const asks = (title: string) => ({ text: expect.stringContaining(title) });
    expect(next({})).toMatchObject(asks('he identity the pool runs as'));
    const thread = {
      topic: 'impersonation-right-missing',
      seen: ['rights-export'],
      told: { account: 'FABRIKAM\\svc' },
    };
    expect(next(thread)).toMatchObject({ text: 'Which Group Policy object sets the right.' });
    expect(next({ ...thread, told: { ...thread.told, gpo: 'Hardening' } })).toBeUndefined();
  });
});

describe('a right that is named', () => {
  it('is a matter of its own in a thread about another fault', () => {
    const { result } = converse(
      'explain request-refused-by-http-sys',
      'does the pool account need SeImpersonatePrivilege too?',
    );
    expect(result.entry).not.toBe('request-refused-by-http-sys');
    expect(result.answer.summary).not.toContain('restart');
  });
});

describe('a number that several causes show', () => {
  it.each(['why', 'how do I fix it'])('is not explained again: %s', (words) => {
    const { result } = converse('what is 401.2', words);
    expect(result.answer.summary).toMatch(/^That depends on the cause: 401\.2 can mean that .+ or .+\.$/);
    expect(result.answer.parts[0]).toMatchObject({ id: 'next' });
  });

  it('leads to the one cause where there is one', () => {
    expect(converse('what is 403.14', 'why').result.topic).toBe('directory-listing-denied');
  });
});

describe('what is asked about a fault beside its reason and its fix', () => {
  it.each([
    ['who has to do that', /^An administrator of the web server starts the pool/],
    ['any workaround', /^That depends on why it stopped/],
    ['is that risky', /^Starting the pool is safe for the others/],
    ['since when is it like that', /^The WAS events in the System log say when it stopped/],
    ['will it happen again', /^That depends on why it stopped/],
  ])('is answered by its card: %s', (words, wanted) => {
    const { result } = converse('explain application-pool-stopped', words);
    expect(result).toMatchObject({ topic: 'application-pool-stopped' });
    expect(result.answer.summary).toMatch(wanted);
  });

  it.each([
    ['who has to do that', 'who-may-fix'],
    ['any workaround', 'fix-impersonate'],
  ])('is answered for the right by the entry that knows it: %s', (words, entry) => {
    expect(converse('explain impersonation-right-missing', words).result.entry).toBe(entry);
  });
});

describe('a short question about a topic', () => {
  it.each([
    ['explain events-was', 'how do I check that', 'see-events'],
    ['explain pool-identities/application-pool-identity', 'how do I go back', 'switch-back'],
    ['explain double-hop', 'who has to do that', 'who-sets-it'],
    ['explain gmsa-pool', 'who has to do that', 'who-creates'],
    ['explain freb-enable', 'is that risky', 'cost'],
  ])('is answered by what the knowledge names for it: %s, %s', (topic, words, statement) => {
    expect(converse(topic, words).result.statement).toBe(statement);
  });

  it('that nothing in the knowledge answers is not answered by another fact', () => {
    const { result } = converse('explain aspnetcore-hosting', 'and until they do it?');
    expect(result.answer.summary).toMatch(/^I know nothing certain about that/);
  });

  it('of doubt is answered by the sources', () => {
    expect(converse('explain gmsa-pool', 'are you sure').result.answer.summary).toMatch(/^Yes\. It is documented: "/);
  });

  it('is answered by the next of them when the first was said', () => {
    const { result, thread } = converse('explain cis-rule', 'what would that break', 'what would that break');
    expect(new Set(thread.said).size).toBe(thread.said?.length);
    expect(result.statement).not.toBe('removal-breaks');
  });

  it('about another fault is not answered by what is true of the right', () => {
    const { result } = converse('explain config-unreadable', 'do I have to reboot the server');
    expect(result).toMatchObject({ topic: 'config-unreadable', intent: 'cause' });
  });
});

describe('a short question about a cause', () => {
  it.each([
    ['what else could it be', /^This is easily mistaken for it/],
    ['same on the other server', /^It can be: after a changed password/],
    ['how do I know it worked', /^Open the site once and list the pools again/],
    ['are you sure', /^I have seen nothing of yours yet/],
    ['can I undo it', /^Yes, this takes the fix back/],
  ])('is answered by its card: %s', (words, wanted) => {
    const { result } = converse('explain application-pool-stopped', words);
    expect(result.topic).toBe('application-pool-stopped');
    expect(result.answer.summary).toMatch(wanted);
  });
});

describe('a code beside a status', () => {
  it('is a thread about the cause that they mean together', () => {
    const { result } = converse('500.19 0x80070005', 'which command');
    expect(result.topic).toBe('config-unreadable');
  });

  it('lets ask for the account, of which nothing is known yet', () => {
    const { result } = converse('500.19 0x80070005', 'which account is that');
    expect(result.intent).toBe('fact');
    expect(result.answer.summary).toMatch(
      /^What I have seen doesn't show which account the pool of the site runs as\./,
    );
  });
});
