import type { Clock } from './ports.js';

/** Who may use how much of Frebot in an hour. */
export interface Quota {
  questions: number;
  bytes: number;
}

export interface Quotas {
  user: Quota;
  channel: Quota;
  workspace: Quota;
}

const megabyte = 1024 * 1024;

/** Far above what people do, and below what a loop or a thousand dropped logs would take from everybody else. */
export const usualQuotas: Quotas = {
  user: { questions: 60, bytes: 1024 * megabyte },
  channel: { questions: 200, bytes: 2048 * megabyte },
  workspace: { questions: 1_000, bytes: 8192 * megabyte },
};

/** Whose account a question goes to. */
export interface Spender {
  tenant: string;
  place: string;
  who: string;
}

const hourMs = 60 * 60 * 1000;
/** An hour in twelfths: what is counted leaves five minutes at a time. */
const slices = 12;
const sliceMs = hourMs / slices;

interface Account {
  /** By slice of time: questions and bytes spent in it. */
  spent: Map<number, Quota>;
}

/**
 * Questions and bytes an hour, by person, channel and workspace. Each tenant has its own accounts, so none can use up
 * another's. Counted in this process: replicas each grant the whole quota.
 */
export class Limits {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #quotas: Quotas;
  readonly #accounts = new Map<string, Account>();
  /** Messages already counted, with their verdict: a second attempt at the same message costs nothing. */
  readonly #counted = new Map<string, number>();

  constructor(clock: Pick<Clock, 'now'>, quotas: Quotas = usualQuotas) {
    this.#clock = clock;
    this.#quotas = quotas;
  }

  /**
   * Counts a question.
   * @param message its key; the same key is counted once
   * @param bytes size of its files as far as it is known beforehand
   * @returns 0 when it is granted, else the seconds until it would be
   */
  admit(spender: Spender, message: string, bytes: number): number {
    const before = this.#counted.get(message);
    if (before !== undefined) return before;
    const now = this.#clock.now().getTime();
    const accounts = this.#of(spender);
    const waits = accounts.map(([account, quota]) => wait(account, quota, bytes, now));
    const longest = Math.max(...waits);
    if (longest === 0) for (const [account] of accounts) spend(account, 1, bytes, now);
    this.#counted.set(message, longest);
    this.#shrink(now);
    return longest;
  }

  /** Bytes that nobody could know beforehand. */
  used(spender: Spender, bytes: number): void {
    const now = this.#clock.now().getTime();
    for (const [account] of this.#of(spender)) spend(account, 0, bytes, now);
  }

  #of({ tenant, place, who }: Spender): [Account, Quota][] {
    const { user, channel, workspace } = this.#quotas;
    return [
      [this.#account(`user ${tenant} ${who}`), user],
      [this.#account(`channel ${tenant} ${place}`), channel],
      [this.#account(`workspace ${tenant}`), workspace],
    ];
  }

  #account(name: string): Account {
    let account = this.#accounts.get(name);
    if (!account) {
      account = { spent: new Map() };
      this.#accounts.set(name, account);
    }
    return account;
  }

  #shrink(now: number): void {
    for (const key of this.#counted.keys()) {
      if (this.#counted.size <= 10_000) break;
      this.#counted.delete(key);
    }
    if (this.#accounts.size < 10_000) return;
    for (const [name, account] of this.#accounts) {
      forgetOld(account, now);
      if (account.spent.size === 0) this.#accounts.delete(name);
    }
  }
}

function spend(account: Account, questions: number, bytes: number, now: number): void {
  const slice = Math.floor(now / sliceMs);
  const spent = account.spent.get(slice) ?? { questions: 0, bytes: 0 };
  account.spent.set(slice, { questions: spent.questions + questions, bytes: spent.bytes + bytes });
}

function forgetOld(account: Account, now: number): void {
  const oldest = Math.floor(now / sliceMs) - slices + 1;
  for (const slice of account.spent.keys()) if (slice < oldest) account.spent.delete(slice);
}

/** Seconds until the account has room again; a single file larger than the quota passes when nothing else was spent. */
function wait(account: Account, quota: Quota, bytes: number, now: number): number {
  forgetOld(account, now);
  const spent = [...account.spent].sort(([a], [b]) => a - b);
  let questions = spent.reduce((sum, [, one]) => sum + one.questions, 0);
  let used = spent.reduce((sum, [, one]) => sum + one.bytes, 0);
  const room = () => questions < quota.questions && (used === 0 || used + bytes <= quota.bytes);
  if (room()) return 0;
  for (const [slice, one] of spent) {
    questions -= one.questions;
    used -= one.bytes;
    if (room()) return Math.max(1, Math.ceil(((slice + slices) * sliceMs - now) / 1000));
  }
  return hourMs / 1000;
}
