import { join, resolve } from 'node:path';

/** The executable as users run it, with its knowledge and model beside it; test/global-setup.ts builds all of them before the tests. */
export const builtProgram: string = join(resolve(import.meta.dirname, '../dist'), 'src/main.js');
