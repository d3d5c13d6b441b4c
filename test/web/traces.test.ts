import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderWaterfall } from '../../adapters/web/waterfall.js';
import type { TraceView } from '../../src/desk/desk.js';
import { buildTraceView } from '../../src/evidence/freb/view/build-view.js';
import { FrebLog, impersonation, slowPage, success } from '../generator/index.js';
import { zipOf } from '../intake/zips.js';
import { asSent, carriers, markedFiles } from '../privacy/carriers.js';
import { testDesk } from '../terminal/driver.js';
import { type ServedPage, servePage } from './serve-page.js';

let served: ServedPage;
let origin: string;
let close: () => Promise<void>;

beforeEach(async () => {
  const core = testDesk();
  close = core.close;
  served = await servePage(core.desk);
  origin = served.origin;
});
afterEach(async () => {
  await served.stop();
  await close();
});

type File = [name: string, bytes: Uint8Array];

async function send(path: string, files: File[], names: string[] = []): Promise<Response> {
  const form = new FormData();
  for (const [name, bytes] of files) form.append('file', new Blob([new Uint8Array(bytes)]), name);
  for (const name of names) form.append('name', name);
  return fetch(origin + path, { method: 'POST', body: form });
}

describe('the traces of the page', () => {
  it('come with the diagnosis by name, and each is read when it is opened', async () => {
    const file: File = ['fr000001.xml', impersonation().bytes()];
    const diagnosis = (await (await send('/api/diagnose', [file])).json()) as { logs: object[] };
    expect(diagnosis.logs).toEqual([{ name: 'fr000001.xml', verdict: 'failure' }]);
    const { view, waterfall } = (await (await send('/api/trace', [file])).json()) as {
      view: TraceView;
      waterfall: string;
    };
    expect(view.total).toBeGreaterThan(50);
    expect(view.meanings?.['0x80070542']).toMatch(/^ERROR_BAD_IMPERSONATION_LEVEL/);
    expect(waterfall).toContain('<svg');
  });

  it('are read in a process when a log is large', async () => {
    const log = new FrebLog();
    for (let i = 0; i < 5000; i++) log.module('Own', 'BEGIN_REQUEST');
    const bytes = log.bytes();
    expect(bytes.length).toBeGreaterThan(4 * 1024 * 1024);
    const { view } = (await (await send('/api/trace', [['big.xml', bytes]])).json()) as { view: TraceView };
    expect(view.total).toBe(10_000);
  });

  it('are found in a zip by the name in the answer', async () => {
    const zip = await zipOf({ 'a.xml': success().bytes(), 'b/fr000007.xml': impersonation().bytes() });
    const diagnosis = (await (await send('/api/diagnose', [['logs.zip', zip]])).json()) as { logs: { name: string }[] };
    const { name } = diagnosis.logs.find((log) => log.name.endsWith('fr000007.xml'))!;
    const { view } = (await (await send('/api/trace', [['logs.zip', zip]], [name])).json()) as { view: TraceView };
    expect(view.decisive).toHaveLength(1);
    expect(await (await send('/api/trace', [['logs.zip', zip]], ['logs.zip/none.xml'])).json()).toEqual({});
  });

  it('of two logs show where they part', async () => {
    const files: File[] = [
      ['bad.xml', impersonation().bytes()],
      ['good.xml', success().bytes()],
    ];
    const compared = (await (await send('/api/compare', files)).json()) as {
      html: string;
      parting: { bad: number; good: number };
    };
    expect(compared.html).toContain('first differ');
    const view = buildTraceView('bad.xml', files[0]![1])!;
    expect(compared.parting.bad).toBeGreaterThan(0);
    expect(compared.parting.bad).toBeLessThanOrEqual(view.total);
    expect(compared.html).toContain(`data-event="${compared.parting.bad}" data-file="bad.xml"`);
  });

  it('are none for a file that is no log', async () => {
    expect(await (await send('/api/trace', [['x.txt', Buffer.from('hello')]])).json()).toEqual({});
  });

  it('show no private value, whatever field it is in', () => {
    const kind = 'FREB log';
    expect(carriers[kind]!.length).toBeGreaterThan(10);
    for (let turn = 0; turn < 4; turn++) {
      for (const { field, form, bytes } of markedFiles(turn, kind)) {
        const shown = JSON.stringify(buildTraceView('x.xml', asSent(bytes))) ?? '';
        expect(shown.toLowerCase(), `${field}: ${form.text}`).not.toContain(form.secret.toLowerCase());
      }
    }
  });
});

describe('the waterfall', () => {
  it('draws the clock, the bars and the decisive event, and says the same as a table', () => {
    const log = new FrebLog();
    log.module('Own', 'BEGIN_REQUEST', () => {
      for (const ms of [15, 16, 31, 16]) log.wait(ms).event('AUTH_END');
    });
    log.error({ module: 'Own', stage: 'BEGIN_REQUEST', status: 500 });
    const { markup } = renderWaterfall(buildTraceView('x', log.bytes())!.waterfall);
    expect(markup).toContain('every 15.6 ms');
    expect(markup.match(/<g class="clock">(<line [^>]*>){5}<\/g>/)).not.toBeNull();
    expect(markup).toContain('which decided the outcome');
    expect(markup).toContain('<td>78 ms</td>');
  });

  it('keeps hostile names as text', () => {
    const log = new FrebLog();
    log.module('"><script>alert(1)</script><text x="', 'BEGIN_REQUEST', () => log.wait(31).event('AUTH_END'));
    const { markup } = renderWaterfall(buildTraceView('x', log.bytes())!.waterfall);
    expect(markup).not.toContain('<script');
    expect(markup).toContain('&lt;script&gt;');
  });

  it('draws fewer lines than there are steps of a long request', () => {
    const slow = slowPage({ ms: 61_000 });
    const { waterfall } = buildTraceView('x', slow.bytes())!;
    const { markup } = renderWaterfall({ ...waterfall, clockMs: 15.625 });
    expect(markup.match(/<line/g)!.length).toBeLessThan(70);
    expect(markup).toMatch(/the grey lines are \d+ ms apart|the grey lines are [\d.]+ s apart/);
  });
});
