import * as z from 'zod';

/** One block of the script in `knowledge/collect.yaml`. */
export const collectBlockSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z]+$/),
    title: z.string().min(5),
    /** What the block takes from the server, in words for its reader. */
    takes: z.string().min(5),
    /** What is blanked in every text before it is packed: patterns that mean the same in .NET and in JavaScript. */
    masks: z.array(z.strictObject({ what: z.string(), pattern: z.string(), to: z.string() })).default([]),
    /** The elements of a configuration that are copied, with the attributes that are; all others stay on the server. */
    allow: z.record(z.string(), z.array(z.string())).default({}),
    /** PowerShell 5.1 that also runs in Constrained Language Mode. */
    script: z.string().min(10),
  })
  .refine(({ masks }) => masks.every(({ pattern }) => isPattern(pattern)), { error: 'a mask is not a pattern' });

export type CollectBlock = z.infer<typeof collectBlockSchema>;

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
