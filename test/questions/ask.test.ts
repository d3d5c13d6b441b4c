import { beforeAll, describe, expect, it } from 'vitest';
import { renderText } from '../../src/answer/text.js';
import type { Knowledge } from '../../src/knowledge/knowledge.js';
import { type AskResult, ask, plainlyAnswerable } from '../../src/questions/ask.js';
import { ruleTopics } from '../../src/questions/rules.js';
import { builtKnowledge } from '../built-knowledge.js';
import { heldOut, offTopic, patternsOf, questionsOf, smallTalk, statements, threadOf, tuned } from './tables.js';

let knowledge: Knowledge;
beforeAll(() => {
  knowledge = builtKnowledge();
});

/** What answered: a topic by its id, anything else by intent and name. */
const spoke = (r: AskResult) =>
  r.intent === 'code' || r.intent === 'status' || r.intent === 'cause'
    ? `${r.intent} ${r.topic}`
    : (r.entry ?? r.intent);
const fits = (r: AskResult, wanted: string) => wanted.split(' | ').includes(spoke(r));
const text = (r: AskResult) => renderText(r.answer, { columns: 100_000 });

/**
 * Returns the share of a table that is answered by what should answer it, and the questions that are not. `claimed` counts
 * those that got another entry's answer rather than "I only know" or "Did you mean".
 */
function score(
  table: Record<string, string[]>,
  threads: readonly (readonly [string, string, string])[] = [],
): { share: number; wrong: string[]; count: number; claimed: number } {
  const all: { q: string; wanted: string; topic?: string }[] = [
    ...Object.entries(table).flatMap(([wanted, questions]) => questions.map((q) => ({ q, wanted }))),
    ...threads.map(([q, topic, wanted]) => ({ q, topic, wanted })),
  ];
  let claimed = 0;
  const wrong = all.flatMap(({ q, wanted, topic }) => {
    const r = ask(q, knowledge, topic === undefined ? {} : { topic });
    if (fits(r, wanted)) return [];
    if (r.intent !== 'unknown') claimed++;
    return [`${q} -> ${spoke(r)}, not ${wanted}`];
  });
  return { share: 1 - wrong.length / all.length, wrong, count: all.length, claimed };
}

/** Prints the result of a round and expects at least a share of right answers and few wrong claims. */
function expectShare(
  round: string,
  table: Record<string, string[]>,
  threads: readonly (readonly [string, string, string])[],
  least: number,
): void {
  const { share, wrong, count, claimed } = score(table, threads);
  console.log(`${round}: ${(100 * share).toFixed(1)} % of ${count}, ${claimed} wrong claims`);
  expect(claimed, wrong.join('\n')).toBeLessThanOrEqual(Math.max(3, 0.05 * count));
  expect(share, wrong.join('\n')).toBeGreaterThanOrEqual(least);
}

