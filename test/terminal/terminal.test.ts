import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { terminalCommands } from '../../adapters/terminal/commands/index.js';
import { builtKnowledge } from '../built-knowledge.js';
import { findVagueQuestion } from '../questions/vague.js';
import { badInput, flagship, hostile, question } from '../scenarios/flagship.js';
import { frebLog, rightsExport } from '../scenarios/logs.js';
import { TerminalRun } from './driver.js';

let terminal: TerminalRun;
beforeEach(() => {
  terminal = new TerminalRun();
});
afterEach(() => terminal.stop());

/** In the terminal a thread is one command line: every file dropped so far is named again. */
describe.each([flagship, question, hostile, badInput])('the scenario $name', ({ turns }) => {
  it('reads as it should in the terminal', async () => {
    const files: string[] = [];
    for (const [index, turn] of turns.entries()) {
      if (turn.silent || turn.presses) continue;
      const dropped = (turn.drops ?? []).map((file) => terminal.file(file.name, file.bytes));
      files.push(...dropped);
      const together = turns === flagship.turns ? files : dropped;
      const { out } = await terminal.run(turn.says ? [turn.says] : ['diagnose', ...together]);
      for (const word of turn.shows ?? []) expect(out, `turn ${index + 1}`).toContain(word);
      for (const word of turn.hides ?? []) expect(out, `turn ${index + 1}`).not.toContain(word);
    }
  });
});

it('the flagship answer as the terminal shows it', async () => {
  terminal.file('fr000032.xml', frebLog());
  terminal.file('ur.inf', rightsExport());
  const single = await terminal.run(['diagnose', 'fr000032.xml']);
  const together = await terminal.run(['diagnose', 'fr000032.xml', 'ur.inf']);
  await expect(`${single.out}\n${'='.repeat(100)}\n\n${together.out}`).toMatchFileSnapshot(
    '../goldens/terminal/flagship.txt',
  );
});

describe('frebot diagnose --json', () => {
  it('prints one object with the fields other tools rely on', async () => {
    terminal.file('fr000032.xml', frebLog());
    terminal.file('ur.inf', rightsExport());
    const { code, out } = await terminal.run(['diagnose', 'fr000032.xml', 'ur.inf', '--json']);
    expect(code).toBe(0);
    const json = JSON.parse(out);
    expect(json.schema).toBe('frebot.diagnosis/1');
    expect(json.files[0]).toMatchObject({
      name: 'fr000032.xml',
      kind: 'freb-log',
      origin: null,
      verdict: 'failure',
      cause: 'impersonation-right-missing',
      confidence: 'likely',
      request: {
        verb: 'GET',
        url: 'http://web03:80/secure/secret.html',
        status: 500,
        substatus: 0,
        appPool: 'Portal',
        server: 'WEB03',
        processId: 7120,
      },
      decisive: {
        name: 'MODULE_SET_RESPONSE_ERROR_STATUS',
        module: 'IIS Web Core',
        notification: 'AUTHENTICATE_REQUEST',
        errorCode: '0x80070542',
      },
    });
    expect(json.files[0].evidence).toContainEqual(
      expect.objectContaining({ event: json.files[0].decisive.event, field: 'ErrorCode', value: '2147943746' }),
    );
    expect(json.files[0].next).toContain('rights-export');
    expect(json.files[1]).toMatchObject({ kind: 'rights-export', origin: 'machine', request: null, decisive: null });
    expect(json.diagnosis).toMatchObject({
      verdict: 'failure',
      findings: [{ cause: 'impersonation-right-missing', confidence: 'likely', contradictedBy: [] }],
    });
    expect(json.answer.title).toBe('IIS_IUSRS is missing from the list; that fits');
  });

  it('says unreadable in the exit code and why in the object', async () => {
    terminal.file('picture.xml', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]));
    const { code, out } = await terminal.run(['diagnose', 'picture.xml', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out).files[0]).toMatchObject({
      kind: 'unknown',
      verdict: 'unreadable',
      cause: null,
      confidence: null,
    });
  });
});

