import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { writePackage } from './package/npm.js';

// `npm run package`: writes build/npm/ and packs it into build/frebot-<version>.tgz, which `npm install` takes.
const root = resolve(import.meta.dirname, '..');
const target = join(root, 'build/npm');
writePackage(root, target);
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const packed = execFileSync(npm, ['pack', '--silent', '--pack-destination', join(root, 'build')], { cwd: target });
process.stdout.write(`build/${String(packed).trim()}\n`);