describe('the phrasing tables', () => {
  it.each([
    ['phrasings', [], 0.98],
    ['phrasings, second round', [], 0.97],
    ['hurried', threadOf('hurried'), 0.97],
    ['hurried, third round', [], 0.97],
    ['chat', threadOf('chat'), 0.97],
    ['may IIS_IUSRS leave the list', threadOf('may IIS_IUSRS leave the list'), 0.97],
    ['may IIS_IUSRS leave the list, third round', [], 0.97],
  ] as const)('answers the tuned round "%s"', (round, threads, least) => {
    expectShare(`tuned: ${round}`, questionsOf(tuned, round), threads, least);
  });

  // The shares say how well questions are understood that the word lists were not tuned on.
  it.each([
    ['phrasings', [], 0.9],
    ['phrasings, second round', [], 0.85],
    ['hurried', threadOf('hurried, held out'), 0.93],
    ['hurried, fourth round', [], 0.8],
    ['chat', threadOf('chat, held out'), 0.88],
    ['chat, rounds three to five', threadOf('chat, rounds three to five'), 0.88],
    ['may IIS_IUSRS leave the list', [], 0.9],
  ] as const)('answers the held-out round "%s"', (round, threads, least) => {
    expectShare(`held out: ${round}`, questionsOf(heldOut, round), threads, least);
  });

  it('has ten phrasings for every intent', () => {
    const count = new Map<string, number>();
    for (const [wanted, questions] of [
      ...Object.entries(questionsOf(tuned, 'phrasings')),
      ...Object.entries(questionsOf(tuned, 'phrasings, second round')),
    ]) {
      const id = wanted.split(' | ')[0]!;
      const intent = /^(code|status) /.exec(id)?.[1] ?? knowledge.topics.get(id)?.intent ?? 'none';
      count.set(intent, (count.get(intent) ?? 0) + questions.length);
    }
    const intents = new Set([...knowledge.topics.values()].map((t) => t.intent));
    for (const intent of [...intents, 'code', 'status'])
      expect(count.get(intent) ?? 0, intent).toBeGreaterThanOrEqual(10);
  });

  it.each(
    Object.entries(statements.otherLanguages).flatMap(([wanted, by]) =>
      Object.values(by).map((q) => [q, wanted] as const),
    ),
  )('understands "%s"', (question, wanted) => {
    expect(spoke(ask(question, knowledge))).toBe(wanted);
  });

  it.each(statements.confusable)('keeps apart: $ask', ({ ask: question, answers: wanted }) => {
    expect(spoke(ask(question, knowledge))).toBe(wanted);
  });

  it.each(threadOf('each must be right'))('understands "%s" in a thread about %s', (question, topic, wanted) => {
    expect(spoke(ask(question, knowledge, { topic }))).toBe(wanted);
  });
});

