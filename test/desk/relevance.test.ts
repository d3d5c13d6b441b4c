import { describe, expect, it } from 'vitest';
import { isQuestion, judgeRelevance, looksPasted } from '../../src/desk/messages/relevance.js';
import type { ThreadState } from '../../src/desk/ports/store.js';
import { file, message } from './support.js';

const joined: ThreadState = { joined: true, muted: false };
const muted: ThreadState = { joined: true, muted: true };
const apart = undefined;
const log = [file('fr000001.xml')];
const stub = [{ name: 'fr000001.xml', reason: 'teams-channel-file' }];
const photo = [{ name: 'lunch.png', reason: 'teams-channel-file' }];

describe('relevance', () => {
  it.each([
    // what comes, in which thread, answerable -> what it is
    ['a mention', { addressed: true, text: 'hm' }, apart, false, 'addressed'],
    ['a mention in a muted thread', { addressed: true, text: 'hm' }, muted, false, 'addressed'],
    ['a mention with a file', { addressed: true, files: log }, apart, false, 'addressed'],
    ['an upload nobody mentioned', { files: log }, apart, false, 'overheard-files'],
    ['an upload in a joined thread', { files: log }, joined, false, 'overheard-files'],
    ['an upload in a muted thread', { files: log }, muted, false, 'none'],
    ['a stub named like evidence', { unreachable: stub }, apart, false, 'overheard-unreachable'],
    ['a stub named like lunch', { unreachable: photo }, apart, false, 'none'],
    ['a stub in a muted thread', { unreachable: stub }, muted, false, 'none'],
    ['a plain question in a joined thread', { text: 'and on a DC?' }, joined, true, 'overheard-question'],
    ['the same question elsewhere', { text: 'and on a DC?' }, apart, true, 'none'],
    ['the same question in a muted thread', { text: 'and on a DC?' }, muted, true, 'none'],
    ['people talking in a joined thread', { text: 'shall we have lunch?' }, joined, false, 'none'],
    ['a whole log pasted anywhere', { text: '<failedRequest url="http://h/">' }, apart, false, 'overheard-text'],
    ['rights pasted anywhere', { text: 'SeAuditPrivilege = *S-1-5-19' }, apart, false, 'overheard-text'],
    ['talk about logs', { text: 'the log has failedRequest in it\nsee there\nplease' }, apart, false, 'none'],
    ['lines pasted into a joined thread', { text: '```\n<Event>\n```' }, joined, false, 'overheard-text'],
    ['lines pasted elsewhere', { text: '```\n<Event>\n```' }, apart, false, 'none'],
    ['nothing at all', {}, joined, false, 'none'],
  ] as const)('%s', (_what, given, thread, answerable, expected) => {
    const heard = message({ addressed: false, ...given, files: [...('files' in given ? given.files : [])] } as never);
    expect(judgeRelevance(heard, thread, () => answerable)).toBe(expected);
  });
});

describe('what looks like a question, what like a paste', () => {
  it.each([
    ['who holds it by default?', true],
    ['what is 500.19', true],
    ['und auf einem DC?', true],
    ['<@U2> can you look?', false],
    ['I restarted the pool', false],
    ['', false],
    [`${'a'.repeat(400)}?`, false],
  ])('%s', (text, expected) => expect(isQuestion(text)).toBe(expected));

  it.each([
    ['<failedRequest url="x">', true],
    ['SeImpersonatePrivilege = *S-1-5-19', true],
    ['one\ntwo\nthree', true],
    ['what does SeImpersonatePrivilege = nobody mean', false],
    ['hello there', false],
  ])('%s', (text, expected) => expect(looksPasted(text)).toBe(expected));
});
