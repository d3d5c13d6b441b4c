import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import { clouds } from '../../adapters/teams/clouds.js';
import { manifest, packageTeams, placeholderId, pngSize, schemaFaults } from '../../scripts/package-teams.js';
import { isOffered, parseCommand } from '../../src/desk/conversation/commands.js';
import { wholeDesk } from '../slack/driver.js';

const folder = mkdtempSync(join(tmpdir(), 'frebot-package-'));
afterAll(() => rmSync(folder, { recursive: true }));
const appId = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';

async function unzip(path: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const zip = await yauzl.openPromise(path);
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    files.set(entry.fileName, Buffer.concat(chunks));
  }
  return files;
}

describe('the Teams manifest', () => {
  const addresses = { appId, publicUrl: 'https://frebot.example.org', version: '2.3.4' };
  const variants = [undefined, ...Object.keys(clouds)].flatMap((cloud) =>
    [false, true].flatMap((noRsc) =>
      [false, true].flatMap((preview) => [{}, addresses].map((more) => ({ cloud, noRsc, preview, ...more }))),
    ),
  );
  it.each(variants)('is valid as $cloud noRsc $noRsc preview $preview version $version', async (options) => {
    expect(await schemaFaults(manifest(options))).toEqual([]);
  });

  it('is checked by a validator that finds faults', async () => {
    expect(await schemaFaults({ ...manifest(), id: 'frebot' })).toEqual([expect.stringContaining('/id must match')]);
    expect(await schemaFaults({ ...manifest(), supportFiles: true })).toEqual([
      expect.stringContaining('supportFiles'),
    ]);
  });

  it('takes files, answers in all scopes and uses no preview feature', () => {
    const made = manifest();
    expect(made.bots[0]).toMatchObject({ supportsFiles: true, scopes: ['personal', 'team', 'groupChat'] });
    expect(made).toMatchObject({ manifestVersion: '1.25', supportsChannelFeatures: 'tier1' });
    expect(JSON.stringify(made)).not.toMatch(/slash|supportsTargetedMessages/);
  });

  it('takes no files in clouds where bots get none, and refuses an unknown cloud', () => {
    const made = manifest({ cloud: 'china' });
    expect(made.bots[0]).toMatchObject({ supportsFiles: false });
    expect(made.webApplicationInfo).toMatchObject({ resource: 'https://microsoftgraph.chinacloudapi.cn' });
    expect(() => manifest({ cloud: 'moon' })).toThrow(/TEAMS_CLOUD/);
  });

  it('asks for the two permissions to read messages, and for none with --no-rsc', () => {
    expect(JSON.stringify(manifest().authorization)).toMatch(/ChannelMessage.Read.Group.*ChatMessage.Read.Chat/);
    expect(manifest({ noRsc: true })).not.toHaveProperty('authorization');
  });
});

describe('the pages and the version', () => {
  it('are those that Frebot serves at its public address, unless others are set', () => {
    const made = manifest({
      publicUrl: 'https://frebot.example.org/',
      pages: { terms: 'https://contoso.example/terms' },
    });
    expect(made.developer).toMatchObject({
      websiteUrl: 'https://frebot.example.org/teams/about',
      privacyUrl: 'https://frebot.example.org/teams/privacy',
      termsOfUseUrl: 'https://contoso.example/terms',
    });
    expect(manifest({ version: '2.3.4' }).version).toBe('2.3.4');
  });
});

describe('the commands that Teams offers', () => {
  const titles = manifest().bots[0]?.commandLists.flatMap(({ commands }) => commands as { title: string }[]) as {
    title: string;
  }[];
  const desk = wholeDesk();

  it.each(titles.map(({ title }) => title))('%s is answered without a word more', async (title) => {
    expect(title.length).toBeLessThanOrEqual(32);
    const caller = { door: 'teams' as const, tenant: 't', who: 'w', thread: `thread of ${title}` };
    const command = parseCommand(title, 'chat')?.command;
    expect(command?.name).toBe(title.split(' ')[0]);
    // `mute` is for chats alone, where it needs nothing else.
    if (!command || !isOffered(command, 'thread')) return;
    const { answer } = await desk.command(title, caller);
    expect(answer.summary).not.toMatch(/don't know|Attach|attach|Which/);
  });
});

describe('the icons', () => {
  const icon = (name: string) => readFileSync(resolve('adapters/teams/appPackage', name));
  it('have the sizes that Teams requires', () => {
    expect(pngSize(icon('color.png'))).toEqual({ width: 192, height: 192 });
    expect(pngSize(icon('outline.png'))).toEqual({ width: 32, height: 32 });
  });
});

describe('npm run package:teams', () => {
  it('puts three files at the top of the zip, with the ids filled in', async () => {
    const target = join(folder, 'a.zip');
    await packageTeams(target, { appId });
    const files = await unzip(target);
    expect([...files.keys()].sort()).toEqual(['color.png', 'manifest.json', 'outline.png']);
    const made = JSON.parse(String(files.get('manifest.json')));
    expect(made.id).toBe(appId);
    expect(made.bots[0].botId).toBe(appId);
    expect(made.webApplicationInfo.id).toBe(appId);
    expect(String(files.get('manifest.json'))).not.toContain('{{');
  });

  it('makes a valid package without an id, with a placeholder in it', async () => {
    const target = join(folder, 'b.zip');
    await packageTeams(target);
    expect(String((await unzip(target)).get('manifest.json'))).toContain(placeholderId);
  });

  it('is the same package every time', async () => {
    await packageTeams(join(folder, 'c.zip'), { appId });
    await packageTeams(join(folder, 'd.zip'), { appId });
    expect(readFileSync(join(folder, 'c.zip')).equals(readFileSync(join(folder, 'd.zip')))).toBe(true);
  });

  it('refuses a malformed id', async () => {
    await expect(packageTeams(join(folder, 'e.zip'), { appId: 'frebot' })).rejects.toThrow(/not valid/);
  });
});
