// Writes the Slack app manifest: manifest.json at the root, where the Slack CLI looks for it, or with --full the one with
// everything that needs a paid plan or an organization, into build/. With --url https://host both are for signed HTTP: the
// addresses are filled in, Socket Mode is off, and the base goes into build/ too.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fullManifest, manifest, withAddress } from '../adapters/slack/manifest.js';

const { values } = parseArgs({ options: { full: { type: 'boolean' }, url: { type: 'string' } } });
const { full, url } = values;
if (url !== undefined && !/^https:\/\/[^/]+\/?$/.test(url)) {
  console.error('--url is the https address of the host, for example https://frebot.contoso.com');
  process.exit(2);
}
const chosen = full ? fullManifest : manifest;
const name = full ? 'slack-manifest-full' : 'slack-manifest';
const path = url ? `build/${name}-http.json` : full ? `build/${name}.json` : 'manifest.json';
const target = resolve(import.meta.dirname, '..', path);
mkdirSync(dirname(target), { recursive: true });
const written = url ? withAddress(chosen, url.replace(/\/$/, '')) : chosen;
writeFileSync(target, `${JSON.stringify(written, null, 2)}\n`);
console.log(path);
