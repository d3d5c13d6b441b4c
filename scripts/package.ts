import { join, resolve } from 'node:path';
import { writePackage } from './package/npm.js';
import { runNpm } from './package/run-npm.js';

// `npm run package`: writes build/npm/ and packs it into build/frebot-<version>.tgz, which `npm install` takes.
const root = resolve(import.meta.dirname, '..');
const target = join(root, 'build/npm');
writePackage(root, target);
const packed = runNpm(['pack', '--silent', '--pack-destination', join(root, 'build')], target);
process.stdout.write(`build/${packed.trim()}\n`);
