import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package whose code is inside the bundle. */
export interface BundledPackage {
  name: string;
  version: string;
  license: string;
  /** The text of its licence; its name when the package brings no text. */
  text: string;
}

/**
 * Reads version and licence of packages. Throws when one of them has no licence.
 * @param paths their folders, below `root`
 */
export function listBundled(root: string, paths: readonly string[]): BundledPackage[] {
  return paths.map((path) => {
    const folder = join(root, path);
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Partial<BundledPackage>;
    const { name, version, license } = manifest;
    if (!name || !version || typeof license !== 'string') throw new Error(`${path} names no version or no licence`);
    const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)(\.|$)/i.test(entry));
    return { name, version, license, text: file ? readFileSync(join(folder, file), 'utf8').trim() : license };
  });
}

/** Writes the licences of all packages into one text. */
export function writeNotices(file: string, bundled: readonly BundledPackage[]): void {
  const parts = bundled.map(({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}\n`);
  writeFileSync(file, ['Frebot contains these packages.\n', ...parts].join(`\n${'-'.repeat(80)}\n\n`));
}
