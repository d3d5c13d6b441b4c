import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fetchNode, writeWindowsFolder, zipFolder } from './package/windows.js';

// `npm run package:windows`: writes build/frebot-<version>-windows-x64.zip, which needs neither npm nor Node on the server.
const root = resolve(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const folder = join(root, 'build/windows');
const zip = join(root, `build/frebot-${version}-windows-x64.zip`);
mkdirSync(join(root, 'build'), { recursive: true });
writeWindowsFolder(root, folder, fetchNode());
await zipFolder(folder, zip);
process.stdout.write(`build/frebot-${version}-windows-x64.zip\n`);
