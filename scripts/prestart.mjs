import { existsSync } from 'node:fs';
import { join } from 'node:path';

// `npm start` builds what has changed. A production checkout was built before the build's own packages were taken away, and starts as it is.
if (existsSync(join(import.meta.dirname, '../node_modules/tsx'))) {
  const { register } = await import('tsx/esm/api');
  register();
  await import('./build.ts');
}
