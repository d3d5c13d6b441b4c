import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { BuildStep } from './step.js';

/** Bundles the scripts of the page and of the report, each into one file without imports, and puts markup and styles beside them. */
export const bundlePage: BuildStep = {
  name: 'page',
  inputs: ['adapters/web', 'src/answer', 'package-lock.json'],
  output: 'dist/adapters/web/page/page.js',
  async run(root) {
    const page = join(root, 'adapters/web/page');
    const built = join(root, 'dist/adapters/web/page');
    await build({
      entryPoints: [join(page, 'page.ts'), join(page, 'report.ts')],
      outdir: built,
      bundle: true,
      minify: true,
      format: 'iife',
      target: 'es2022',
      legalComments: 'none',
      logLevel: 'warning',
    });
    for (const name of readdirSync(page).filter((file) => /\.(html|css|svg)$/.test(file))) {
      cpSync(join(page, name), join(built, name));
    }
  },
};
