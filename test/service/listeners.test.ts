import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mountApi } from '../../adapters/api/index.js';
import { webDoor } from '../../adapters/web/index.js';
import type { Desk } from '../../src/desk/desk.js';
import { readConfig } from '../../src/service/config.js';
import { type Listeners, listen } from '../../src/service/http.js';

// Off loopback a stranger reaches the platforms' paths, the sign of life, and what has its own token; every path of the page,
// read from its router, stays on loopback.
const root = resolve(import.meta.dirname, '../..');
const page = webDoor({ desk: {} as Desk, root, now: () => new Date(0) });
const routes = page.stack.flatMap(({ route }) =>
  route ? [[route.path, Object.keys((route as unknown as { methods: object }).methods)[0] ?? 'get'] as const] : [],
);
let listeners: Listeners;

beforeAll(async () => {
  const api = mountApi({
    desk: {} as Desk,
    findToken: () => undefined,
    brake: async () => true,
    pageBehind: false,
    now: () => new Date(0),
    refused: () => undefined,
  });
  listeners = await listen(
    { ...readConfig({ FREBOT_HOST: '0.0.0.0' }), port: 0 },
    {
      platforms: [api],
      page,
      ready: async () => [],
      review: async () => [],
      metrics: async () => ({ type: 'text/plain', text: '' }),
      failed: () => undefined,
      refused: () => undefined,
    },
  );
});
afterAll(() => listeners.close(0));

async function status(path: string, method = 'get'): Promise<number> {
  const address = listeners.address.replace('0.0.0.0', '127.0.0.1');
  return (await fetch(address + path, { method: method.toUpperCase(), redirect: 'manual' })).status;
}

describe('off loopback', () => {
  it('finds the paths that it tries', () => {
    expect(routes.map(([path]) => path)).toEqual(expect.arrayContaining(['/api/ask', '/api/compare', '/report/:case']));
  });

  it.each(routes.filter(([path]) => path !== '/api/diagnose'))('%s of the page is not there', async (path, method) => {
    expect(await status(path.replace(':case', 'a'), method)).toBe(404);
  });

  it.each([
    '/',
    '/page.js',
    '/page.css',
    '/index.html',
    '/samples/impersonation-500.xml',
    '/metrics',
    '/readyz',
    '/review',
    '/mcp',
    '/reports/a',
    '/api/reports',
    '/.env',
  ])('%s is not there', async (path) => {
    expect(await status(path)).toBe(404);
  });

  it('/api/diagnose wants a token of its own, and /healthz answers', async () => {
    expect(await status('/api/diagnose', 'post')).toBe(401);
    expect(await status('/healthz')).toBe(200);
  });
});
