import { beforeAll, describe, expect, it } from 'vitest';
import { plainText } from '../../src/answer/answer.js';
import { renderText } from '../../src/answer/text.js';
import { generalize } from '../../src/answer/wording.js';
import type { Knowledge } from '../../src/knowledge/knowledge.js';
import { type AskResult, ask, plainlyAnswerable } from '../../src/questions/ask.js';
import { countShownWords, mostWords } from '../../src/questions/compose/short.js';
import { builtKnowledge } from '../built-knowledge.js';
import { sampleOf } from '../sweep.js';
import { patternsOf, statements } from './tables.js';
import { findVagueQuestion } from './vague.js';

let knowledge: Knowledge;
beforeAll(() => {
  knowledge = builtKnowledge();
});

/** What answered: a topic by its id, anything else by intent and name. */
const spoke = (r: AskResult) =>
  r.intent === 'code' || r.intent === 'status' || r.intent === 'cause'
    ? `${r.intent} ${r.topic}`
    : (r.entry ?? r.intent);
const text = (r: AskResult) => renderText(r.answer, { columns: 100_000 });

describe('questions that are easily confused', () => {
  it.each(statements.confusable)('keeps apart: $ask', ({ ask: question, answers: wanted }) => {
    const result = ask(question, knowledge);
    // To offer the right one among others confuses nothing.
    const offered = result.choices?.some(({ id }) => id.split('/')[0] === wanted.split(' ').at(-1));
    if (!offered) expect(spoke(result)).toBe(wanted);
  });
});

describe('a question that fits several entries alike', () => {
  const asked = () => ask(findVagueQuestion(knowledge), knowledge);

  it('is asked back, with what it may have meant', () => {
    const r = asked();
    expect([r.intent, r.topic]).toEqual(['choice', null]);
    expect(plainlyAnswerable(r)).toBe(false);
    expect(text(r)).toMatch(/^Closest I have/);
    expect(r.choices!.length).toBeGreaterThan(0);
    expect(r.choices!.length).toBeLessThanOrEqual(3);
    expect(r.answer.actions.map(({ label }) => label)).toEqual(r.choices!.map(({ title }) => title));
  });

  it('opens each choice by its id', () => {
    for (const { id } of asked().choices!) {
      const opened = ask(`explain ${id}`, knowledge);
      expect([opened.entry ?? opened.topic, opened.statement].filter(Boolean).join('/')).toBe(id);
    }
  });

  it('opens each entry by the id it offers', () => {
    for (const id of knowledge.topics.keys()) expect(ask(`explain ${id}`, knowledge).entry).toBe(id);
  });
});

describe('a question that compares two things', () => {
  it.each([
    ['what is the difference between 4704 and 4705', /given/, /taken/],
    ['IUSR vs IIS_IUSRS', /visitors/, /group of/],
  ])('is answered by both: %s', (question, one, other) => {
    const { answer } = ask(question, knowledge);
    expect(answer.summary).toMatch(one);
    expect(answer.summary).toMatch(other);
    expect(countShownWords(answer)).toBeLessThanOrEqual(mostWords);
  });
});

describe('a number beside a story', () => {
  it.each([
    'every night around two the whole site dies with 500 0 1346 until I recycle',
    'who changed the policy that gives us 0x80070542 since monday',
  ])('is not all that is answered: "%s"', (question) => {
    const r = ask(question, knowledge);
    expect(r.intent).not.toBe('code');
    expect(r.intent).not.toBe('status');
  });
});

