import * as z from 'zod';

/** Lines of a thread that Frebot has answered in, and whom they are for. They are data to learn from; none is shown. */
export const talkSchema = z.strictObject({
  to: z.enum(['people', 'frebot']),
  about: z.string().min(2),
  lines: z.array(z.string().min(1)).min(1),
});

export type Talk = z.output<typeof talkSchema>;

/** Returns the key of a list of lines. */
export function talkKey({ to, about }: Talk): string {
  return `${to}: ${about}`;
}
