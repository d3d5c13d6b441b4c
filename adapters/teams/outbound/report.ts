import type { Express } from 'express';
import type { Answer } from '../../../src/answer/answer.js';
import type { Desk } from '../../../src/desk/desk.js';
import { CatalogueError } from '../../../src/desk/ports/errors.js';
import type { uploadGuarded } from '../../../src/service/download.js';
import { teamsFileHosts } from '../download.js';
import type { ConversationScope } from '../place.js';
import type { Attachment } from '../platform/activity.js';
import type { CardAction } from '../render/index.js';
import type { TeamsSettings } from '../settings.js';

/** Path of the reports below the public address. */
const reportPath = '/reports';
/** Limit of the upload, milliseconds: a report is a few hundred KB, and Teams waits for it. */
const uploadTimeoutMs = 5_000;
const fileName = 'frebot-report.html';
/** Verb of the *Report* button. The door answers it, because only Teams has file consent. */
export const reportVerb = 'report';

export type ReportUpload = typeof uploadGuarded;

/** Value of a `fileConsent/invoke`: the person's decision about the report. */
export interface FileConsent {
  action?: unknown;
  context?: { case?: unknown };
  uploadInfo?: { uploadUrl?: unknown; contentUrl?: unknown; name?: unknown; uniqueId?: unknown; fileType?: unknown };
}

interface Deps {
  desk: Pick<Desk, 'storedAnswer'>;
  upload: ReportUpload;
  /** Renders the report as HTML; without it no report is offered. */
  report?: (answer: Answer) => string;
}

/**
 * Offers the report of a diagnosis: as a file in 1:1 chats, as a link elsewhere. Bots can send files in 1:1 chats of the
 * public cloud only; a link needs a public address.
 */
export class ReportCards {
  readonly #settings: TeamsSettings;
  readonly #deps: Deps;

  constructor(settings: TeamsSettings, deps: Deps) {
    this.#settings = settings;
    this.#deps = deps;
  }

  /** Returns the *Report* button for a stored diagnosis; undefined where its report can be neither sent nor linked. */
  makeButton(answer: Answer, scope: ConversationScope): CardAction | undefined {
    const id = answer.case;
    if (!this.#deps.report || !answer.verdict || !id) return undefined;
    if (scope === 'personal' && (this.#settings.cloud ?? 'public') === 'public') {
      const fallback = { type: 'Action.Submit' as const, title: 'Report', data: { case: id, verb: reportVerb } };
      return { type: 'Action.Execute', title: 'Report', verb: reportVerb, data: { case: id }, fallback };
    }
    const { publicUrl, appId } = this.#settings;
    return publicUrl && appId
      ? { type: 'Action.OpenUrl', title: 'Report', url: `${publicUrl}${reportPath}/${id}` }
      : undefined;
  }

  /** Returns the card that asks to put the report into the person's OneDrive; undefined when the answer is no longer stored. */
  async makeConsentCard(id: string, tenant: string): Promise<Attachment | undefined> {
    const html = await this.#renderReport(id, tenant);
    if (html === undefined) return undefined;
    const content = {
      description: 'The whole answer as one page that opens offline. Sensitive values are left out.',
      sizeInBytes: Buffer.byteLength(html),
      acceptContext: { case: id },
      declineContext: { case: id },
    };
    return { contentType: 'application/vnd.microsoft.teams.card.file.consent', name: fileName, content };
  }

  /**
   * Uploads the report to the address in the consent and returns the card that shows the file.
   * @throws CatalogueError `answer-expired` when the answer is no longer stored, or the code of the failed upload
   */
  async uploadReport({ context, uploadInfo }: FileConsent, tenant: string): Promise<Attachment> {
    const html = await this.#renderReport(String(context?.case ?? ''), tenant);
    if (html === undefined) throw new CatalogueError('answer-expired');
    const { uploadUrl, contentUrl, name, uniqueId, fileType } = uploadInfo ?? {};
    await this.#deps.upload(String(uploadUrl ?? ''), Buffer.from(html), {
      hosts: teamsFileHosts,
      timeoutMs: uploadTimeoutMs,
    });
    return {
      contentType: 'application/vnd.microsoft.teams.card.file.info',
      contentUrl: String(contentUrl ?? ''),
      name: String(name ?? fileName),
      content: { uniqueId: String(uniqueId ?? ''), fileType: String(fileType ?? 'html') },
    };
  }

  /**
   * Serves reports on the public listener when a public address is set. An answer's id has 96 random bits and is on its card,
   * so the people who see the card can read the report. Answers of other doors get the same 404 as unknown ids.
   */
  mount(app: Pick<Express, 'get'>): void {
    const { publicUrl, appId, tenantId, allowedTenants } = this.#settings;
    if (!publicUrl || !appId || !this.#deps.report) return;
    const tenants = (allowedTenants?.length ? allowedTenants : [tenantId ?? '']).map((tenant) => tenant.toLowerCase());
    app.get(`${reportPath}/:id`, async (req, res) => {
      const id = String(req.params.id);
      res.set(headers);
      if (/^[\w-]{16}$/.test(id)) {
        for (const tenant of tenants) {
          const html = await this.#renderReport(id, tenant);
          if (html !== undefined) return void res.type('html').send(html);
        }
      }
      res.status(404).type('text').send('I no longer have this report. Please send me the log again.\n');
    });
  }

  async #renderReport(id: string, tenant: string): Promise<string | undefined> {
    const record = id === '' ? undefined : await this.#deps.desk.storedAnswer(id, tenant);
    return record && this.#deps.report?.(record.answer);
  }
}

/** The page has no script and loads nothing, and it may not be framed, cached or indexed. */
const headers = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'private, no-store',
  'X-Robots-Tag': 'noindex, nofollow',
};
