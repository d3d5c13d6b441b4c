import * as z from 'zod';

/** A code of Windows, as IIS shows it. */
export const codeSchema = z.strictObject({
  /** HRESULT or NTSTATUS, `0x` and eight lower-case hexadecimal digits. */
  hresult: z.string().regex(/^0x[0-9a-f]{8}$/),
  win32: z.number().int().optional(),
  name: z.string(),
  message: z.string(),
  /** The meaning when IIS shows it, by context. */
  contexts: z
    .array(
      z.strictObject({
        status: z.string(),
        meaning: z.string(),
        fix: z.string().optional(),
        source: z.string().optional(),
      }),
    )
    .default([]),
  cause: z.string().optional(),
  source: z.string(),
});

/** A status of IIS, with or without its substatus. */
export const statusSchema = z.strictObject({
  /** `500` or `500.19`. */
  code: z.string().regex(/^\d{3}(\.\d{1,4})?$/),
  name: z.string(),
  cause: z.string().optional(),
  fix: z.string().optional(),
  causes: z.array(z.string()).default([]),
  source: z.string(),
});

export type Code = z.infer<typeof codeSchema>;
export type StatusEntry = z.infer<typeof statusSchema>;
