import nock from 'nock';

const graph = 'https://graph.microsoft.com';
const storage = 'https://contoso.sharepoint.com';
/** The token of the fake identity platform. Graph accepts no other; storage accepts none. */
const graphToken = 'Bearer token-for-the-connector';

export interface GraphFile {
  id: string;
  name: string;
  bytes: Uint8Array;
  contentType?: string;
}

/** The address a file of a channel has in SharePoint, as Graph's message names it. */
export const fileAddress = (name: string) => `${storage}/sites/Web/Shared Documents/General/${name}`;

/** Graph's answer for a message with files dropped into it. Reading it takes the token. */
export function serveMessage(path: string, files: GraphFile[], status = 200, { unnamed = false } = {}): void {
  const attachments = files.map(({ id, name, contentType = 'reference' }) => ({
    id,
    contentType,
    contentUrl: contentType === 'reference' ? fileAddress(name) : null,
    name: unnamed ? null : name,
  }));
  nock(graph, { reqheaders: { authorization: graphToken } })
    .get(`/v1.0${path}`)
    .reply(status, status === 200 ? { id: 'm', attachments } : { error: { code: 'Forbidden' } });
}

/** A message as Graph answers it: its HTML, its files, and what else is attached (cards, forwarded messages). */
export function serveWholeMessage(
  path: string,
  message: { html?: string; files?: GraphFile[]; attached?: object[]; app?: string },
): void {
  const { html = '', files = [], attached = [], app } = message;
  const references = files.map(({ id, name }) => {
    return { id, contentType: 'reference', contentUrl: fileAddress(name), name };
  });
  nock(graph, { reqheaders: { authorization: graphToken } })
    .get(`/v1.0${path}`)
    .reply(200, {
      id: 'm',
      from: app ? { application: { id: app }, user: null } : { application: null, user: { displayName: 'Bea' } },
      body: { contentType: 'html', content: html },
      attachments: [...references, ...attached],
    });
}

/** The attachment of a forwarded message. */
export function forwardedMessage(id: string, html: string): object {
  const content = {
    originalMessageId: id,
    originalMessageContent: html,
    originalConversationId: '19:elsewhere@thread.v2',
    originalSentDateTime: '2026-06-08T19:00:00Z',
    originalMessageSender: { user: { displayName: 'Bea', userIdentityType: 'aadUser' } },
  };
  return { id, contentType: 'forwardedMessageReference', content: JSON.stringify(content) };
}

/** The attachment of an Adaptive Card, whose content Graph gives as JSON in a string. */
export function adaptiveCard(body: object[]): object {
  const content = JSON.stringify({ type: 'AdaptiveCard', version: '1.4', body });
  return { id: '3f3f', contentType: 'application/vnd.microsoft.card.adaptive', content };
}

/** Serves the bytes of a file. Graph redirects to storage, whose address carries its own permission and must see no token. */
export function serveShare(file: GraphFile, options: { status?: number; to?: string; html?: boolean } = {}): void {
  const share = `u!${Buffer.from(fileAddress(file.name)).toString('base64url')}`;
  sharedAs(share, file, options);
}

/** Serves the bytes of a file behind a sharing link, as phones send it. */
export function serveSharingLink(link: string, file: GraphFile, options: { status?: number } = {}): void {
  sharedAs(`u!${Buffer.from(link).toString('base64url')}`, file, options);
}

/** Serves the page that a sharing link itself returns. */
export function serveLinkPage(link: string): void {
  const { origin, pathname } = new URL(link);
  const page = '<!DOCTYPE html><html><title>OneDrive</title></html>';
  nock(origin, { badheaders: ['authorization'] })
    .get(pathname)
    .reply(200, page, { 'content-type': 'text/html' });
}

/** Serves the upload of an accepted file. Accepts the whole as one range, sees no token, and resolves with the content. */
export function serveUploadSession(status = 201): { uploadInfo: Record<string, string>; arrived: Promise<string> } {
  const path = '/personal/ada/_api/v2.0/drive/items/01/uploadSession';
  const arrived = new Promise<string>((resolve) => {
    nock('https://contoso-my.sharepoint.com', { badheaders: ['authorization'] })
      .put(path)
      .query({ guid: 'once' })
      .matchHeader('content-range', /^bytes 0-\d+\/\d+$/)
      .reply(function (_uri, body) {
        const text = Buffer.isBuffer(body) ? body.toString('utf8') : String(body);
        const bytes = Buffer.byteLength(text);
        resolve(text);
        const range = `bytes 0-${bytes - 1}/${bytes}`;
        return this.req.headers['content-range'] === range ? [status, { id: '01' }] : [416, {}];
      });
  });
  const uploadInfo = {
    uploadUrl: `https://contoso-my.sharepoint.com${path}?guid=once`,
    contentUrl: 'https://contoso-my.sharepoint.com/personal/ada/Documents/Applications/Frebot/frebot-report.html',
    name: 'frebot-report.html',
    uniqueId: '5e1d',
    fileType: 'html',
  };
  return { uploadInfo, arrived };
}

function sharedAs(share: string, file: GraphFile, options: { status?: number; to?: string; html?: boolean }): void {
  const call = nock(graph, { reqheaders: { authorization: graphToken } }).get(
    `/v1.0/shares/${share}/driveItem/content`,
  );
  if (options.status) {
    call.reply(options.status, { error: { code: 'accessDenied' } });
    return;
  }
  call.reply(302, '', { location: options.to ?? `${storage}/_layouts/15/download.aspx?tempauth=once&f=${file.id}` });
  if (options.to) return;
  nock(storage, { badheaders: ['authorization'] })
    .get('/_layouts/15/download.aspx')
    .query({ tempauth: 'once', f: file.id })
    .reply(200, options.html ? '<!DOCTYPE html><title>Sign in</title>' : Buffer.from(file.bytes));
}