describe('frebot ask --json', () => {
  it('gives intent, topic and score', async () => {
    const { code, out } = await terminal.run(['ask', 'what is SeImpersonatePrivilege?', '--json']);
    expect(code).toBe(0);
    const json = JSON.parse(out);
    expect(json).toMatchObject({ schema: 'frebot.answer/1', topic: 'SeImpersonatePrivilege' });
    expect(json.score).toBeGreaterThan(0.5);
  });

  it('takes a negative number for a code', async () => {
    const { out } = await terminal.run(['ask', '-2147023550', '--json']);
    expect(JSON.parse(out).topic).toBe('0x80070542');
  });

  it('says unknown for a question outside what it knows', async () => {
    const { out } = await terminal.run(['ask', 'how do I fix my printer', '--json']);
    expect(JSON.parse(out)).toMatchObject({ intent: 'unknown', topic: null });
  });
});

describe('frebot ask -', () => {
  const lines = (text: string) => new TextEncoder().encode(text);

  it('prints one object a line, for each question of what is piped in', async () => {
    const { code, out } = await terminal.run(
      ['ask', '-', '--json'],
      lines('what is IIS_IUSRS\r\n\r\n500.19\nhow do I fix my printer'),
    );
    expect(code).toBe(0);
    const replies = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(replies.map(({ schema }) => schema)).toEqual(Array(3).fill('frebot.answer/1'));
    expect(replies.map(({ topic }) => topic)).toEqual(['iis-iusrs', '500.19', null]);
  });

  it('takes a line of evidence for a question like any other, and the next line for the next', async () => {
    const piped = lines(
      'GET /a.png - 443 500 0 1346 12\nHTTP Error 500.19 - Internal Server Error\nwhat is IIS_IUSRS\n',
    );
    const replies = (await terminal.run(['ask', '-', '--json'], piped)).out.trimEnd().split('\n');
    expect(replies.map((line) => JSON.parse(line).schema)).toEqual(Array(3).fill('frebot.answer/1'));
    expect(JSON.parse(replies[2]!).topic).toBe('iis-iusrs');
  });

  it('takes each line for itself, and all for one conversation with --thread', async () => {
    const piped = lines('what does 500.19 mean\nwhy?\n');
    const topicOfLast = (out: string) => JSON.parse(out.trimEnd().split('\n')[1]!).topic;
    const inThread = topicOfLast((await terminal.run(['ask', '-', '--json', '--thread'], piped)).out);
    // The reason of 500.19 is on its card, or on the cause that the card names.
    expect(['500.19', 'config-invalid']).toContain(inThread);
    expect(topicOfLast((await terminal.run(['ask', '-', '--json'], piped)).out)).not.toBe(inThread);
  });

  it('numbers what it offers, and gives the choices to scripts', async () => {
    const piped = lines(`${findVagueQuestion(builtKnowledge())}\n`);
    const { intent, topic, choices } = JSON.parse((await terminal.run(['ask', '-', '--json'], piped)).out);
    expect([intent, topic]).toEqual(['choice', null]);
    expect(choices.length).toBeGreaterThan(0);
    const { out } = await terminal.run(['ask', '-'], piped);
    expect(out).toMatch(/^Closest I have$/m);
    const text = out.replace(/\s+/g, ' ');
    const [{ id, heading, says }] = choices;
    expect(text).toContain(`1 ${heading ?? says}`);
    expect(text).toContain(`${says} (explain ${id})`);
  });
});

