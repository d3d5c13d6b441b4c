import * as z from 'zod';

/** Where a fact comes from: a public address, or `experience: true` when an expert says so and no document does. */
export const sourceSchema = z
  .strictObject({
    title: z.string().min(3),
    url: z.url({ protocol: /^https$/ }).optional(),
    date: z
      .string()
      .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'a date is YYYY, YYYY-MM or YYYY-MM-DD')
      .optional(),
    experience: z.literal(true).optional(),
  })
  .refine((s) => s.url !== undefined || s.experience === true, 'a source has a url, or is marked experience: true');
