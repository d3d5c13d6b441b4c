import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { optionalParts } from '../../src/service/optional-parts.js';
import { bundledPackages } from '../build/program.js';
import { listBundled, writeNotices } from './notices.js';
import { writeSbom } from './sbom.js';

interface RootManifest {
  version: string;
  description: string;
  license: string;
  engines: Record<string, string>;
  dependencies: Record<string, string>;
}

/** What the program reads while it runs, beside its code. */
const data = ['dist/knowledge.json', 'dist/questions.model', 'knowledge', 'adapters/web/samples', 'LICENSE'];

/**
 * Writes the npm package: the bundled program of `dist/`, what it reads, and a manifest without dependencies.
 * @param root the checkout, built
 * @param target the folder to write, which is emptied first
 */
export function writePackage(root: string, target: string): void {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const path of data) cpSync(join(root, path), join(target, path), { recursive: true });
  copyFiles(root, target, 'dist/src', /\.js$/);
  copyFiles(root, target, 'dist/adapters/web/page', /\.(js|html|css|svg)$/);
  for (const name of ['README.md', 'contracts.d.ts']) {
    cpSync(join(import.meta.dirname, name), join(target, name));
  }
  const bundled = listBundled(root, JSON.parse(readFileSync(join(root, bundledPackages), 'utf8')) as string[]);
  writeNotices(join(target, 'THIRD-PARTY-NOTICES.txt'), bundled);
  writeSbom(root, join(target, 'sbom.json'), bundled);
  writeJson(join(target, 'package.json'), leanManifest(root));
}

/** Copies the files of one folder whose names match; the folders in it stay behind. */
function copyFiles(root: string, target: string, folder: string, names: RegExp): void {
  mkdirSync(join(target, folder), { recursive: true });
  for (const name of readdirSync(join(root, folder)).filter((file) => names.test(file))) {
    cpSync(join(root, folder, name), join(target, folder, name));
  }
}

/** Returns a manifest that installs nothing else. The packages of optional parts are named, so that npm checks their versions. */
function leanManifest(root: string): Record<string, unknown> {
  const { version, description, license, engines, dependencies } = readJson<RootManifest>(join(root, 'package.json'));
  const optional = Object.values(optionalParts).flat();
  return {
    name: 'frebot',
    version,
    description,
    license,
    type: 'module',
    engines,
    bin: { frebot: 'dist/src/main.js' },
    types: 'contracts.d.ts',
    exports: { '.': { types: './contracts.d.ts' }, './package.json': './package.json' },
    peerDependencies: Object.fromEntries(optional.map((name) => [name, dependencies[name]])),
    peerDependenciesMeta: Object.fromEntries(optional.map((name) => [name, { optional: true }])),
  };
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
