import { afterAll, describe, expect, it } from 'vitest';
import { renderText } from '../../src/answer/text.js';
import { readPasted } from '../../src/evidence/fragment/pasted.js';
import { testDesk } from '../terminal/driver.js';

const core = testDesk();
afterAll(() => core.close());

/** Returns what is answered to a text that is handed over as a file. */
async function answerTo(text: string): Promise<string> {
  const { answer } = await core.desk.diagnose([{ name: 'post.txt', bytes: Buffer.from(text) }], undefined);
  return renderText(answer, { columns: 1000 });
}

describe('two configurations with a sentence between them', () => {
  const first =
    '<configuration>\n  <system.webServer>\n    <handlers>\n      <add name="own" path="*.own" verb="*" modules="OwnModule" />\n    </handlers>\n  </system.webServer>\n</configuration>';
  const second = '<configuration>\n  <system.webServer>\n    <handlers />\n  </system.webServer>\n</configuration>';

  it('are sound: the first ends where the sentence begins', async () => {
    const said = await answerTo(
      `The page fails with this web.config:\n\n${first}\n\nWith the next one too:\n\n${second}\n\nWithout it works.`,
    );
    expect(said).not.toMatch(/does not allow|not valid/);
    expect(said).toContain('0x80070021');
  });

  it('right below each other are a second root', () => {
    const [reading] = readPasted(`${first}\n${second}`);
    expect(reading!.observations).toContainEqual(expect.objectContaining({ name: 'config.malformed' }));
  });
});

describe('a row of Process Monitor', () => {
  it.each([
    'w3wp.exe  4120  CreateFile  D:\\Sites\\own\\web.config  BAD IMPERSONATION',
    'Process Monitor shows BAD IMPERSONATION LEVEL for that file',
  ])('%s: tells of the right to impersonate, whatever exception is beside it', async (row) => {
    const said = await answerTo(`The log has System.IO.IOException: The handle is invalid.\n${row}\nSince the policy.`);
    expect(said).toContain('lost the right to impersonate');
    expect(said).toContain('Result = BAD IMPERSONATION');
  });

  it('is not any text in capitals', () => {
    expect(readPasted('This is a really BAD IMPERSONATION of a singer').map(({ form }) => form)).not.toContain(
      'monitor-row',
    );
  });
});

describe('the text of an event without its head', () => {
  it('"No Managed Code" as a value is told apart from a version that is missing', async () => {
    const event = (version: string) => `The worker process failed to pre-load .Net Runtime version ${version}.`;
    expect(await answerTo(event('No Managed Code'))).toContain('the value has to be empty');
    expect(await answerTo(event('v2.0'))).toContain('could not load the .NET version');
  });

  it('a long line is not cut into half a provider', () => {
    const front =
      'Since the day before yesterday every user of our shop gets an error after the logon, on both servers, and the log of the application says each time ID 1309 (ASP';
    const text = `${front}.NET 4.0.30319.0). It has to do with keys.`;
    const names = readPasted(text).flatMap(({ observations }) =>
      observations.filter((o) => o.name === 'event.provider').map((o) => o.value),
    );
    for (const name of names) expect(String(name)).toMatch(/^ASP\.NET(?: 4\.0\.30319\.0)?$/);
  });
});

describe('what is told beside a failure comes first', () => {
  it.each([
    [
      'a challenge of ACME',
      'HTTP Error 404.17 - Not Found\n\nThe validation fails when I look at the address below /.well-known/acme-challenge/ in a browser.',
      'In the web.config of the folder acme-challenge',
    ],
    [
      'a Deny',
      'The Module DLL C:\\Program Files\\own\\own.dll failed to load.  The data is the error.\n\nThe advanced security settings show Deny for two groups.',
      'See who is denied there',
    ],
    [
      'a missing icon',
      'HTTP Error 500.19 - Internal Server Error\n\nIIS Manager does not show the icon ISAPI and CGI Restrictions.',
      'Turn ASP.NET 4.x on',
    ],
  ])('%s leads to its own step', async (_, text, step) => {
    expect(await answerTo(text)).toMatch(new RegExp(`Fix[^\\n]*\\n +1\\. ${step}`));
  });
});

describe('a story without evidence', () => {
  it('rests on its status where what it tells means something for its cause', async () => {
    const said = await answerTo(
      'Our sites answer 401.1 after a group policy. It goes away for an hour and comes back. The local accounts are not on the lists of User Rights Assignment. The rights are locked there and can not be edited.',
    );
    expect(said).toContain('these are logon rights');
    expect(said).toContain('gpresult');
  });

  it('stays a question where it tells nothing of the kind', async () => {
    const said = await answerTo('What does 401.1 mean?');
    expect(said).not.toContain('What you wrote');
    expect(said).toContain('Windows did not accept the credentials');
  });
});

describe('a request of which the evidence shows nothing', () => {
  it('has no line of its own, and a status stands alone', async () => {
    const said = await answerTo(
      'HTTP Error 404.17 - Not Found\nThe requested content appears to be script and will not be served by the static file handler.',
    );
    expect(said).not.toContain('not shown');
    expect(said).toMatch(/^404\.17$/m);
  });
});
