import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { packageVersion } from '../src/service/package-root.js';
import { fetchNode, writeWindowsFolder, zipFolder } from './package/windows.js';

// `npm run package:windows`: writes build/frebot-<version>-windows-x64.zip, which needs neither npm nor Node on the server.
const root = resolve(import.meta.dirname, '..');
const folder = join(root, 'build/windows');
const zip = `build/frebot-${packageVersion()}-windows-x64.zip`;
mkdirSync(join(root, 'build'), { recursive: true });
writeWindowsFolder(root, folder, fetchNode());
await zipFolder(folder, join(root, zip));
process.stdout.write(`${zip}\n`);
