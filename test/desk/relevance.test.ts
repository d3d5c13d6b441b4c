import { describe, expect, it } from 'vitest';
import { isQuestion, looksPasted } from '../../src/desk/conversation/text-forms.js';
import { decideRelevance } from '../../src/desk/messages/relevance.js';
import type { ThreadState } from '../../src/desk/ports/store.js';
import { file, knowledge, message } from './support.js';

const joined: ThreadState = { joined: true, muted: false, topic: 'SeImpersonatePrivilege' };
const muted: ThreadState = { ...joined, muted: true };
const apart = undefined;
const log = [file('fr000001.xml')];
const stub = [{ name: 'fr000001.xml', reason: 'teams-channel-file' }];
const photo = [{ name: 'lunch.png', reason: 'teams-channel-file' }];

describe('whether a message is answered', () => {
  it.each([
    // message, thread, reason
    ['a mention', { addressed: true, text: 'hm' }, apart, 'addressed'],
    ['a mention in a muted thread', { addressed: true, text: 'hm' }, muted, 'addressed'],
    ['a mention with a file', { addressed: true, files: log }, apart, 'addressed'],
    ['an upload without a mention', { files: log }, apart, 'overheard-files'],
    ['an upload in a joined thread', { files: log }, joined, 'overheard-files'],
    ['an upload in a muted thread', { files: log }, muted, 'none'],
    ['a stub named like evidence', { unreachable: stub }, apart, 'overheard-unreachable'],
    ['a stub named like lunch', { unreachable: photo }, apart, 'none'],
    ['a stub in a muted thread', { unreachable: stub }, muted, 'none'],
    ['a plain question in a joined thread', { text: 'and on a DC?' }, joined, 'overheard-question'],
    ['the same question elsewhere', { text: 'and on a DC?' }, apart, 'none'],
    ['the same question in a muted thread', { text: 'and on a DC?' }, muted, 'none'],
    ['people talking in a joined thread', { text: 'shall we have lunch?' }, joined, 'none'],
    ['a whole log pasted anywhere', { text: '<failedRequest url="http://h/">' }, apart, 'overheard-text'],
    ['rights pasted anywhere', { text: 'SeAuditPrivilege = *S-1-5-19' }, apart, 'overheard-text'],
    ['talk about logs', { text: 'the log has failedRequest in it\nsee there\nplease' }, apart, 'none'],
    ['lines pasted into a joined thread', { text: '```\n<Event>\n```' }, joined, 'overheard-text'],
    ['lines pasted elsewhere', { text: '```\n<Event>\n```' }, apart, 'none'],
    ['nothing at all', {}, joined, 'none'],
  ] as const)('is decided for %s', (_name, given, thread, expected) => {
    const heard = message({ addressed: false, ...given, files: [...('files' in given ? given.files : [])] } as never);
    expect(decideRelevance(heard, thread, knowledge).reason).toBe(expected);
  });
});

describe('the text of a message', () => {
  it.each([
    ['who holds it by default?', true],
    ['what is 500.19', true],
    ['und auf einem DC?', true],
    ['<@U2> can you look?', false],
    ['I restarted the pool', false],
    ['', false],
    [`${'a'.repeat(400)}?`, false],
  ])('%j looks like a question: %s', (text, expected) => expect(isQuestion(text)).toBe(expected));

  it.each([
    ['<failedRequest url="x">', true],
    ['SeImpersonatePrivilege = *S-1-5-19', true],
    ['one\ntwo\nthree', true],
    ['what does SeImpersonatePrivilege = nobody mean', false],
    ['hello there', false],
  ])('%j looks like a paste: %s', (text, expected) => expect(looksPasted(text)).toBe(expected));
});
