import { basename } from 'node:path';
import * as z from 'zod';
import type { IntakeInput } from '../../src/desk/desk.js';
import type { ReadableFolders } from './readable-folders.js';
import { RefusedInput } from './refused-input.js';

/** Limits of one call. A larger file is named by its path. */
const limits = { paths: 100, contents: 20, contentBytes: 1024 * 1024 } as const;

/** One text that the agent already has. */
export const contentSchema = z.object({
  name: z.string().max(260).optional().describe('File name, if there is one, for example fr000032.xml'),
  text: z.string().describe('The whole text, unchanged. At most 1 MB; pass a path for more'),
});

/** The arguments of tools that read evidence. */
export const evidenceSchema = {
  paths: z
    .array(z.string().min(1).max(4096))
    .max(limits.paths)
    .optional()
    .describe('Files, folders or zips on this machine, below the folders that I may read'),
  contents: z.array(contentSchema).max(limits.contents).optional().describe('Texts instead of, or beside, paths'),
};

export interface EvidenceArguments {
  paths?: string[] | undefined;
  contents?: { name?: string | undefined; text: string }[] | undefined;
}

/** Returns what a tool shall read. Throws RefusedInput when there is nothing, or something that may not be read. */
export async function toInputs(given: EvidenceArguments, folders: ReadableFolders): Promise<IntakeInput[]> {
  const { paths = [], contents = [] } = given;
  if (paths.length + contents.length === 0) throw new RefusedInput('Name at least one path, or pass contents.');
  const found = await folders.resolve(paths);
  const files = paths.map((path, i) => ({ name: basename(path) || path, path: found[i] as string }));
  return [...files, ...contents.map(toContent)];
}

function toContent({ name, text }: { name?: string | undefined; text: string }): IntakeInput {
  if (Buffer.byteLength(text) > limits.contentBytes)
    throw new RefusedInput('A text may have 1 MB. Pass the path of the file instead.');
  return name === undefined ? { text } : { name, bytes: Buffer.from(text) };
}
