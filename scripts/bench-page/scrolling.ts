import type { Page } from 'playwright-core';

/** Milliseconds of one scroll. */
const scrollMs = 5_000;
/** Milliseconds between two turns of the wheel, and between two repeats of a held key. */
const repeatMs = 33;
/** Milliseconds of a frame that a person notices: two frames of the screen. */
const lateMs = 34;
/** Pixels of a line. */
const linePixels = 26;

/** Collects the milliseconds between frames, and long tasks; runs in the page. */
export const frameWatch = `(() => {
  const seen = { frames: [], tasks: [] };
  let last;
  const next = (now) => {
    if (last !== undefined) seen.frames.push(now - last);
    last = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
  new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: 'longtask' });
  globalThis.takeFrames = () => {
    const { frames, tasks } = seen;
    Object.assign(seen, { frames: [], tasks: [] });
    return { frames, tasks };
  };
})()`;

/** Returns a page with a plain list. */
export function longList(lines: number): string {
  const items = Array.from({ length: lines }, (_, i) => `<div>line ${i} of a list that has nothing else</div>`);
  return `<div id="list" tabindex="0" style="height: 26rem; overflow: auto">${items.join('')}</div>`;
}

/** Turns the wheel above an element, and says how the frames were. */
export async function wheel(page: Page, selector: string, linesATurn: number): Promise<string> {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`${selector} is not shown`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.evaluate(`document.querySelector('${selector}').scrollTop = 0`);
  return sayFrames(page, () => page.mouse.wheel(0, linesATurn * linePixels));
}

/** Holds a key in an element, and says how the frames were. */
export async function holdKey(page: Page, selector: string, key: string): Promise<string> {
  await page.locator(selector).focus();
  await page.keyboard.press('Home');
  const figures = await sayFrames(page, () => page.keyboard.down(key));
  await page.keyboard.up(key);
  return figures;
}

async function sayFrames(page: Page, act: () => Promise<void>): Promise<string> {
  const computing = await startComputing(page);
  await page.evaluate('takeFrames()');
  const start = performance.now();
  let acts = 0;
  while (performance.now() - start < scrollMs) {
    await act();
    acts++;
    await page.waitForTimeout(Math.max(0, start + acts * repeatMs - performance.now()));
  }
  const each = (await computing()) / acts;
  const { frames, tasks } = (await page.evaluate('takeFrames()')) as { frames: number[]; tasks: number[] };
  const sorted = frames.sort((a, b) => a - b);
  const at = (share: number) => `${(sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0)} ms`;
  const late = sorted.filter((ms) => ms > lateMs).length;
  const share = ((late / frames.length) * 100).toFixed(0);
  return `${each.toFixed(1)} ms of computing a turn; frames: median ${at(0.5)}, 95 of 100 under ${at(0.95)}, ${share} % over ${lateMs} ms; ${tasks.length} long tasks`;
}

/** Returns what tells the milliseconds that the page's thread has computed since. Other work on the machine does not count. */
async function startComputing(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
  const before = await read();
  return async () => (await read()) - before;
}