describe('the command line', () => {
  it.each([
    [['diagnose'], /needs a file/],
    [['compare', 'one.xml'], /needs two logs/],
    [['ask'], /needs a question/],
    [['diagnose', 'not-there.xml'], /not-there\.xml: no such file/],
    [['diagnose', '--jsno'], /no option --jsno; did you mean --json/],
    [['diagnos', 'x.xml'], /no command "diagnos"; did you mean "diagnose"/],
    [['what', 'is', 'IIS_IUSRS'], /frebot ask "what is IIS_IUSRS"/],
    [['serv'], /did you mean "serve"/],
    [['serve', '--port'], /--port needs a value/],
    [['serve', '--json'], /serve has no option --json/],
    [['serve', '4000'], /serve takes no arguments/],
    [['diagnose', 'x.xml', '--fail-on', 'warning'], /one of failure, slow/],
    [['diagnose', 'x.xml', '--csv', '--json'], /choose one/],
    [['help', 'diagnos'], /did you mean "diagnose"/],
    [['completion', 'cmd'], /powershell\|bash\|zsh\|fish/],
    [['explain'], /explain needs/],
  ])('%j is wrong usage', async (argv, expected) => {
    const { code, out, error } = await terminal.run(argv);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(error).toMatch(expected);
  });

  it('reads what is piped in', async () => {
    const { code, out } = await terminal.run(['diagnose', '-', '--json'], frebLog());
    expect(code).toBe(0);
    expect(JSON.parse(out).files[0]).toMatchObject({ name: 'stdin', cause: 'impersonation-right-missing' });
  });

  it('prints a line for each of several files, then the answer', async () => {
    terminal.file('bad.xml', frebLog());
    terminal.file('good.xml', frebLog({ status: 200 }));
    const { out } = await terminal.run(['diagnose', 'bad.xml', 'good.xml']);
    expect(out).toMatch(/^failure +500 +bad\.xml {2}\(impersonation-right-missing, likely\)$/m);
  });

  it('shows no escape sequence from a file name or a log', async () => {
    const { error } = await terminal.run(['diagnose', '\u001b[2Jevil.xml']);
    expect(error).not.toContain('\u001b');
    terminal.file('x.xml', frebLog({ url: 'http://web03/\u001b]0;owned\u0007' }));
    expect((await terminal.run(['diagnose', 'x.xml'])).out).not.toContain('\u001b');
  });

  it('reads what is piped in without a name for it', async () => {
    const { out } = await terminal.run(['diagnose', '--json'], frebLog());
    expect(JSON.parse(out).files[0]).toMatchObject({ name: 'stdin', cause: 'impersonation-right-missing' });
    const question = new TextEncoder().encode('what is IIS_IUSRS\n');
    expect((await terminal.run(['ask'], question)).out).toMatch(/^> what is IIS_IUSRS\n/);
  });

  it('a file alone is diagnosed, a question in quotes is asked, a command of every door is a command', async () => {
    terminal.file('x.xml', frebLog());
    expect(JSON.parse((await terminal.run(['x.xml', '--json'])).out).schema).toBe('frebot.diagnosis/1');
    expect((await terminal.run(['not-there.xml'])).error).toBe('frebot: not-there.xml: no such file or folder\n');
    expect(JSON.parse((await terminal.run(['what is IIS_IUSRS', '--json'])).out).topic).toBe('iis-iusrs');
    expect(JSON.parse((await terminal.run(['explain', '500.19', '--json'])).out).topic).toBe('500.19');
  });

  it('answers -v, help, and help for one command', async () => {
    expect((await terminal.run(['-v'])).out).toBe('frebot 1.2.3\n');
    const { out } = await terminal.run(['help']);
    expect((await terminal.run([])).out).toBe(out);
    for (const { name } of terminalCommands) expect(out).toContain(`  frebot ${name}`);
    const help = await terminal.run(['help', 'diagnose']);
    expect((await terminal.run(['diagnose', '-h'])).out).toBe(help.out);
    for (const option of ['--json', '--csv', '--html <file>', '--all', '--quiet']) expect(help.out).toContain(option);
    expect(help.out).toContain('failure or slow');
  });

  it('serve takes port, host and data for the settings of these names', async () => {
    const { out } = await terminal.run(['serve', '--port', '4000', '--host', '0.0.0.0', '--data', 'd']);
    expect(JSON.parse(out)).toEqual({ FREBOT_PORT: '4000', FREBOT_HOST: '0.0.0.0', FREBOT_DATA: 'd' });
  });

  it('doctor ends with 1 when something is broken, and not for what is optional', async () => {
    terminal.checks = [{ name: 'slack', state: 'missing', detail: 'the door is closed', optional: true }];
    expect((await terminal.run(['doctor'])).code).toBe(0);
    terminal.checks = [{ name: 'slack', state: 'missing', detail: 'the token is refused' }];
    expect((await terminal.run(['doctor'])).code).toBe(1);
  });

  it('doctor says what is OK, missing or unknown, and what to do', async () => {
    terminal.checks = [
      { name: 'knowledge', state: 'ok', detail: '60 causes' },
      { name: 'slack', state: 'missing', detail: 'no token', next: 'set SLACK_BOT_TOKEN' },
    ];
    expect((await terminal.run(['doctor'])).out).toBe(
      'OK           knowledge: 60 causes\nmissing      slack: no token\n              -> set SLACK_BOT_TOKEN\n',
    );
    expect(JSON.parse((await terminal.run(['doctor', '--json'])).out)).toMatchObject({ schema: 'frebot.doctor/1' });
  });
});
