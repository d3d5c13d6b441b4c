import { createHash } from 'node:crypto';
import type { Clock } from './ports/environment.js';
import { type QuotaStore, type SpentQuota, sliceMs } from './ports/store.js';

/** How much one account may use in an hour. */
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

/** Far above what people use, and below what a loop or a thousand dropped logs would take from other people. */
const defaultQuotas: Quotas = {
  user: { questions: 60, bytes: 1024 * megabyte, readingMs: 10 * minuteMs },
  channel: { questions: 200, bytes: 2048 * megabyte, readingMs: 20 * minuteMs },
  workspace: { questions: 1_000, bytes: 8192 * megabyte, readingMs: 60 * minuteMs },
};

/** The accounts that a question is counted on: tenant, channel, and the person where there is one: a workflow has none. */
export interface Spender {
  tenant: string;
  place: string;
  who?: string;
}

const hourMs = 60 * 60 * 1000;
/** Use expires one slice at a time. */
const slices = hourMs / sliceMs;

/**
 * Limits questions, bytes and reading time per hour, by person, channel and workspace. Each tenant has its own accounts, so
 * none can use up another's. Counted in the store, so that all replicas share one quota; messages that arrive in the same
 * moment may pass together.
 */
export class QuotaGuard {
  readonly #store: QuotaStore;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #quotas: Quotas;

  constructor(store: QuotaStore, clock: Pick<Clock, 'now'>, quotas: Quotas = defaultQuotas) {
    this.#store = store;
    this.#clock = clock;
    this.#quotas = quotas;
  }

  /**
   * Counts a question if it is within the quotas.
   * @param bytes size of its files, as far as it is known beforehand
   * @returns 0 when the question is admitted, else the seconds until it would be
   */
  async admit(spender: Spender, bytes: number): Promise<number> {
    const now = this.#clock.now().getTime();
    const accounts = this.#accounts(spender);
    const spent = await this.#store.spent(
      accounts.flatMap(({ use, reading }) => [use, reading]),
      sliceOf(now) - slices + 1,
    );
    const spendingsOf = (account: string) => spent.filter((one) => one.account === account);
    const waits = accounts.flatMap(({ use, reading, quota }) => [
      secondsUntil(
        spendingsOf(use),
        (questions, used) => questions < quota.questions && fits(used, bytes, quota.bytes),
        now,
      ),
      secondsUntil(spendingsOf(reading), (_, ms) => ms < quota.readingMs, now),
    ]);
    const longest = Math.max(...waits);
    const used = accounts.map(({ use }) => use);
    if (longest === 0) await this.#spend(used, 1, bytes);
    return longest;
  }

  /** Counts bytes whose number was unknown beforehand. Never rejects: they are read already. */
  async addBytes(spender: Spender, bytes: number): Promise<void> {
    await this.#spend(
      this.#accounts(spender).map(({ use }) => use),
      0,
      bytes,
    ).catch(() => undefined);
  }

  /** Counts the milliseconds that reading a file took. Never rejects, like `addBytes`. */
  async addReadingTime(spender: Spender, ms: number): Promise<void> {
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
      ...(who === undefined ? [] : [createAccount(user, 'user', tenant, who)]),
      createAccount(channel, 'channel', tenant, place),
      createAccount(workspace, 'workspace', tenant),
    ];
  }
}

interface Account {
  quota: Quota;
  /** Key of questions and bytes. */
  use: string;
  /** Key of the reading time: it counts milliseconds as the other account counts bytes. */
  reading: string;
}

function createAccount(quota: Quota, ...owner: string[]): Account {
  return { quota, use: hashAccount(...owner), reading: hashAccount('reading', ...owner) };
}

/** Hashed, because names must not be in the store. */
function hashAccount(...owner: string[]): string {
  return createHash('sha256').update(JSON.stringify(owner)).digest('base64url').slice(0, 22);
}

function sliceOf(now: number): number {
  return Math.floor(now / sliceMs);
}

/** True when the bytes fit. A single file larger than the quota passes when nothing else was spent. */
function fits(used: number, bytes: number, quota: number): boolean {
  return used === 0 || used + bytes <= quota;
}

/** Returns the seconds until an account has room again, as its use expires slice by slice. */
function secondsUntil(
  spent: SpentQuota[],
  hasRoom: (questions: number, bytes: number) => boolean,
  now: number,
): number {
  let questions = spent.reduce((sum, one) => sum + one.questions, 0);
  let used = spent.reduce((sum, one) => sum + one.bytes, 0);
  if (hasRoom(questions, used)) return 0;
  for (const one of [...spent].sort((a, b) => a.slice - b.slice)) {
    questions -= one.questions;
    used -= one.bytes;
    if (hasRoom(questions, used)) return Math.max(1, Math.ceil(((one.slice + slices) * sliceMs - now) / 1000));
  }
  return hourMs / 1000;
}
