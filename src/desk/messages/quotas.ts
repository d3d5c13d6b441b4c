import { createHash } from 'node:crypto';
import type { Clock } from '../ports/environment.js';
import { type SpentQuota, type Store, sliceMs } from '../ports/store.js';

/** Who may use how much of Frebot in an hour. */
interface Quota {
  questions: number;
  bytes: number;
  /** Milliseconds of reading files. */
  readingMs: number;
}

export interface Quotas {
  user: Quota;
  channel: Quota;
  workspace: Quota;
}

const megabyte = 1024 * 1024;
const minuteMs = 60 * 1000;

/** Far above what people do, and below what a loop or a thousand dropped logs would take from everybody else. */
const defaultQuotas: Quotas = {
  user: { questions: 60, bytes: 1024 * megabyte, readingMs: 10 * minuteMs },
  channel: { questions: 200, bytes: 2048 * megabyte, readingMs: 20 * minuteMs },
  workspace: { questions: 1_000, bytes: 8192 * megabyte, readingMs: 60 * minuteMs },
};

/** Whose account a question goes to. */
export interface Spender {
  tenant: string;
  place: string;
  who: string;
}

const hourMs = 60 * 60 * 1000;
/** What is counted leaves a slice at a time. */
const slices = hourMs / sliceMs;

/**
 * Questions, bytes and time of reading an hour, by person, channel and workspace. Each tenant has its own accounts, so none
 * can use up another's. Counted in the store, so that replicas grant one quota together; messages that come in the same
 * moment may pass together.
 */
export class QuotaGuard {
  readonly #store: Pick<Store, 'spent' | 'spend'>;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #quotas: Quotas;

  constructor(store: Pick<Store, 'spent' | 'spend'>, clock: Pick<Clock, 'now'>, quotas: Quotas = defaultQuotas) {
    this.#store = store;
    this.#clock = clock;
    this.#quotas = quotas;
  }

  /**
   * Counts a question, if it is granted.
   * @param bytes size of its files as far as it is known beforehand
   * @returns 0 when it is granted, else the seconds until it would be
   */
  async admit(spender: Spender, bytes: number): Promise<number> {
    const now = this.#clock.now().getTime();
    const accounts = this.#accounts(spender);
    const spent = await this.#store.spent(
      accounts.flatMap(({ use, reading }) => [use, reading]),
      sliceOf(now) - slices + 1,
    );
    const of = (account: string) => spent.filter((one) => one.account === account);
    const waits = accounts.flatMap(({ use, reading, quota }) => [
      wait(of(use), (questions, used) => questions < quota.questions && fits(used, bytes, quota.bytes), now),
      wait(of(reading), (_, ms) => ms < quota.readingMs, now),
    ]);
    const longest = Math.max(...waits);
    if (longest === 0)
      await this.#spend(
        accounts.map(({ use }) => use),
        1,
        bytes,
      );
    return longest;
  }

  /** Bytes that nobody could know beforehand. Never rejects: what was read is not taken back because it cannot be counted. */
  async used(spender: Spender, bytes: number): Promise<void> {
    await this.#spend(
      this.#accounts(spender).map(({ use }) => use),
      0,
      bytes,
    ).catch(() => undefined);
  }

  /** Milliseconds it took to read what somebody sent. Never rejects, like `used`. */
  async read(spender: Spender, ms: number): Promise<void> {
    await this.#spend(
      this.#accounts(spender).map(({ reading }) => reading),
      0,
      Math.round(ms),
    ).catch(() => undefined);
  }

  #spend(accounts: string[], questions: number, bytes: number): Promise<void> {
    const slice = sliceOf(this.#clock.now().getTime());
    return this.#store.spend(accounts.map((account) => ({ account, slice, questions, bytes })));
  }

  #accounts({ tenant, place, who }: Spender): Account[] {
    const { user, channel, workspace } = this.#quotas;
    return [
      account(user, 'user', tenant, who),
      account(channel, 'channel', tenant, place),
      account(workspace, 'workspace', tenant),
    ];
  }
}

interface Account {
  quota: Quota;
  /** Under this key lie questions and bytes. */
  use: string;
  /** Under this one milliseconds of reading, where the other has bytes. */
  reading: string;
}

function account(quota: Quota, ...of: string[]): Account {
  return { quota, use: accountOf(...of), reading: accountOf('reading', ...of) };
}

/** Nobody's name: it lies in the store for an hour. */
function accountOf(...of: string[]): string {
  return createHash('sha256').update(JSON.stringify(of)).digest('base64url').slice(0, 22);
}

function sliceOf(now: number): number {
  return Math.floor(now / sliceMs);
}

/** A single file larger than the quota passes when nothing else was spent. */
function fits(used: number, bytes: number, quota: number): boolean {
  return used === 0 || used + bytes <= quota;
}

/** Seconds until an account has room again, as what was spent leaves it slice by slice. */
function wait(spent: SpentQuota[], room: (questions: number, bytes: number) => boolean, now: number): number {
  let questions = spent.reduce((sum, one) => sum + one.questions, 0);
  let used = spent.reduce((sum, one) => sum + one.bytes, 0);
  if (room(questions, used)) return 0;
  for (const one of [...spent].sort((a, b) => a.slice - b.slice)) {
    questions -= one.questions;
    used -= one.bytes;
    if (room(questions, used)) return Math.max(1, Math.ceil(((one.slice + slices) * sliceMs - now) / 1000));
  }
  return hourMs / 1000;
}