describe('what is none of our business', () => {
  it.each([
    ['site asks for password three times', 'cause credentials-not-accepted'],
    ['site is unavailable', 'cause application-pool-stopped'],
    ['page not found but file exists', 'cause file-not-found'],
    ['service unavailable', 'cause application-pool-stopped'],
    ['my site is slow', 'freb-slow'],
  ])('takes "%s" for a question', (question, wanted) => {
    expect(spoke(ask(question, knowledge))).toBe(wanted);
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

  it('declines what shares no more than words with us', () => {
    const lines = [
      'my cat has her own service account at the vet',
      'the site foreman has the default role in our carpool',
      'postfix rejects every client with 503 since the certificate was replaced',
      'why does my fridge restart its defrost programme every night',
      'a session on privileges of passengers in room 500',
      'elasticsearch denies access to the index for the reporting role',
      'le concierge a perdu les droits sur la salle 403',
      'der Gärtner hat keinen Zugriff auf den Pool',
      'el portero no tiene permiso para la puerta 500',
      '社員食堂の券売機が503を表示',
    ];
    const taken = lines.filter((line) => ask(line, knowledge).intent !== 'unknown');
    expect(taken.length, taken.join('\n')).toBeLessThanOrEqual(1);
  });

  it('says what it can do instead', () => {
    const answer = text(ask('how do I fix my printer', knowledge));
    expect(answer).toContain('FREB');
    expect(answer).toContain('SeImpersonatePrivilege');
    expect(answer).not.toContain('printer');
  });
});

describe('the statements of the sources', () => {
  it('are said to who asks for them', () => {
    const rows = patternsOf([...statements.sources, ...statements.right]);
    const wrong = rows.filter(([question, holds]) => !holds.test(text(ask(question, knowledge))));
    console.log(`statements of the sources: ${rows.length - wrong.length} of ${rows.length}`);
    expect(wrong.length, wrong.map(([question]) => question).join('\n')).toBeLessThanOrEqual(0.05 * rows.length);
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

describe('a question in another language', () => {
  it.each([
    [
      'Wer hat SeImpersonatePrivilege standardmäßig auf einem Mitgliedsserver?',
      'Annehmen der Clientidentität nach Authentifizierung',
    ],
    [
      'qui possède le droit SeImpersonatePrivilege par défaut',
      'Emprunter l’identité d’un client après l’authentification',
    ],
    ['quién tiene SeImpersonatePrivilege por defecto en el servidor', 'Suplantar a un cliente tras la autenticación'],
    ['SeImpersonatePrivilege の既定値は何ですか', '認証後にクライアントを偽装'],
    ['SeImpersonatePrivilege 的默认值是什么', '身份验证后模拟客户端'],
  ])('is told so first, with the name of the setting there: %s', (question, name) => {
    const first = ask(question, knowledge).answer.parts[0]!;
    expect(first.id).toBe('language');
    expect(first.kind === 'text' && first.text).toContain(name);
  });

  it('is not seen in English', () => {
    for (const question of ['who holds Impersonate a client after authentication', 'is IIS_IUSRS in the default list'])
      expect(ask(question, knowledge).answer.parts.map(({ id }) => id)).not.toContain('language');
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
    expect(text(ask('500 19 5', knowledge))).toMatch(/^.*\n\nWith 500\.19: /);
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
    expect(plainlyAnswerable(ask('is somebody in room 404-12 right now?', knowledge))).toBe(false);
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
    const variable = /…|\{[a-z-]+\}/g;
    for (const { text, means, when } of knowledge.messages.values()) {
      if (when.length > 0) continue;
      for (const pasted of [text.replace(variable, '"Portal 7"'), `Description: ${text.replace(variable, 'x')}. `]) {
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
    ['what is SeShutdownPrivilege for', 'right-others'],
    ['SeLoadDriverPrivilege for an app pool?', 'right-others'],
  ])('is told for "%s"', (question, topic) => {
    expect(spoke(ask(question, knowledge))).toBe(topic);
  });

  it.each(['change the time zone on my phone', 'how do I back up files and directories on a mac'])(
    'is not overheard in the words of everyday: %s',
    (question) => {
      expect(plainlyAnswerable(ask(question, knowledge))).toBe(false);
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
    ['reboot?', 'restart'],
    ['undo', 'take it out of that same list'],
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
  it('has sources for everything it knows, is short, and leaves no braces or backticks', () => {
    for (const { ask: question } of [...statements.confusable, ...statements.sources, ...statements.right]) {
      const r = ask(question, knowledge);
      expect(r.score).toBeGreaterThanOrEqual(0);
      expect(r.score).toBeLessThanOrEqual(1);
      expect(text(r), question).not.toMatch(/`|\{[a-z]|\*\*/);
      if (['unknown', 'choice', 'help'].includes(r.intent)) continue;
      expect(r.answer.sources.length + Number(r.entry === 'undo-fix'), question).toBeGreaterThan(0);
    }
  });

  it('says each statement of an entry in its first two sentences, within ninety words', () => {
    for (const { id, statements: own } of sampleOf([...knowledge.topics.values(), ...knowledge.causes.values()], 3))
      for (const { id: statement, says, recipe } of own) {
        if (recipe !== undefined) continue;
        const r = ask(`explain ${id}/${statement}`, knowledge);
        expect(r.statement).toBe(statement);
        expect(r.answer.summary).toBe(plainText(generalize(says)));
        expect(countShownWords(r.answer), `${id}/${statement}`).toBeLessThanOrEqual(mostWords);
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
      ...statements.confusable.map((row) => row.ask),
      ...[...statements.sources, ...statements.right].map((row) => row.ask),
      ...[...knowledge.topics.values()].flatMap((t) => [
        t.title,
        ...t.aliases,
        ...t.statements.map((one) => `explain ${t.id}/${one.id}`),
      ]),
      ...[...knowledge.causes.values()].flatMap((c) => [c.title, ...c.aliases]),
      ...knowledge.rights
        .get('SeImpersonatePrivilege')!
        .defaults.map((d) => `who holds SeImpersonatePrivilege by default: ${d.where}`),
      ...['gpo', 'local policy', 'powershell', 'dsc', 'until the gpo owner is back', 'a ticket for the gpo owner'].map(
        (w) => `fix SeImpersonatePrivilege with ${w}`,
      ),
    ];
    let seen = 0;
    for (const q of sampleOf(questions, 4)) {
      const shown = text(ask(q, knowledge));
      for (const line of shown.split('\n')) {
        if (lists.test(line) && /local service/i.test(line)) seen++;
        expect(whole(line), `${q}\n${line}`).toBe(true);
        if (/S-1-5-19\b/.test(line) && /S-1-5-20\b/.test(line) && /S-1-5-32-544\b/.test(line)) {
          expect(line, q).toMatch(/S-1-5-6(?!\d)/);
        }
      }
    }
    expect(seen).toBeGreaterThan(25);
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

  it('of random words never makes it throw', () => {
    const words =
      'who what is the 500.19 0x80070542 IIS_IUSRS gpo SERVICE 1346 -1 . , ? ! { } [ ] \\ / % $ ( ) * + é 認証 🙂'.split(
        ' ',
      );
    let seed = 7;
    const next = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff);
    for (const _turn of sampleOf([...Array(1000).keys()], 3)) {
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

describe('a row that was asked for', () => {
  it.each([
    ['what is the SID of NETWORK SERVICE', 'S-1-5-20'],
    ['what does QueueFull mean in httperr', 'the pool’s request queue is full|the pool.s request queue is full'],
    ['STIG rule for SeImpersonatePrivilege on server 2022', 'WN22-UR-000130'],
    ['name of SeImpersonatePrivilege in german', 'Annehmen der Clientidentität'],
    ['what is failureReason in freb', 'STATUS_CODE.* means .*TIME_TAKEN'],
  ])('comes first: %s', (question, holds) => {
    expect(ask(question, knowledge).answer.summary).toMatch(new RegExp(holds));
  });
});
