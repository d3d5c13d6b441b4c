// Writes the Slack app manifest: manifest.json at the root, where the Slack CLI looks for it, or with --full the one with
// everything that needs a paid plan or an organization, into build/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fullManifest, manifest } from '../adapters/slack/manifest.js';

const full = process.argv.includes('--full');
const path = full ? 'build/slack-manifest-full.json' : 'manifest.json';
const target = resolve(import.meta.dirname, '..', path);
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, `${JSON.stringify(full ? fullManifest : manifest, null, 2)}\n`);
console.log(path);
