import * as z from 'zod';
import { conditionSchema } from './condition-schema.js';
import { oneOrMore } from './one-or-more.js';
import { sourceSchema } from './source-schema.js';
import { stepSchema } from './step-schema.js';

/** Short names of the providers in the table. Others may be added; a name that is nearly one of these is a slip. */
export const eventProviders: readonly string[] = [
  'WAS',
  'W3SVC',
  'W3SVC-WP',
  'IIS-Configuration',
  'HttpEvent',
  'HttpService',
  'HttpPlatformHandler',
  'Service Control Manager',
  'ASP.NET',
  '.NET Runtime',
  'IIS AspNetCore Module',
  'IIS AspNetCore Module V2',
  'Application Error',
  'Windows Error Reporting',
  'Security-Auditing',
  'SceCli',
  'GroupPolicy',
  'DeviceManagement-Enterprise-Diagnostics-Provider',
  'NTLM',
  'NETLOGON',
  'Security-Kerberos',
  'Kerberos-Key-Distribution-Center',
  'KDC',
  'Schannel',
  'MSSQLSERVER',
];

/**
 * The role of an event in a story: `cause` names the reason, `failure` says that something failed, `consequence` follows from
 * another event, `note` is a normal sign that helps to order the others.
 */
const eventRoles = ['cause', 'failure', 'consequence', 'note'] as const;

/** A row of `knowledge/events.yaml`: which events it is about, what they mean and what to do. */
export const eventSchema = z
  .strictObject({
    /** Names of the provider, short: without `Microsoft-Windows-` and without a version. */
    provider: oneOrMore(z.string().min(2)),
    /** Numbers of the event. Without them the words and fields of `when` decide. */
    event: oneOrMore(z.number().int().min(1).max(65_535)).optional(),
    /** Fields that decide, where one number means several things. Rows are tried in order of the file. */
    when: z.array(conditionSchema).default([]),
    role: z.enum(eventRoles),
    /** It happens on every server, independently of IIS, so other failures of a log come before it. */
    common: z.boolean().default(false),
    /** One or two sentences; braces hold observations of this event. */
    meaning: z.string().min(10),
    /** The card that explains it and says how to fix it. */
    cause: z.string().optional(),
    certainty: z.enum(['confirmed', 'likely', 'possible']).default('likely'),
    /** Steps for just this event; the card's own follow behind them. */
    do: z.array(stepSchema).default([]),
    /** What to send next, ids of `evidence-requests.yaml`. */
    next: z.array(z.string()).default([]),
    source: sourceSchema,
  })
  .refine(
    (row) => row.event !== undefined || row.when.length > 0,
    'a row names its events, or `when` says how to know them',
  );

export type EventRow = z.infer<typeof eventSchema>;

/** Returns the key of a row in the table: what makes it different from all others. */
export function eventKey(row: EventRow): string {
  return `${row.provider.join(', ')} ${(row.event ?? []).join(', ')} ${JSON.stringify(row.when)}`.trim();
}
