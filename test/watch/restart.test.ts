import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Journal } from '../../src/watch/journal.js';
import type { WatchRecord } from '../../src/watch/records.js';
import { WatchRun } from './driver.js';

let run: WatchRun;
beforeEach(() => {
  run = new WatchRun();
});
afterEach(() => run.stop());

describe('after a restart', () => {
  it('nothing is repeated, and what came meanwhile is read', async () => {
    await run.look();
    run.log(1);
    await run.look();
    run.restart();
    await run.look(2);
    expect(run.target.kinds).toEqual(['first-look', 'new']);
    run.log(2);
    run.log(3, { pool: 'Shop' });
    run.restart();
    await run.look();
    expect(run.target.kinds).toEqual(['first-look', 'new', 'new']);
    expect([...run.journal.state.groups.values()].map(({ count }) => count).sort()).toEqual([1, 2]);
  });

  it('a post that was not sent yet is sent', async () => {
    await run.look();
    run.target.away();
    run.log(1);
    await run.look();
    expect(run.target.kinds).toEqual(['first-look']);
    run.restart();
    run.target.trouble = undefined;
    await run.look();
    expect(run.target.kinds).toEqual(['first-look', 'new']);
  });

  it('half a line at the end is ignored, and the next line stands alone', async () => {
    await run.look();
    run.log(1);
    await run.look();
    run.restart();
    const whole = readFileSync(run.statePath);
    appendFileSync(
      run.statePath,
      whole
        .subarray(0, Math.floor(whole.length / 2))
        .toString()
        .replaceAll('\n', ' '),
    );
    run.log(2, { pool: 'Shop' });
    await run.look();
    run.restart();
    await run.look(2);
    expect(run.target.kinds).toEqual(['first-look', 'new', 'new']);
    expect(run.notes).toEqual([]);
  });

  it.each([0.2, 0.5, 0.8, 0.95])('a state that ends at %d of its bytes loses no post', async (share) => {
    await run.look();
    run.log(1);
    run.log(2, { pool: 'Shop' });
    await run.look();
    run.restart();
    const whole = readFileSync(run.statePath);
    writeFileSync(run.statePath, whole.subarray(0, Math.floor(whole.length * share)));
    await run.look(2);
    const causes = run.target.posts.map(({ kind, group }) => `${kind} ${group?.pool ?? ''}`);
    expect(new Set(causes).size).toBeGreaterThanOrEqual(3);
  });
});

/** A journal whose process dies while it writes the change with this number; half a line may be left. */
class DyingJournal extends Journal {
  readonly #path: string;
  readonly #dies: number;
  readonly #leavesHalf: boolean;
  #changes = 0;

  constructor(path: string, dies: number, leavesHalf: boolean) {
    super(path);
    this.#path = path;
    this.#dies = dies;
    this.#leavesHalf = leavesHalf;
  }

  override commit(records: readonly WatchRecord[]): void {
    if (records.length === 0) return;
    this.#changes++;
    if (this.#changes === this.#dies && this.#leavesHalf) {
      const line = JSON.stringify(records);
      appendFileSync(this.#path, line.slice(0, line.length / 2));
    }
    if (this.#changes >= this.#dies) throw new Error('the process died');
    super.commit(records);
  }
}

describe.each([true, false])('when the process dies at any change of the journal (half a line is left: %s)', (half) => {
  it('no log is lost, and no post is repeated or lost', async () => {
    let died = true;
    for (let dies = 1; died; dies++) {
      const one = new WatchRun();
      one.log(1);
      one.log(2, { pool: 'Shop' });
      one.journal = new DyingJournal(one.statePath, dies, half);
      // A post that arrived without a change in the journal comes again under the same id.
      died = await one.look(2).then(
        () => false,
        () => true,
      );
      for (let i = 3; i <= 6; i++) one.log(i, { pool: 'Blog' });
      one.restart();
      await one.look(2);
      const ids = new Map(one.target.posts.map((post) => [post.id, post]));
      const said = [...ids.values()].map(({ kind, group }) => `${kind} ${group?.pool ?? ''}`.trim()).sort();
      const isNewToIt = said.includes('several') || said.filter((words) => words.startsWith('new')).length > 0;
      expect(
        [...one.journal.state.groups.values()].reduce((sum, { count }) => sum + count, 0),
        `${dies}`,
      ).toBe(6);
      expect(
        [...one.journal.state.groups.values()].every(({ state }) => state !== 'new'),
        `${dies}`,
      ).toBe(true);
      expect(isNewToIt || dies === 1, `${dies}: ${said.join(', ')}`).toBe(true);
      expect(
        said.filter((words) => words === 'first-look'),
        `${dies}`,
      ).toHaveLength(1);
      expect(new Set(said).size, said.join(', ')).toBe(said.length);
      await one.stop();
    }
  });
});

describe('the journal', () => {
  it('stays small, however often a value changes', () => {
    const path = run.statePath;
    const journal = new Journal(path);
    const memo = (i: number): WatchRecord => ({ t: 'memo', name: `n${i % 10}`, value: 'x'.repeat(1000) + i });
    for (let i = 0; i < 5000; i++) journal.commit([memo(i)]);
    journal.close();
    expect(statSync(path).size).toBeLessThan(1.2 * 1024 * 1024);
    const again = new Journal(path);
    expect(again.state.memos.get('n9')).toBe(`${'x'.repeat(1000)}4999`);
    again.close();
  });

  it('leaves damaged lines out and counts them', () => {
    writeFileSync(run.statePath, 'nonsense\n[{"t":"memo","name":"a","value":1}]\n{}\n');
    const journal = new Journal(run.statePath);
    expect([journal.damagedLines, journal.state.memos.get('a')]).toEqual([2, 1]);
    journal.close();
  });
});
