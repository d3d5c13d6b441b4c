import { afterAll, describe, expect, it } from 'vitest';
import { renderText } from '../../src/answer/text.js';
import { spokenSentences } from '../../src/questions/sentences.js';
import { readToldFacts } from '../../src/questions/told.js';
import { builtKnowledge } from '../built-knowledge.js';
import { testDesk } from '../terminal/driver.js';

const knowledge = builtKnowledge();
const core = testDesk();
afterAll(() => core.close());

describe('what people tell beside a paste', () => {
  it.each([
    ['I have already rebooted the machine, still the same', 'restarted'],
    ['We reinstalled the Hosting Bundle this morning', 'bundle-installed'],
    ['With AspNetCoreModuleV2 instead we see the very same error', 'module-renamed'],
    ['Edge is fine, only in Chrome it fails', 'other-browser'],
    ['It ran without problems until we upgraded the product', 'worked-before-update'],
    ['The same site works on our old server', 'new-server'],
    ['When I start the exe by hand it runs', 'works-by-hand'],
    ['The site is on shared hosting, I have no admin rights', 'shared-hosting'],
    ['I increased the limit in web.config to 500 MB', 'limit-raised'],
    ['The pool account has full control on that folder', 'permission-given'],
    ['Someone changed the password of the service account last week', 'after-password-change'],
    ['Since the CIS baseline was applied', 'after-hardening'],
  ])('"%s" is learned as %s', (sentence, fact) => {
    expect(readToldFacts([sentence], knowledge)).toContain(fact);
  });

  it.each([
    'HTTP Error 404.0 - Not Found',
    'The resource you are looking for has been removed, had its name changed, or is temporarily unavailable.',
    'How do I get rid of this message?',
    'The page shows the following when I open it',
    'Windows Server 2022, IIS 10, .NET 8',
    'The log says 500 0 1346 for each image',
    'All of our pools use ApplicationPoolIdentity',
    'The pool account is CONTOSO\\svc-shop',
    'We put 4.1 there at noon, 4.0 was fine',
    'Log on as a batch job',
    'In a browser it shows this',
    'Should I reboot the machine?',
    'It was all working until then',
    'Policies come from another team, I am a local admin here',
  ])('"%s" tells none of them', (sentence) => {
    expect(readToldFacts([sentence], knowledge)).toEqual([]);
  });

  it('is read from the sentences around the paste, and not from the page itself', () => {
    const text = [
      'HTTP Error 500.19 - Internal Server Error',
      'Module\tIIS Web Core',
      'Most likely causes:',
      'The worker process is unable to read the applicationhost.config or web.config file.',
      '',
      'Another server with the same files is fine. I restarted IIS.',
    ].join('\n');
    expect(spokenSentences(text)).toEqual(['Another server with the same files is fine.', 'I restarted IIS.']);
  });
});

describe('an answer to a paste with sentences beside it', () => {
  const answerTo = async (text: string) => {
    const { answer } = await core.desk.command(text, undefined);
    return renderText(answer, { columns: 1000 });
  };
  const firstScreen = (answer: string) => answer.split('\nDetails\n')[0]!;

  it('does not advise what was tried: a limit', async () => {
    const page =
      'HTTP Error 404.13 - Not Found\nThe request filtering module is configured to deny a request that exceeds the request content length.\n';
    expect(firstScreen(await answerTo(page))).toContain('raise the limit for this site');
    const told = firstScreen(await answerTo(`${page}\nI increased maxAllowedContentLength to 200 MB in web.config.\n`));
    expect(told).toContain('What you wrote');
    expect(told).not.toContain('raise the limit for this site');
    expect(told).toContain('which value is in force');
  });

  it('does not advise what was tried: the Hosting Bundle', async () => {
    const page =
      'HTTP Error 500.21 - Internal Server Error\nHandler "aspNetCore" has a bad module "AspNetCoreModuleV2" in its module list\n';
    expect(await answerTo(page)).toContain('Install the .NET Hosting Bundle of the version');
    const told = await answerTo(`${page}\nI have installed the hosting bundle twice now.\n`);
    expect(told).not.toContain('Install the .NET Hosting Bundle of the version');
    expect(told).toContain('Repair the Hosting Bundle');
  });

  it('rules out what was said: another browser gets in', async () => {
    const page =
      'HTTP Error 401.1 - Unauthorized\nModule\tWindowsAuthenticationModule\nNotification\tAuthenticateRequest\nError Code\t0x8009030e\n';
    const told = firstScreen(await answerTo(`${page}\nWith Firefox I get in without a problem.\n`));
    expect(told).toContain('account and password are right');
    expect(told).not.toContain('Does another browser get in?');
  });

  it('says the same for a file and for words', async () => {
    const text =
      'HTTP Error 500.37 - ANCM Failed to Start Within Startup Time Limit\n\nOur service needs four minutes to come up, that cannot be avoided.\n';
    const { answer } = await core.desk.diagnose([{ name: 'post.txt', bytes: Buffer.from(text) }], undefined);
    const asFile = firstScreen(renderText(answer, { columns: 1000 }));
    expect(asFile).toContain('startupTimeLimit');
    expect(asFile).toContain('What you wrote');
    expect(firstScreen(await answerTo(text))).toContain('What you wrote');
  });
});

describe('a status that is stated beside evidence without a failure', () => {
  it('is what the answer is about', async () => {
    const text =
      'D:\\sites\\intra BUILTIN\\IIS_IUSRS:(OI)(CI)(RX)\n               BUILTIN\\Administrators:(OI)(CI)(F)\n               NT AUTHORITY\\SYSTEM:(OI)(CI)(F)\n\nSuccessfully processed 1 files; Failed processing 0 files\n\nVisitors get a 401.3 there.\n';
    const { answer } = await core.desk.command(text, undefined);
    expect(renderText(answer, { columns: 1000 })).toContain('may not read the file');
  });
});
