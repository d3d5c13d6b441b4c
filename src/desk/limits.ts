import { createHash } from 'node:crypto';
import { type Clock, type Spent, type Store, sliceMs } from './ports.js';

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
const usualQuotas: Quotas = {
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
/** What is counted leaves a slice at a time. */
const slices = hourMs / sliceMs;

/**
 * Questions and bytes an hour, by person, channel and workspace. Each tenant has its own accounts, so none can use up
 * another's. Counted in the store, so that replicas grant one quota together; messages that come in the same moment may
 * pass together.
 */
export class Limits {
  readonly #store: Pick<Store, 'spent' | 'spend'>;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #quotas: Quotas;

  constructor(store: Pick<Store, 'spent' | 'spend'>, clock: Pick<Clock, 'now'>, quotas: Quotas = usualQuotas) {
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
      accounts.map(([account]) => account),
      sliceOf(now) - slices + 1,
    );
    const waits = accounts.map(([account, quota]) => {
      const own = spent.filter((one) => one.account === account);
      return wait(own, quota, bytes, now);
    });
    const longest = Math.max(...waits);
    if (longest === 0) await this.#spend(spender, 1, bytes);
    return longest;
  }

  /** Bytes that nobody could know beforehand. Never rejects: what was read is not taken back because it cannot be counted. */
  async used(spender: Spender, bytes: number): Promise<void> {
    await this.#spend(spender, 0, bytes).catch(() => undefined);
  }

  #spend(spender: Spender, questions: number, bytes: number): Promise<void> {
    const slice = sliceOf(this.#clock.now().getTime());
    return this.#store.spend(this.#accounts(spender).map(([account]) => ({ account, slice, questions, bytes })));
  }

  #accounts({ tenant, place, who }: Spender): [string, Quota][] {
    const { user, channel, workspace } = this.#quotas;
    return [
      [accountOf('user', tenant, who), user],
      [accountOf('channel', tenant, place), channel],
      [accountOf('workspace', tenant), workspace],
    ];
  }
}

/** Nobody's name: it lies in the store for an hour. */
function accountOf(...of: string[]): string {
  return createHash('sha256').update(JSON.stringify(of)).digest('base64url').slice(0, 22);
}

function sliceOf(now: number): number {
  return Math.floor(now / sliceMs);
}

/** Seconds until the account has room again; a single file larger than the quota passes when nothing else was spent. */
function wait(spent: Spent[], quota: Quota, bytes: number, now: number): number {
  let questions = spent.reduce((sum, one) => sum + one.questions, 0);
  let used = spent.reduce((sum, one) => sum + one.bytes, 0);
  const room = () => questions < quota.questions && (used === 0 || used + bytes <= quota.bytes);
  if (room()) return 0;
  for (const one of [...spent].sort((a, b) => a.slice - b.slice)) {
    questions -= one.questions;
    used -= one.bytes;
    if (room()) return Math.max(1, Math.ceil(((one.slice + slices) * sliceMs - now) / 1000));
  }
  return hourMs / 1000;
}
