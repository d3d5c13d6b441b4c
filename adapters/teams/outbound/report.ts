import type { Attachment } from 'botbuilder';
import type { Express } from 'express';
import type { Answer } from '../../../src/answer/answer.js';
import type { Desk } from '../../../src/desk/desk.js';
import { CatalogueError } from '../../../src/desk/ports/errors.js';
import type { guardedUpload } from '../../../src/service/download.js';
import { teamsFileHosts } from '../download.js';
import type { ConversationScope } from '../inbound/message.js';
import type { CardAction } from '../render/index.js';
import type { TeamsSettings } from '../settings.js';

/** Where reports are served from, when they are: the path below the public address. */
const path = '/reports';
/** A report is a few hundred KB, and Teams waits for the upload; milliseconds. */
const uploadMs = 5_000;
const fileName = 'frebot-report.html';
/** Verb of the button, which the door answers itself: how a file is handed over is Teams' own affair. */
export const reportVerb = 'report';

export type ReportUpload = typeof guardedUpload;

/** What a person's decision about an offered file brings back. */
export interface FileConsent {
  action?: unknown;
  context?: { case?: unknown };
  uploadInfo?: { uploadUrl?: unknown; contentUrl?: unknown; name?: unknown; uniqueId?: unknown; fileType?: unknown };
}

interface Deps {
  desk: Pick<Desk, 'kept'>;
  upload: ReportUpload;
  /** Makes the report; without it none is offered. */
  report?: (answer: Answer) => string;
}

/**
 * The report of a diagnosis, as a file in 1:1 chats and as a link elsewhere. Bots can hand over files in 1:1 chats only,
 * and only in the public cloud; a link needs a public address.
 */
export class ReportCards {
  readonly #settings: TeamsSettings;
  readonly #deps: Deps;

  constructor(settings: TeamsSettings, deps: Deps) {
    this.#settings = settings;
    this.#deps = deps;
  }

  /** The button below a diagnosis that is kept; undefined where there is no way to hand its report over. */
  makeButton(answer: Answer, scope: ConversationScope): CardAction | undefined {
    const id = answer.case;
    if (!this.#deps.report || !answer.verdict || !id) return undefined;
    if (scope === 'personal' && (this.#settings.cloud ?? 'public') === 'public') {
      const fallback = { type: 'Action.Submit' as const, title: 'Report', data: { case: id, verb: reportVerb } };
      return { type: 'Action.Execute', title: 'Report', verb: reportVerb, data: { case: id }, fallback };
    }
    const { publicUrl, appId } = this.#settings;
    return publicUrl && appId
      ? { type: 'Action.OpenUrl', title: 'Report', url: `${publicUrl}${path}/${id}` }
      : undefined;
  }

  /** The card that asks whether the report may go to the person's OneDrive; undefined when the answer is gone. */
  async makeConsentCard(id: string, tenant: string): Promise<Attachment | undefined> {
    const html = await this.#html(id, tenant);
    if (html === undefined) return undefined;
    const content = {
      description: 'The whole answer as one page that opens without a network. Sensitive values are left out.',
      sizeInBytes: Buffer.byteLength(html),
      acceptContext: { case: id },
      declineContext: { case: id },
    };
    return { contentType: 'application/vnd.microsoft.teams.card.file.consent', name: fileName, content };
  }

  /**
   * Uploads the report where the consent says.
   * @returns the card that shows the file
   * @throws CatalogueError
   */
  async uploadReport({ context, uploadInfo }: FileConsent, tenant: string): Promise<Attachment> {
    const html = await this.#html(String(context?.case ?? ''), tenant);
    if (html === undefined) throw new CatalogueError('answer-expired');
    const { uploadUrl, contentUrl, name, uniqueId, fileType } = uploadInfo ?? {};
    await this.#deps.upload(String(uploadUrl ?? ''), Buffer.from(html), { hosts: teamsFileHosts, timeoutMs: uploadMs });
    return {
      contentType: 'application/vnd.microsoft.teams.card.file.info',
      contentUrl: String(contentUrl ?? ''),
      name: String(name ?? fileName),
      content: { uniqueId: String(uniqueId ?? ''), fileType: String(fileType ?? 'html') },
    };
  }

  /**
   * Serves reports on the outer listener, if a public address is set and only then. Who knows the 96 random bits of an
   * answer's id may read it: the same as who sees its card. Answers of other doors are not found here, nor is anything
   * said about why.
   */
  mount(app: Pick<Express, 'get'>): void {
    const { publicUrl, appId, tenantId, allowedTenants } = this.#settings;
    if (!publicUrl || !appId || !this.#deps.report) return;
    const tenants = (allowedTenants?.length ? allowedTenants : [tenantId ?? '']).map((tenant) => tenant.toLowerCase());
    app.get(`${path}/:id`, async (req, res) => {
      const id = String(req.params.id);
      res.set(headers);
      if (/^[\w-]{16}$/.test(id)) {
        for (const tenant of tenants) {
          const html = await this.#html(id, tenant);
          if (html !== undefined) return void res.type('html').send(html);
        }
      }
      res.status(404).type('text').send('This report is not kept any more. Drop the log again.\n');
    });
  }

  async #html(id: string, tenant: string): Promise<string | undefined> {
    const record = id === '' ? undefined : await this.#deps.desk.kept(id, tenant);
    return record && this.#deps.report?.(record.answer);
  }
}

/** The page has no script and loads nothing; nobody may frame it, cache it or list it. */
const headers = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'private, no-store',
  'X-Robots-Tag': 'noindex, nofollow',
};
