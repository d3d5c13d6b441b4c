import nock from 'nock';

const graph = 'https://graph.microsoft.com';
const storage = 'https://contoso.sharepoint.com';
/** What the fake identity platform hands out; Graph takes nothing else, storage takes no token at all. */
export const graphToken = 'Bearer token-for-the-connector';

export interface GraphFile {
  id: string;
  name: string;
  bytes: Uint8Array;
  contentType?: string;
}

/** The address a file of a channel has in SharePoint, as Graph's message names it. */
export const addressOf = (name: string) => `${storage}/sites/Web/Shared Documents/General/${name}`;

/** Graph's answer for a message with files dropped into it. Reading it takes the token. */
export function graphMessage(path: string, files: GraphFile[], status = 200): void {
  const attachments = files.map(({ id, name, contentType = 'reference' }) => ({
    id,
    contentType,
    contentUrl: contentType === 'reference' ? addressOf(name) : null,
    name,
  }));
  nock(graph, { reqheaders: { authorization: graphToken } })
    .get(`/v1.0${path}`)
    .reply(status, status === 200 ? { id: 'm', attachments } : { error: { code: 'Forbidden' } });
}

/** The bytes of a file: Graph redirects to storage, whose address carries its own permission and must see no token. */
export function graphShare(file: GraphFile, options: { status?: number; to?: string; html?: boolean } = {}): void {
  const share = `u!${Buffer.from(addressOf(file.name)).toString('base64url')}`;
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
