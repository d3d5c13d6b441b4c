import * as z from 'zod';
import { conditionSchema } from './condition-schema.js';
import { sourceSchema } from './source-schema.js';

/** A row of `knowledge/bare-pages.yaml`: an error page without details, and where its reason can be found. */
export const barePageSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    when: z.array(conditionSchema).min(1),
    /** Who made the page and what it means; braces hold observations of the page. */
    says: z.string().min(20),
    /** The card that explains the page, where it shows a fault of the server. */
    cause: z.string().optional(),
    certainty: z.enum(['likely', 'possible']).optional(),
    /** What to send next, ids of `evidence-requests.yaml`. */
    next: z.array(z.string()).default([]),
    source: sourceSchema,
  })
  .refine((row) => (row.cause === undefined) === (row.certainty === undefined), 'cause and certainty go together');

export type BarePageRow = z.infer<typeof barePageSchema>;
