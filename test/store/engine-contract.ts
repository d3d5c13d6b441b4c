import { afterEach, describe, expect, it } from 'vitest';
import { operatorAdvice } from '../../src/answer/errors.js';
import type { Attempt, WorkOutcome } from '../../src/desk/ports/inbox.js';
import { enforceRetention } from '../../src/store/retention.js';
import { message } from '../desk/support.js';
import { until } from './contract.js';
import type { EngineKeeper } from './engines.js';

/** The contract of an engine alone: the state after a crash, and several processes at once. */
export function engineContract(keeper: EngineKeeper): void {
  afterEach(() => keeper.clear());

  describe('a crash', () => {
    /** Kills a process in the middle of a message; `how` says how far it comes. */
    async function killedAt(how: (attempt: Attempt) => Promise<unknown>) {
      const asked = message();
      const before = await keeper.begin();
      let reached = false;
      before.inbox.start(async (_message, attempt) => {
        await how(attempt as Attempt);
        reached = true;
        return new Promise<WorkOutcome>(() => {});
      });
      await before.inbox.claim(asked);
      await until(() => reached);
      const after = await keeper.begin();
      const seen: Attempt[] = [];
      after.inbox.start(async (_message, attempt) => {
        seen.push(attempt as Attempt);
        return { state: 'answered', posted: { ts: 'second' } };
      });
      const outcome = await until(() => after.outcome(asked.key));
      return { seen, outcome };
    }

    it('before the post leads to another attempt, which is the first as far as patience goes', async () => {
      const { seen, outcome } = await killedAt(async () => {});
      expect(seen).toMatchObject([{ number: 1, isPostInterrupted: false, isLast: false, isCrashLoop: false }]);
      expect(outcome).toEqual({ state: 'answered', posted: { ts: 'second' } });
    });

    it('inside the post is told to the next attempt', async () => {
      const { seen } = await killedAt((attempt) => attempt.beginPost());
      expect(seen).toMatchObject([{ isPostInterrupted: true }]);
    });

    it('while a file was read tells the next attempt which', async () => {
      const { seen } = await killedAt((attempt) => attempt.markFiles({ open: [2], dead: [0] }));
      expect(seen).toMatchObject([{ openFiles: { open: [2], dead: [0] } }]);
    });

    it('after a refused post is not', async () => {
      const { seen } = await killedAt(async (attempt) => {
        await attempt.beginPost();
        await attempt.withdrawPost();
      });
      expect(seen).toMatchObject([{ isPostInterrupted: false }]);
    });

    it('after the post needs no further attempt', async () => {
      const { seen, outcome } = await killedAt(async (attempt) => {
        await attempt.beginPost();
        await attempt.recordPost({ ts: 'first' });
      });
      expect(seen).toHaveLength(0);
      expect(outcome).toEqual({ state: 'answered', posted: { ts: 'first' } });
    });

    it('that comes again and again is given up at last', async () => {
      const asked = message();
      const { inbox, outcome } = await keeper.begin();
      await inbox.claim(asked);
      await keeper.db.query('update frebot.inbox set attempts = 8 where key = $1', [asked.key]);
      const hopeless: boolean[] = [];
      inbox.start(async (_message, attempt) => {
        hopeless.push((attempt as Attempt).isCrashLoop);
        return { state: 'answered', code: 'gave-up' };
      });
      await until(() => outcome(asked.key));
      expect(hopeless).toEqual([true]);
    });
  });

  describe('an attempt that ends with "again"', () => {
    it('is followed by others, and the last one says that it is the last', async () => {
      const asked = message();
      const { inbox, outcome, events } = await keeper.begin();
      const seen: [number, boolean][] = [];
      inbox.start(async (_message, attempt) => {
        seen.push([(attempt as Attempt).number, (attempt as Attempt).isLast]);
        return { state: 'again', code: 'download-failed' };
      });
      await inbox.claim(asked);
      expect(await until(() => outcome(asked.key))).toEqual({ state: 'failed', code: 'download-failed' });
      expect(seen).toEqual([
        [1, false],
        [2, false],
        [3, false],
        [4, true],
      ]);
      expect(events).toContainEqual({
        name: 'message-given-up',
        code: 'download-failed',
        advice: operatorAdvice('download-failed'),
      });
    });
  });

  describe('the row is the truth', () => {
    it('a lost wake-up is made up for', async () => {
      keeper.deaf = true;
      const { inbox, outcome } = await keeper.begin();
      const asked = message();
      await inbox.claim(asked);
      keeper.deaf = false;
      const hearing = await keeper.begin();
      hearing.inbox.start(async () => ({ state: 'silent' }));
      await until(() => outcome(asked.key));
    });

    it('what waits is sealed, and bound to its row', async () => {
      const { inbox } = await keeper.begin();
      const [one, other] = [message({ text: 'planted-marker' }), message()];
      await inbox.claim(one);
      await inbox.claim(other);
      expect(await keeper.everything()).not.toContain('planted-marker');
      await keeper.db.query(
        'update frebot.inbox set sealed = (select sealed from frebot.inbox where key = $1) where key = $2',
        [one.key, other.key],
      );
      const seen: string[] = [];
      inbox.start(async ({ text }) => {
        seen.push(text);
        return { state: 'silent' };
      });
      await until(() => keeper.outcome(one.key));
      expect(await until(() => keeper.outcome(other.key))).toMatchObject({ state: 'failed' });
      expect(seen).toEqual(['planted-marker']);
    });

    it('two processes share the work, each message once', async () => {
      const first = await keeper.begin();
      const second = await keeper.beside();
      const worked: string[] = [];
      const handler = (who: string) => async () => {
        worked.push(who);
        await new Promise((resolve) => setTimeout(resolve, 10));
        return { state: 'silent' } as const;
      };
      first.inbox.start(handler('first'));
      second.inbox.start(handler('second'));
      const all = Array.from({ length: 40 }, () => message());
      await Promise.all(all.map((one) => first.inbox.claim(one)));
      for (const { key } of all) await until(() => keeper.outcome(key));
      await second.inbox.close();
      expect(worked).toHaveLength(40);
      expect(new Set(worked)).toEqual(new Set(['first', 'second']));
    });

    it('who lost a row may not post, and its outcome does not count', async () => {
      const asked = message();
      const { inbox, outcome } = await keeper.begin();
      let takenOver = false;
      const late: unknown[] = [];
      inbox.start(async (_message, attempt) => {
        if (takenOver) return { state: 'answered', posted: { ts: 'mine' } };
        takenOver = true;
        await keeper.db.query('update frebot.inbox set lease_by = null, lease_until = null where key = $1', [
          asked.key,
        ]);
        await until(() => outcome(asked.key));
        late.push(await attempt.beginPost());
        return { state: 'failed', code: 'internal' };
      });
      await inbox.claim(asked);
      await until(() => late.length === 1);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(late).toEqual(['lost']);
      expect(await outcome(asked.key)).toEqual({ state: 'answered', posted: { ts: 'mine' } });
    });

    it('a process that stops in order leaves what it has not done to the next, at once', async () => {
      const before = await keeper.begin();
      const asked = message();
      let hasBegun = false;
      before.inbox.start(async () => {
        hasBegun = true;
        return new Promise<WorkOutcome>(() => {});
      });
      await before.inbox.claim(asked);
      await until(() => hasBegun);
      await before.inbox.drain(20);
      const { rows } = await keeper.db.query('select lease_by from frebot.inbox where key = $1', [asked.key]);
      expect(rows).toEqual([{ lease_by: null }]);
    });
  });

  describe('retention', () => {
    it('removes answers, threads and keys when their time is over, and nothing that waits', async () => {
      const { store, inbox, outcome } = await keeper.begin();
      inbox.start(async ({ text }) => (text === 'wait' ? new Promise<WorkOutcome>(() => {}) : { state: 'silent' }));
      const [done, waiting] = [message(), message({ text: 'wait' })];
      await inbox.claim(done);
      await inbox.claim(waiting);
      await until(() => outcome(done.key));
      const answer = { title: 'a', summary: 's', parts: [], actions: [], sources: [] };
      await store.saveAnswer({ id: '1', thread: 't', tenant: 'T1', at: new Date().toISOString(), answer });
      await store.saveThread('t', { joined: true, muted: false });
      const opened = await store.openCase(
        {
          tenant: 'T1',
          thread: 't',
          failure: 'f',
          openedAt: new Date(0).toISOString(),
          seenAt: new Date().toISOString(),
          cause: null,
          confidence: null,
          evidence: [],
          pressed: [],
          outcome: 'open',
          notes: [],
        },
        0,
      );
      const inDays = (days: number) => new Date(Date.now() + days * 24 * 3600_000);
      expect(await enforceRetention(keeper.db, inDays(29), 30)).toBe(0);
      expect(await store.answer('1')).toMatchObject({ id: '1' });
      expect(await enforceRetention(keeper.db, inDays(31), 30)).toBe(3);
      expect(await store.caseNumbered('T1', opened?.number ?? 0)).toBeUndefined();
      expect(await store.answer('1')).toBeUndefined();
      expect(await store.thread('t')).toBeUndefined();
      const { rows } = await keeper.db.query('select key from frebot.inbox');
      expect(rows).toEqual([{ key: waiting.key }]);
    });
  });
}
