import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { CatalogueError } from '../../src/desk/ports/errors.js';
import { type DownloadPolicy, guardedDownload, isPublicAddress, makeDownload } from '../../src/service/download.js';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((done) => server.once('listening', done));
  return `127.0.0.1:${(server.address() as { port: number }).port}`;
}

const policy: DownloadPolicy = {
  hosts: ['slack.com', 'slack-edge.com'],
  tokenHosts: ['slack.com'],
  token: 'xoxb-1',
  limitBytes: 1000,
  timeoutMs: 60_000,
};

async function collect(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Downloads from one server that stands for files.slack.com; resolves with the text or the catalogue code. */
async function from(listener: RequestListener, change: Partial<DownloadPolicy> = {}): Promise<string> {
  const host = await serve(listener);
  const download = makeDownload({ standIns: { [host]: 'files.slack.com' } });
  return outcome(download(`http://${host}/file`, { ...policy, ...change }).then(collect));
}

async function outcome(work: Promise<string>): Promise<string> {
  try {
    return await work;
  } catch (error) {
    expect(error).toBeInstanceOf(CatalogueError);
    return (error as CatalogueError).code;
  }
}

describe('guarded download', () => {
  it('brings the bytes, with the token', async () => {
    const seen: IncomingMessage[] = [];
    const text = await from((req, res) => {
      seen.push(req);
      res.end('<failedRequest/>');
    });
    expect(text).toBe('<failedRequest/>');
    expect(seen[0]?.headers.authorization).toBe('Bearer xoxb-1');
  });

  it('follows a redirect to an allowed host, and leaves the token behind', async () => {
    let authorization: string | undefined = 'nothing yet';
    const cdn = await serve((req, res) => {
      authorization = req.headers.authorization;
      res.end('log');
    });
    const slack = await serve((_req, res) => res.writeHead(302, { location: `http://${cdn}/x` }).end());
    const download = makeDownload({ standIns: { [slack]: 'files.slack.com', [cdn]: 'cdn.slack-edge.com' } });
    expect(await collect(await download(`http://${slack}/f`, policy))).toBe('log');
    expect(authorization).toBeUndefined();
  });

  it('refuses a redirect to a host that is not on the list', async () => {
    expect(await from((_req, res) => res.writeHead(302, { location: 'https://evil.example/x' }).end())).toBe(
      'download-blocked-host',
    );
  });

  it.each([
    'http://files.slack.com/x',
    'https://files.slack.com.evil.example/x',
    'https://evilslack.com/x',
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://user:pw@files.slack.com/x',
    'https://files.slack.com:8443/x',
    'file:///etc/passwd',
    'not a url',
  ])('refuses %s before any connection', async (url) => {
    expect(await outcome(guardedDownload(url, policy).then(collect))).toBe('download-blocked-host');
  });

  it('refuses a listed name that resolves to this machine', async () => {
    expect(
      await outcome(guardedDownload('https://localhost/x', { ...policy, hosts: ['localhost'] }).then(collect)),
    ).toBe('download-blocked-host');
  });

  it.each([
    '10.0.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '168.63.129.16',
    '::ffff:168.63.129.16',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    'fe80::1',
    'fd00::1',
    '::ffff:10.0.0.1',
    'nonsense',
  ])('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));

  it('ordinary addresses are public', () => {
    expect(isPublicAddress('52.84.0.1')).toBe(true);
    expect(isPublicAddress('2600:9000::1')).toBe(true);
  });

  it.each([
    [401, 'download-forbidden'],
    [403, 'download-forbidden'],
    [404, 'download-not-found'],
    [410, 'download-not-found'],
    [500, 'download-failed'],
  ])('status %i is %s', async (status, code) => {
    expect(await from((_req, res) => res.writeHead(status).end())).toBe(code);
  });

  it('recognises a sign-in page that comes with status 200', async () => {
    expect(await from((_req, res) => res.end('\n<!DOCTYPE html><title>Sign in</title>'))).toBe('download-sign-in-page');
    const page = '<html><body>Sign in</body></html>';
    expect(await from((_req, res) => res.end(page), { expectedBytes: 90 })).toBe('download-sign-in-page');
    const chunked: RequestListener = (_req, res) => {
      res.write(page);
      res.end();
    };
    expect(await from(chunked, { expectedBytes: 90 })).toBe('download-sign-in-page');
  });

  it('lets an HTML report through when it has the announced size', async () => {
    const report = '<html><title>RSoP</title></html>';
    expect(await from((_req, res) => res.end(report), { expectedBytes: report.length })).toBe(report);
  });

  it('stops at the byte limit, announced or not', async () => {
    expect(await from((_req, res) => res.end('x'.repeat(2000)))).toBe('download-too-large');
    const endless: RequestListener = (_req, res) => {
      const timer = setInterval(() => res.write('x'.repeat(300)), 1);
      res.on('close', () => clearInterval(timer));
    };
    expect(await from(endless)).toBe('download-too-large');
  });

  it('notices a body shorter than announced', async () => {
    expect(await from((_req, res) => res.end('half'), { expectedBytes: 8 })).toBe('download-failed');
  });

  it('ends at the time limit, before the headers and inside the body', async () => {
    expect(await from(() => {}, { timeoutMs: 50 })).toBe('download-timeout');
    expect(await from((_req, res) => void res.write('x'.repeat(600)), { timeoutMs: 80 })).toBe('download-timeout');
  });

  it('gives up on a redirect loop', async () => {
    expect(await from((req, res) => res.writeHead(302, { location: req.url }).end())).toBe('download-failed');
  });
});
