import * as z from 'zod';
import { conditionSchema } from './condition-schema.js';
import { sourceSchema } from './source-schema.js';
import { stepSchema } from './step-schema.js';

/** The files a row may be about. */
const configurationForms = ['web.config', 'applicationHost.config', 'machine.config'] as const;

/**
 * What a row is worth. `breaks`: IIS refuses requests because of what is here. `needs`: it works only where the server
 * has something that this file does not show. `watch`: it works, and misleads or fails for some. `known`: nothing to say.
 */
const configurationWeights = ['breaks', 'needs', 'watch', 'known'] as const;

/** A row of `knowledge/configurations.yaml`: what something in a configuration file means for the site. */
export const configurationSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/, 'an id is lower case words joined by hyphens'),
    in: z.array(z.enum(configurationForms)).min(1).optional(),
    /** The first row that an observation fits speaks for it, for several observations in one sentence. */
    finds: conditionSchema,
    /** What else the file must say. */
    when: z.array(conditionSchema).default([]),
    none: z.array(conditionSchema).default([]),
    weight: z.enum(configurationWeights),
    /** One to three sentences; the braces of the observation in `finds` hold all values that were found. */
    says: z.string().min(10).optional(),
    /** The card that explains and fixes it; only for rows that break. */
    cause: z.string().optional(),
    certainty: z.enum(['confirmed', 'likely', 'possible']).default('likely'),
    /** Steps for just this; the card's own follow behind them. Only for rows that break. */
    do: z.array(stepSchema).default([]),
    next: z.array(z.string()).default([]),
    source: sourceSchema,
  })
  .refine((row) => (row.weight === 'known') === (row.says === undefined), 'a row says something, or is `known`')
  .refine((row) => row.cause === undefined || row.weight === 'breaks', 'only a row that `breaks` claims a cause');

export type ConfigurationRow = z.infer<typeof configurationSchema>;

/**
 * What a web.config and the applicationHost.config of its server say together: `locked`, `undeclared` (a section),
 * `added-twice` and `removes-locked` (an entry), `sets-locked` (an attribute or element), `not-registered` (a module), `not-listed` (a module, beside what appcmd lists); `line`: what is where a log or page points to.
 */
const configurationPairs = [
  'locked',
  'undeclared',
  'added-twice',
  'not-registered',
  'not-listed',
  'removes-locked',
  'sets-locked',
  'line',
] as const;

/** A row of `knowledge/configuration-pairs.yaml`. */
export const configurationPairSchema = z.strictObject({
  pair: z.enum(configurationPairs),
  /** Braces: `others` is what was found, `file` and `other` the two files, `line` the line. */
  says: z.string().min(10),
  /** For a section that one path may set and others may not. */
  unless: z.string().min(10).optional(),
  cause: z.string().optional(),
  source: sourceSchema,
});

export type ConfigurationPairRow = z.infer<typeof configurationPairSchema>;