describe('the rule table', () => {
  it('leads to topics and causes that exist', () => {
    for (const id of ruleTopics) expect(knowledge.topics.has(id) || knowledge.causes.has(id), id).toBe(true);
  });

  it('finds whole sentences in the knowledge, not pieces cut at a comma', () => {
    for (const topic of knowledge.topics.values())
      for (const sentence of topic.more) expect(sentence, topic.id).toMatch(/^[\p{Lu}`"0-9.].*[.:;`"]$/su);
  });
});

describe('a question that fits two entries alike', () => {
  const title = (id: string) => knowledge.topics.get(id)!.title;
  it('is asked back, with what it may have meant and how to say so', () => {
    const r = ask('auditor asks why IIS_IUSRS has impersonate', knowledge);
    expect([r.intent, r.topic]).toEqual(['unknown', null]);
    expect(plainlyAnswerable(r)).toBe(false);
    const shown = text(r);
    expect(shown).toMatch(/^Did you mean one of these\?/);
    expect(shown).toContain(title('iis-iusrs'));
    const [, id] = /explain ([a-z0-9.-]+)/.exec(shown)!;
    expect(ask(`explain ${id}`, knowledge).entry).toBe(id);
  });

  it('opens each entry by the id it offers', () => {
    for (const id of knowledge.topics.keys()) expect(ask(`explain ${id}`, knowledge).entry).toBe(id);
  });

  it('says "I only know" to what is somebody else\'s', () => {
    expect(text(ask('how do I fix my printer', knowledge))).not.toContain('Did you mean');
  });
});

describe('what is none of our business', () => {
  it.each([...questionsOf(smallTalk, 'tuned'), ...questionsOf(smallTalk, 'held out')])(
    'takes no small talk for a question: "%s"',
    (said) => {
      const r = ask(said, knowledge);
      expect([r.intent, r.topic], spoke(r)).toEqual(['unknown', null]);
      expect(text(r)).not.toContain('Did you mean');
    },
  );

  it.each([
    ['site asks for password three times', 'cause logon-failed'],
    ['page not found but file exists', 'cause file-not-found'],
    ['site is unavailable', 'cause application-pool-stopped'],
    ['service unavailable', 'cause application-pool-stopped'],
    ['my site is slow', 'freb-slow'],
  ])('still takes "%s" for a question', (question, wanted) => {
    expect(spoke(ask(question, knowledge))).toBe(wanted);
  });

  it.each(questionsOf(smallTalk, 'rounds two and three'))('claims nothing for "%s"', (said) => {
    const r = ask(said, knowledge);
    expect([r.intent, r.topic], spoke(r)).toEqual(['unknown', null]);
  });

  it.each(offTopic.flatMap(({ questions }) => questions))('claims no topic for "%s"', (question) => {
    const alone = ask(question, knowledge);
    expect(alone.intent, spoke(alone)).toBe('unknown');
    expect(alone.topic).toBeNull();
    expect(plainlyAnswerable(alone)).toBe(false);
    const inThread = ask(question, knowledge, { topic: 'impersonation-right-missing' });
    expect(plainlyAnswerable(inThread), spoke(inThread)).toBe(false);
  });

  it.each(['thanks', 'Thank you!', 'ok', 'thx, that helped', 'danke', 'great, thanks a lot'])(
    'answers "%s" with a courteous line',
    (said) => {
      const r = ask(said, knowledge);
      expect(r.intent).toBe('unknown');
      expect(text(r)).toMatch(/^You are welcome\./);
      expect(text(r).length).toBeLessThan(200);
    },
  );

  it('says what it can do instead', () => {
    const answer = text(ask('how do I fix my printer', knowledge));
    expect(answer).toContain('FREB');
    expect(answer).toContain('SeImpersonatePrivilege');
    expect(answer).not.toContain('printer');
  });
});

describe('each statement of the sources', () => {
  it.each(patternsOf([...statements.sources, ...statements.right]))('%s', (question, holds) => {
    const result = ask(question, knowledge);
    expect(text(result), `${spoke(result)} ${result.score}`).toMatch(holds);
  });
});

describe("the right's name in every language", () => {
  it('finds the right by each display name', () => {
    const names = knowledge.topics.get('display-names')!.facts;
    expect(names).toHaveLength(16);
    for (const name of names.flatMap((f) => f.value.split(' / '))) {
      for (const question of [name, `${name}?`, `what is "${name}"`, name.replace(/’/g, "'")]) {
        const r = ask(question, knowledge);
        expect(r.topic, question).toBe('SeImpersonatePrivilege');
      }
    }
  });
});

describe('the language of the asker', () => {
  it('gives the name back as the question had it', () => {
    const r = ask('Wer hat "Annehmen der Clientidentität nach Authentifizierung" standardmäßig?', knowledge);
    expect(r.intent).toBe('defaults');
    expect(text(r)).toContain(
      'In your Windows (German) the setting reads “Annehmen der Clientidentität nach Authentifizierung”.',
    );
    expect(text(ask('who holds Impersonate a client after authentication', knowledge))).not.toContain(
      'In your Windows',
    );
  });
});

describe('codes in any form', () => {
  it('finds every code of the knowledge by all its numbers', () => {
    for (const entry of knowledge.codes.values()) {
      const value = Number.parseInt(entry.hresult.slice(2), 16);
      const forms = [entry.hresult, entry.hresult.toUpperCase().replace('0X', '0x'), `what is ${entry.hresult}?`];
      if (value > 0x7fffffff) forms.push(String(value), String(value - 0x1_0000_0000), entry.hresult.slice(2));
      if (entry.win32) forms.push(`win32 ${entry.win32}`, `win32 error ${entry.win32}`);
      for (const form of forms) {
        const r = ask(form, knowledge);
        expect([r.intent, r.topic], form).toEqual(['code', entry.hresult]);
        expect(text(r)).toContain(entry.name);
      }
    }
  });

  it('finds every status', () => {
    for (const entry of knowledge.statuses.values()) {
      for (const form of [entry.code, `HTTP ${entry.code}`, `what is ${entry.code}?`]) {
        const r = ask(form, knowledge);
        expect([r.intent, r.topic], form).toEqual(['status', entry.code]);
        expect(text(r)).toContain(entry.name);
      }
    }
  });

  it.each([
    ['ERROR_BAD_IMPERSONATION_LEVEL', '0x80070542'],
    ['what is STATUS_BAD_IMPERSONATION_LEVEL', '0xc00000a5'],
    ['"A required privilege is not held by the client." - what is this', '0x80070522'],
  ])('knows the name or message: %s', (question, code) => {
    const r = ask(question, knowledge);
    expect([r.intent, r.topic]).toEqual(['code', code]);
  });

  it('puts the meaning that fits the status first', () => {
    const lines = text(ask('500 19 5', knowledge)).split('\n');
    const first = lines.findIndex((l) => /In IIS/.test(l)) + 1;
    expect(lines[first]).toContain('500.19');
  });

  it('decodes a code nobody listed by its parts', () => {
    const r = ask('0x8007abcd', knowledge);
    expect(r.topic).toBe('0x8007abcd');
    expect(text(r)).toContain('43981');
  });

  it.each(['windows update 0x80073712', 'wsus client 0x8024402c', 'printer server error 0x0000011b'])(
    'says of "%s" that it is not in its list, and only to who asked',
    (question) => {
      const r = ask(question, knowledge);
      expect(text(r)).toContain('is not in my list');
      expect(plainlyAnswerable(r)).toBe(false);
    },
  );

  it.each([
    ['500/19', '500.19'],
    ['HTTP 404,13 ?', '404.13'],
    ['what does 403;14 mean', '403.14'],
    ['500-19 on one site', '500.19'],
    ['status 500 substatus 21', '500.21'],
    ['substatus 7 of 404', '404.7'],
    ['sc-status=401 sc-substatus=2', '401.2'],
    ['HttpStatus="500" HttpSubStatus="19"', '500.19'],
  ])('finds the status in "%s"', (question, status) => {
    expect(spoke(ask(question, knowledge))).toBe(`status ${status}`);
  });

  it.each([
    ['sc-status 500 sc-substatus 0 sc-win32-status 1346', '0x80070542'],
    ['HttpStatus="500" HttpSubStatus="0" ErrorCode="2147942405"', '0x80070005'],
  ])('finds the code in "%s"', (question, code) => {
    expect(spoke(ask(question, knowledge))).toBe(`code ${code}`);
  });

  it('takes "401/403" for two statuses and a room for none', () => {
    expect(ask('401/403 errors on the site', knowledge).topic).toMatch(/^40[13]$/);
    expect(ask('is somebody in room 404-12 right now?', knowledge).intent).toBe('unknown');
  });

  it('takes no SID, GUID or year for a code', () => {
    for (const q of [
      'S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415',
      'windows server 2019 default holders of SeImpersonatePrivilege',
    ]) {
      expect(ask(q, knowledge).intent, q).not.toBe('code');
    }
  });
});

describe('pasted messages', () => {
  it('finds each message of the knowledge, with names put where they belong', () => {
    for (const { text, means } of knowledge.messages.values()) {
      for (const pasted of [text.replaceAll('…', '"Portal 7"'), `Description: ${text.replaceAll('…', 'x')}. `]) {
        const r = ask(pasted, knowledge);
        expect([r.topic, r.entry], pasted).toContain(means);
      }
    }
  });

  it('finds one that was copied in part', () => {
    expect(ask('You are not authorized to view this page due to', knowledge).topic).toBe('401.2');
    expect(ask('the related configuration data for the page is invalid', knowledge).topic).toBe('500.19');
  });

  it('lets a number on the page say more than its words', () => {
    const page =
      'HTTP Error 500.24 An ASP.NET setting has been detected that does not apply in Integrated managed pipeline mode';
    expect(ask(page, knowledge).topic).toBe('500.24');
  });
});

describe('another user right', () => {
  it.each([
    ['SeTcbPriviledge', 'right-tcb'],
    ['SE_TCB_NAME', 'right-tcb'],
    ['does the pool account need SeDebugPrivelege', 'right-debug'],
    ['deny logon as batch job', 'right-deny-logon'],
    ['Deny log on as a service', 'right-deny-logon'],
    ['log-on as a service for the pool', 'right-service-logon'],
    ['Ersetzen eines Tokens auf Prozessebene', 'right-assign-primary-token'],
    ['who has the right to shut down the system', 'right-others'],
    ['SeLoadDriverPrivilege for an app pool?', 'right-others'],
    ['which user rights does IIS need besides log on as a batch job', 'impersonate-neighbours'],
  ])('is told for "%s"', (question, topic) => {
    expect(spoke(ask(question, knowledge))).toBe(topic);
  });

  it.each(['change the time zone on my phone', 'how do I back up files and directories on a mac'])(
    'is not seen in the words of everyday: %s',
    (question) => {
      expect(ask(question, knowledge).intent).toBe('unknown');
    },
  );

  it('says the row of a right that IIS has nothing to do with', () => {
    expect(ask('what is SeBackupPrivilege', knowledge).answer.summary).toContain('Back up files and directories');
  });
});

describe('the forms of the command table', () => {
  it.each([
    ['defaults', 'Member server'],
    ['defaults dc', 'Domain controller (effective)'],
    ['defaults client', 'Client computer'],
    ['defaults Windows Server 2025', 'PrintSpoolerService'],
    ['fix', 'Add IIS_IUSRS'],
    ['fix gpo', 'Group Policy Management'],
    ['fix local', 'secpol.msc'],
    ['fix powershell', 'secedit /configure'],
    ['fix stopgap', '16 hours'],
    ['fix owner', 'GPO'],
    ['fix tools', 'Ansible'],
    ['capture', 'appcmd configure trace'],
    ['reboot?', 'No: the computer need not restart'],
    ['undo', 'Take IIS_IUSRS out'],
  ])('answers "%s"', (question, holds) => {
    expect(text(ask(question, knowledge))).toContain(holds);
  });

  it('explains every cause by its id and its title', () => {
    for (const cause of knowledge.causes.values()) {
      for (const question of [`explain ${cause.id}`, cause.title]) {
        expect(ask(question, knowledge).topic, question).toBe(cause.id);
      }
    }
  });
});

describe('answers', () => {
  it('starts with Yes or No where that was asked', () => {
    for (const q of [
      'do I need to reboot?',
      'is SERVICE the same as LOCAL SERVICE',
      'does whoami prove that the pool has the privilege',
      'is 500.24 the same as 0x80070542',
      'does CIS allow IIS_IUSRS',
    ]) {
      const r = ask(q, knowledge);
      expect(r.answer.summary, q).toMatch(/^(Yes|No)[:,]/);
      expect(text(r), q).toMatch(/^(Yes|No)[:,]/);
    }
  });

  it('has sources for everything it knows, and never braces or backticks left over', () => {
    const questions = [
      ...Object.values(questionsOf(tuned, 'phrasings')).flat(),
      ...statements.confusable.map((row) => row.ask),
    ];
    for (const q of questions) {
      const r = ask(q, knowledge);
      expect(r.score).toBeGreaterThanOrEqual(0);
      expect(r.score).toBeLessThanOrEqual(1);
      expect(text(r), q).not.toMatch(/`|\{[a-z]|\*\*/);
      if (!['unknown', 'help'].includes(r.intent))
        expect(r.answer.sources.length + Number(r.entry === 'undo-fix'), q).toBeGreaterThan(0);
    }
  });
});

describe('the SID of a pool', () => {
  it.each([
    [
      'what is the sid of the application pool DefaultAppPool?',
      'S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415',
    ],
    ['sid of IIS APPPOOL\\DefaultAppPool', 'S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415'],
    ['application pool SID of ".NET v4.5"', 'S-1-5-82-271721585-897601226-2024613209-625570482-296978595'],
    ['sid for pool web', 'S-1-5-82-2971860261-2701350812-2118117159-340795515-2183480550'],
  ])('is computed for "%s"', (question, sid) => {
    const r = ask(question, knowledge);
    expect(r.entry).toBe('pool-sid');
    expect(r.answer.summary).toContain(sid);
  });

  it('is not made up when no pool was named', () => {
    expect(ask('how is the sid of an application pool computed', knowledge).answer.parts[0]!.id).toBe('answer');
  });
});

describe('the damaged copy of the policy page', () => {
  const lists = /administrators/i;
  /** A sentence that lists Administrators, LOCAL SERVICE and NETWORK SERVICE also has SERVICE itself. */
  function whole(paragraph: string): boolean {
    if (!lists.test(paragraph) || !/local service/i.test(paragraph) || !/network service/i.test(paragraph)) return true;
    return /\bservice\b/i.test(paragraph.replace(/(local|network) service/gi, ''));
  }

  it('never shows the list of holders without SERVICE, on any path of a question', () => {
    const questions = [
      ...[...tuned, ...heldOut].flatMap(({ questions: byAnswer }) => Object.values(byAnswer).flat()),
      ...statements.confusable.map((row) => row.ask),
      ...Object.values(statements.otherLanguages).flatMap((by) => Object.values(by)),
      ...[...statements.sources, ...statements.right].map((row) => row.ask),
      ...[...knowledge.topics.values()].flatMap((t) => [t.title, ...t.aliases, ...t.asks]),
      ...[...knowledge.causes.values()].flatMap((c) => [c.title, ...c.aliases]),
      ...knowledge.rights
        .get('SeImpersonatePrivilege')!
        .defaults.map((d) => `who holds SeImpersonatePrivilege by default: ${d.where}`),
      ...['gpo', 'local policy', 'powershell', 'dsc', 'until the gpo owner is back', 'a ticket for the gpo owner'].map(
        (w) => `fix SeImpersonatePrivilege with ${w}`,
      ),
    ];
    let seen = 0;
    for (const q of questions) {
      const shown = text(ask(q, knowledge));
      for (const line of shown.split('\n')) {
        if (lists.test(line) && /local service/i.test(line)) seen++;
        expect(whole(line), `${q}\n${line}`).toBe(true);
        if (/S-1-5-19\b/.test(line) && /S-1-5-20\b/.test(line) && /S-1-5-32-544\b/.test(line)) {
          expect(line, q).toMatch(/S-1-5-6(?!\d)/);
        }
      }
    }
    expect(seen).toBeGreaterThan(100);
    expect(whole('Administrators, Local Service, Network Service')).toBe(false);
  });
});

describe('bad input', () => {
  const hostile: [string, string][] = [
    ['a 100 KB question', 'why does IIS answer 500 '.repeat(4300)],
    ['100 KB without a space', 'x'.repeat(100_000)],
    ['control characters', 'what is \u0000\u0007\u001b[31m IIS_IUSRS\u202e?'],
    ['a script', '<script>alert("x")</script><img src=x onerror=alert(1)>'],
    ['markup of chats', '<!channel> <@U123> *bold* _x_ `code` [a](javascript:alert(1)) <at>all</at>'],
    ['1,000 question marks', '?'.repeat(1000)],
    ['nothing', ''],
    ['only digits', '9'.repeat(5000)],
    ['many numbers', '500 '.repeat(2000)],
    ['a regular expression', '(((((((((((a+)+)+)+)+)+)+)+)+)+)$'],
    ['lone surrogates', '\ud800\udfff\ud800 0x80070542'],
    ['names of objects', '__proto__ constructor toString hasOwnProperty'],
  ];
  it.each(hostile)('%s gets a bounded, polite answer', (_, question) => {
    const r = ask(question, knowledge);
    const shown = JSON.stringify(r.answer);
    expect(shown.length).toBeLessThan(20_000);
    expect(shown).not.toMatch(/<script|onerror|<!channel>|<@U123>|javascript:|\\u001b|xxxxxxxx|99999999/);
    expect(r.answer.parts.length).toBeGreaterThan(0);
  });

  it('is asked a thousand different ways and never throws', () => {
    const words =
      'who what is the 500.19 0x80070542 IIS_IUSRS gpo SERVICE 1346 -1 . , ? ! { } [ ] \\ / % $ ( ) * + é 認証 🙂'.split(
        ' ',
      );
    let seed = 7;
    const next = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff);
    for (let i = 0; i < 1000; i++) {
      const question = Array.from({ length: next() % 12 }, () => words[next() % words.length]).join(' ');
      const r = ask(question, knowledge, next() % 2 ? { topic: words[next() % words.length] } : {});
      expect(r.intent).toMatch(/^[a-z-]+$/);
    }
  });
});

describe('overheard', () => {
  it('speaks only when the question is plainly ours', () => {
    expect(plainlyAnswerable(ask('who should hold SeImpersonatePrivilege on a member server?', knowledge))).toBe(true);
    expect(plainlyAnswerable(ask('what does 0x80070542 mean', knowledge))).toBe(true);
    for (const q of [
      'help',
      'sounds good',
      'I restarted it and now it is slow',
      'can you look at 500 things before lunch',
    ]) {
      expect(plainlyAnswerable(ask(q, knowledge)), q).toBe(false);
    }
  });
});

describe('yes or no, whichever way round it was asked', () => {
  it.each([
    ['does a domain GPO overwrite local policy', 'Yes'],
    ['do two GPOs merge their lists of a right', 'No'],
    ['is IIS_IUSRS a finding in CIS', 'No'],
    ['does CIS allow IIS_IUSRS', 'Yes'],
    ['is SeImpersonatePrivilege available in windows 11', 'Yes'],
    ['is SeImpersonatePrivilege supported on Windows XP SP1', 'No'],
    ['is IIS_IUSRS empty normal', 'Yes'],
    ['do I have to add members to IIS_IUSRS', 'No'],
    ['can a program impersonate without SeImpersonatePrivilege', 'Yes'],
    ['does every user need SeImpersonatePrivilege', 'No'],
    ['does ApplicationPoolIdentity have SeImpersonatePrivilege', 'Yes'],
    ['does ApplicationPoolIdentity lose the right when IIS_IUSRS is removed', 'No'],
    ['is a pool with a custom account affected when IIS_IUSRS is removed', 'Yes'],
    ['does SERVICE belong on the list', 'Yes'],
    ['can I remove SERVICE from SeImpersonatePrivilege', 'No'],
    ['does PrintSpoolerService belong in SeImpersonatePrivilege', 'Yes'],
    ['is PrintSpoolerService in SeImpersonatePrivilege an intruder', 'No'],
    ['is gpupdate enough', 'No'],
    ['is recycling the pool enough', 'It depends'],
    ['must the pool be recycled after the change of the right', 'Yes'],
    ['can I give SeImpersonatePrivilege to Everyone', 'No'],
    ['is it safe to give Everyone the right', 'No'],
    ['can I grant the right directly to the service account', 'Yes'],
    ['does stopping the pool take other sites down', 'No'],
    ['does a GPO change affect other servers', 'Yes'],
    ['does ntrights replace the list', 'No'],
    ['does ansible win_user_right replace the list', 'Yes'],
    ['does DSC replace the user rights list', 'It depends'],
    ['does freb slow down the server', 'Yes'],
    ['is it safe to leave freb on in production', 'Yes'],
    ['SeImpersonatePrivilege is Disabled in whoami, is this bad?', 'No'],
    ['reboot required, yes or no', 'No'],
    ['500.24 and 0x80070542, same thing?', 'No'],
  ])('answers "%s" with %s', (question, word) => {
    const r = ask(question, knowledge);
    expect(r.answer.summary, spoke(r)).toMatch(new RegExp(`^${word}:`));
  });

  it.each(statements.beginnings)('says to "$ask": $word', ({ ask: question, word }) => {
    expect(ask(question, knowledge).answer.summary).toMatch(new RegExp(`^${word}:`));
  });

  it('tells whoever wants IIS_IUSRS gone what breaks, what benchmarks say, and what is safe instead', () => {
    const shown = text(ask('can I remove IIS_IUSRS from SeImpersonatePrivilege?', knowledge));
    for (const part of ['0x80070542', 'CIS allows it', 'DISA', 'KB 981949', 'Safe instead', 'SERVICE']) {
      expect(shown).toContain(part);
    }
  });

  it('does not say yes or no to a choice', () => {
    for (const q of [
      'is it 500.24 or the impersonation right',
      'do I have to add the group or the account to the right',
      'is gpupdate enough or must the pool be recycled too',
    ]) {
      expect(ask(q, knowledge).answer.summary, q).not.toMatch(/^(Yes|No):/);
    }
  });
});

describe('a row that was asked for', () => {
  it.each([
    ['what is the SID of NETWORK SERVICE', 'S-1-5-20'],
    ['what does QueueFull mean in httperr', 'the pool’s request queue is full|the pool.s request queue is full'],
    ['STIG rule for SeImpersonatePrivilege on server 2022', 'WN22-UR-000130'],
    ['name of SeImpersonatePrivilege in german', 'Annehmen der Clientidentität'],
    ['what is failureReason in freb', 'STATUS_CODE, TIME_TAKEN'],
  ])('comes first: %s', (question, holds) => {
    expect(ask(question, knowledge).answer.summary).toMatch(new RegExp(holds));
  });
});
