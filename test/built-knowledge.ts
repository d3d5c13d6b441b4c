import { resolve } from 'node:path';
import { readKnowledge } from '../src/knowledge/compiled.js';
import type { Knowledge } from '../src/knowledge/knowledge.js';

/** The knowledge as the program reads it; test/global-setup.ts compiles it before the tests. */
export const builtKnowledge = (): Knowledge => readKnowledge(resolve(import.meta.dirname, '../dist'));
