import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { optionalParts } from '../../src/service/optional-parts.js';
import type { BuildStep } from './step.js';

/** Folder of the bundled program. Its files lie side by side, because each reader's thread and process is started by its neighbour. */
const program = join('dist', 'src');

/** A list of the packages whose code is inside the bundle, as their folders, for their licences. */
export const bundledPackages = join('dist', 'bundled-packages.json');

/**
 * Bundles the program with the packages it always needs: a start reads a dozen files instead of a thousand. Names stay as they
 * are written, because the log of a defect names kinds of errors and places.
 */
export const bundleProgram: BuildStep = {
  name: 'program',
  inputs: ['src', 'adapters', 'tsconfig.json', 'package-lock.json', 'scripts/build/program.ts'],
  output: join(program, 'main.js'),
  async run(root) {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: { main: 'src/main.ts', worker: 'src/intake/worker.ts', child: 'src/intake/child.ts' },
      outdir: program,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      sourcemap: true,
      sourcesContent: false,
      legalComments: 'none',
      logLevel: 'warning',
      metafile: true,
      // The large packages of a chat door or a database stay outside, and are loaded when it opens.
      external: Object.values(optionalParts).flat(),
      // Packages in CommonJS ask for modules of Node with `require`, which a module does not have.
      banner: {
        js: "import { createRequire as createBundleRequire } from 'node:module'; const require = createBundleRequire(import.meta.url);",
      },
    });
    writeFileSync(join(root, bundledPackages), JSON.stringify(packagesOf(Object.keys(metafile.inputs))));
    removeOthers(join(root, program), new Set(Object.keys(metafile.outputs).map((path) => basename(path))));
  },
};

/** Deletes what an earlier build wrote under other names. */
function removeOthers(folder: string, written: ReadonlySet<string>): void {
  for (const name of readdirSync(folder)) {
    if (!written.has(name)) rmSync(join(folder, name), { recursive: true });
  }
}

/** Returns the folders of the packages that the files belong to, from `node_modules` on, in order. */
function packagesOf(files: readonly string[]): string[] {
  const folders = files.map((file) => /node_modules\/(.*node_modules\/)?(@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort();
}
