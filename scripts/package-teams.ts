// npm run package:teams [-- --no-rsc] [-- --preview] [-- --version 1.2.3]: writes build/frebot-teams.zip, the app package to
// upload to Teams. Its settings come from the environment and from `.env` in the checkout.
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { AppManifestUtils, type TeamsManifest } from '@microsoft/app-manifest';
import yazl from 'yazl';
import { type Cloud, clouds } from '../adapters/teams/clouds.js';
import { pagePath } from '../adapters/teams/public-pages.js';
import type { PublicPage } from '../src/desk/desk.js';
import { readEnvironment } from '../src/service/env-file.js';
import { packageVersion } from '../src/service/package-root.js';

const root = resolve(import.meta.dirname, '..');
const folder = join(root, 'adapters/teams/appPackage');

/** Placeholder for the app's id: the package is valid, and Teams will say that the bot is unknown. */
export const placeholderId = '00000000-0000-0000-0000-000000000000';
/** Stands for a page where Frebot has no address. */
const noAddress = 'https://example.com';

export interface PackageOptions {
  /** TEAMS_APP_ID; the placeholder when absent. */
  appId?: string | undefined;
  /** TEAMS_CLOUD. In the national clouds Teams gives bots no files, and Graph has another address. */
  cloud?: string | undefined;
  /** FREBOT_PUBLIC_URL: Frebot serves website, privacy and terms there. */
  publicUrl?: string | undefined;
  /** Other addresses of these pages; Teams wants https. */
  pages?: { website?: string | undefined; privacy?: string | undefined; terms?: string | undefined };
  /** Version of the package; that of package.json when absent. Teams takes an update only with a higher one. */
  version?: string | undefined;
  /** Leaves out the permissions to read messages that do not mention Frebot. */
  noRsc?: boolean | undefined;
  /** Slash commands and answers only the asker sees, which Microsoft labels as preview. */
  preview?: boolean | undefined;
}

type Manifest = Record<string, unknown> & {
  bots: (Record<string, unknown> & { commandLists: Record<string, unknown>[] })[];
};

/** Returns the manifest with the configuration filled in. */
export function manifest(options: PackageOptions = {}): Manifest {
  const { publicUrl } = options;
  const page = (name: PublicPage) => (publicUrl ? `${publicUrl.replace(/\/+$/, '')}${pagePath(name)}` : noAddress);
  const template = readFileSync(join(folder, 'manifest.json'), 'utf8');
  const filled = JSON.parse(
    template
      .replaceAll('{{TEAMS_APP_ID}}', options.appId ?? placeholderId)
      .replaceAll('{{WEBSITE_URL}}', options.pages?.website ?? page('about'))
      .replaceAll('{{PRIVACY_URL}}', options.pages?.privacy ?? page('privacy'))
      .replaceAll('{{TERMS_URL}}', options.pages?.terms ?? page('terms')),
  ) as Manifest;
  filled.version = options.version ?? packageVersion();
  if (options.cloud && options.cloud !== 'public') {
    const resource = Object.hasOwn(clouds, options.cloud) ? clouds[options.cloud as Cloud].graph : undefined;
    if (!resource) throw new Error(`TEAMS_CLOUD is not one of ${Object.keys(clouds).join(', ')}`);
    for (const bot of filled.bots) bot.supportsFiles = false;
    filled.webApplicationInfo = { ...(filled.webApplicationInfo as object), resource };
  }
  if (options.noRsc) {
    delete filled.authorization;
    delete filled.webApplicationInfo;
  }
  if (options.preview) {
    filled.$schema = 'https://developer.microsoft.com/json-schemas/teams/v1.29/MicrosoftTeams.schema.json';
    filled.manifestVersion = '1.29';
    for (const bot of filled.bots) {
      bot.supportsTargetedMessages = true;
      for (const list of bot.commandLists) list.triggers = ['mention', 'slash'];
    }
  }
  return filled;
}

/** Returns what Microsoft's schema finds wrong with a manifest. */
export function schemaFaults(value: object): Promise<string[]> {
  return AppManifestUtils.validateAgainstSchema(value as TeamsManifest);
}

/** Width and height of a PNG, from its header. */
export function pngSize(bytes: Uint8Array): { width: number; height: number } {
  const view = Buffer.from(bytes);
  if (view.toString('latin1', 1, 4) !== 'PNG') throw new Error('not a PNG');
  return { width: view.readUInt32BE(16), height: view.readUInt32BE(20) };
}

/** Writes the package: the three files at the top of the zip, where Teams looks for them. */
export async function packageTeams(target: string, options: PackageOptions = {}): Promise<void> {
  const value = manifest(options);
  const faults = await schemaFaults(value);
  if (faults.length > 0) throw new Error(`the manifest is not valid: ${faults.join('; ')}`);
  const zip = new yazl.ZipFile();
  // One date for all, so that the same input makes the same package.
  const entry = { mtime: new Date('2026-01-01T00:00:00Z') };
  zip.addBuffer(Buffer.from(`${JSON.stringify(value, null, 2)}\n`), 'manifest.json', entry);
  for (const [name, size] of [
    ['color.png', 192],
    ['outline.png', 32],
  ] as const) {
    const bytes = readFileSync(join(folder, name));
    const { width, height } = pngSize(bytes);
    if (width !== size || height !== size)
      throw new Error(`${name} is ${width}x${height}, Teams wants ${size}x${size}`);
    zip.addBuffer(bytes, name, entry);
  }
  zip.end();
  mkdirSync(resolve(target, '..'), { recursive: true });
  await pipeline(zip.outputStream, createWriteStream(target));
}

if (process.argv[1] && resolve(process.argv[1]) === import.meta.filename) {
  const target = join(root, 'build/frebot-teams.zip');
  const { values } = parseArgs({
    options: { 'no-rsc': { type: 'boolean' }, preview: { type: 'boolean' }, version: { type: 'string' } },
  });
  const env = readEnvironment(process.env, root);
  const setting = (name: string) => env[name]?.trim() || undefined;
  const cliId = setting('CLIENT_SECRET') && setting('TENANT_ID') ? setting('CLIENT_ID') : undefined;
  const appId = setting('TEAMS_APP_ID') ?? cliId;
  const options: PackageOptions = {
    appId,
    publicUrl: setting('FREBOT_PUBLIC_URL'),
    pages: {
      website: setting('TEAMS_WEBSITE_URL'),
      privacy: setting('TEAMS_PRIVACY_URL'),
      terms: setting('TEAMS_TERMS_URL'),
    },
    version: values.version,
    cloud: setting('TEAMS_CLOUD'),
    noRsc: values['no-rsc'],
    preview: values.preview,
  };
  try {
    await packageTeams(target, options);
    console.log('build/frebot-teams.zip is ready: Teams > Apps > Manage your apps > Upload an app.');
    if (!appId)
      console.log(
        `TEAMS_APP_ID is not set: the package holds the placeholder ${placeholderId} and cannot be used yet.`,
      );
  } catch (error) {
    console.error(`package:teams: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
