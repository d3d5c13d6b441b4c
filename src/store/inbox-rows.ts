import type { ReadingMarks, WorkOutcome } from '../desk/ports/inbox.js';
import type { Message, PostedMessage } from '../desk/ports/message.js';
import type { Database } from './database.js';
import type { Seal } from './seal.js';

/** A row that a worker has leased. */
export interface LeasedRow {
  key: string;
  /** Undefined when it was sealed with another key. */
  message: Message | undefined;
  version: number;
  /** Number of leases, this one included. */
  attempts: number;
  /** Attempts that ended by themselves. */
  ended: number;
  /** A post was begun, and its end was not stored. */
  interrupted: boolean;
  posted: PostedMessage | undefined;
  /** The files that the attempt before this one marked. */
  openFiles: ReadingMarks | undefined;
}

/** A claim: whether the row is new, and whether there is work to do on it now. */
export interface ClaimedRow {
  fresh: boolean;
  open: boolean;
  attempts: number;
}

/** Free rows: no outcome, due, and not leased. Times are the engine's, so that the clocks of processes need not agree. */
const free = 'done_at is null and due_at <= now() and (lease_until is null or lease_until < now())';

/** The statements on `frebot.inbox`. Each is one statement, so each is all or nothing. */
export class InboxRows {
  readonly #db: Database;
  readonly #seal: Seal;
  readonly #lease: string;

  constructor(db: Database, seal: Seal, leaseSeconds: number) {
    this.#db = db;
    this.#seal = seal;
    this.#lease = `now() + interval '${leaseSeconds} seconds'`;
  }

  /**
   * Inserts a row. A message delivered twice, once overheard and once addressed, is one row: the addressed delivery wins
   * in either order, unless the overheard one is answered already.
   */
  async claim(message: Message): Promise<ClaimedRow> {
    const { key, door, tenant, addressed } = message;
    const sealed = this.#seal.close(JSON.stringify(message), key);
    const inserted = await this.#db.query(
      `insert into frebot.inbox (key, door, tenant, addressed, sealed) values ($1, $2, $3, $4, $5)
       on conflict (key) do nothing returning 1`,
      [key, door, tenant, addressed, sealed],
    );
    if (inserted.rows.length > 0) return { fresh: true, open: true, attempts: 0 };
    if (!addressed) return { fresh: false, open: false, attempts: 0 };
    const { rows } = await this.#db.query<{ attempts: number; open: boolean }>(
      `update frebot.inbox set addressed = true,
         sealed = case when done_at is null or state <> 'answered' then $2 end,
         version = version + 1,
         done_at = case when state <> 'answered' then null else done_at end,
         state = case when state <> 'answered' then null else state end
       where key = $1 and not addressed
       returning attempts, done_at is null as open`,
      [key, sealed],
    );
    return { fresh: false, open: rows[0]?.open ?? false, attempts: rows[0]?.attempts ?? 0 };
  }

  /**
   * Takes the row whose turn it is: among those that are due, the oldest of the tenant that was served least in the last ten
   * seconds, so that one user who drops a thousand logs does not delay the others.
   */
  async take(lease: string): Promise<LeasedRow | undefined> {
    const { rows } = await this.#db.query<{
      key: string;
      sealed: string | null;
      version: number;
      attempts: number;
      ended: number;
      interrupted: boolean;
      posted: string | null;
      reading: string | null;
    }>(
      `with served as (
         select tenant, count(*) as n from frebot.inbox
         where (done_at is null and lease_until >= now()) or done_at > now() - interval '10 seconds' group by tenant
       ), turn as (
         select key from frebot.inbox left join served using (tenant)
         where ${free} order by coalesce(n, 0), due_at limit 1
         for update of inbox skip locked
       )
       update frebot.inbox set lease_by = $1, lease_until = ${this.#lease}, attempts = attempts + 1
       where key = (select key from turn)
       returning key, sealed, version, attempts, ended, posting_at is not null as interrupted, posted, reading`,
      [lease],
    );
    const row = rows[0];
    if (!row) return undefined;
    const { key } = row;
    const opened = row.sealed === null ? undefined : this.#seal.open(row.sealed, key);
    return {
      key,
      version: row.version,
      attempts: row.attempts,
      ended: row.ended,
      interrupted: row.interrupted,
      message: opened === undefined ? undefined : (JSON.parse(opened) as Message),
      posted: row.posted === null ? undefined : (JSON.parse(row.posted) as PostedMessage),
      openFiles: row.reading === null ? undefined : (JSON.parse(row.reading) as ReadingMarks),
    };
  }

  async renew(leases: string[]): Promise<void> {
    if (leases.length === 0) return;
    await this.#db.query(
      `update frebot.inbox set lease_until = ${this.#lease} where done_at is null and lease_by = any($1)`,
      [leases],
    );
  }

  async markFiles(key: string, lease: string, marks: ReadingMarks): Promise<void> {
    await this.#db.query('update frebot.inbox set reading = $3 where key = $1 and lease_by = $2', [
      key,
      lease,
      JSON.stringify(marks),
    ]);
  }

  /** Releases leased rows without an outcome, for another process: an orderly stop does not count as a failed attempt. */
  async free(leases: string[]): Promise<void> {
    if (leases.length === 0) return;
    await this.#db.query(
      'update frebot.inbox set lease_by = null, lease_until = null, reading = null where done_at is null and lease_by = any($1)',
      [leases],
    );
  }

  async voidLeases(): Promise<void> {
    await this.#db.query('update frebot.inbox set lease_by = null, lease_until = null where done_at is null');
  }

  async beginPost(key: string, lease: string): Promise<'go' | 'lost' | 'withdrawn'> {
    const { rows } = await this.#db.query(
      `update frebot.inbox set posting_at = now(), lease_until = ${this.#lease}
       where key = $1 and lease_by = $2 and done_at is null returning 1`,
      [key, lease],
    );
    if (rows.length > 0) return 'go';
    const { rows: withdrawn } = await this.#db.query(
      "select 1 from frebot.inbox where key = $1 and state = 'withdrawn'",
      [key],
    );
    return withdrawn.length > 0 ? 'withdrawn' : 'lost';
  }

  /**
   * Ends a row without an answer, also while a worker has it; its addressed twin does not reopen it. A message delivered after its
   * deletion finds its key taken.
   */
  async withdraw(key: string, now: Date): Promise<void> {
    await this.#db.query(
      `insert into frebot.inbox as row (key, door, addressed, state, done_at) values ($1, '', true, 'withdrawn', $2)
       on conflict (key) do update set state = 'withdrawn', done_at = $2, addressed = true, sealed = null,
         lease_by = null, lease_until = null, posting_at = null
       where row.done_at is null`,
      [key, now.toISOString()],
    );
  }

  async withdrawPost(key: string, lease: string): Promise<void> {
    await this.#db.query('update frebot.inbox set posting_at = null where key = $1 and lease_by = $2', [key, lease]);
  }

  async recordPost(key: string, lease: string, posted: PostedMessage): Promise<void> {
    await this.#db.query('update frebot.inbox set posted = $3 where key = $1 and lease_by = $2', [
      key,
      lease,
      JSON.stringify(posted),
    ]);
  }

  /** Releases the row for another attempt after a pause. @returns the attempts so far; undefined when another worker has the row */
  async putOff(key: string, lease: string, pauseMs: number): Promise<number | undefined> {
    const { rows } = await this.#db.query<{ attempts: number }>(
      `update frebot.inbox set lease_by = null, lease_until = null, ended = ended + 1,
         due_at = now() + $3 * interval '1 millisecond'
       where key = $1 and lease_by = $2 and done_at is null returning attempts`,
      [key, lease, pauseMs],
    );
    return rows[0]?.attempts;
  }

  /**
   * Stores the outcome and erases the message. Reopens the row instead when there is no answer and the message was delivered again,
   * addressed this time, during the work.
   */
  async finish(
    taken: LeasedRow,
    lease: string,
    outcome: WorkOutcome,
    now: Date,
  ): Promise<'finished' | 'reopened' | 'lost'> {
    const { rows } = await this.#db.query(
      `update frebot.inbox set state = $3, posted = $4, code = $5, done_at = $6, sealed = null,
         lease_by = null, lease_until = null, posting_at = null, reading = null
       where key = $1 and lease_by = $2 and done_at is null and (version = $7 or $3 = 'answered') returning 1`,
      [
        taken.key,
        lease,
        outcome.state,
        outcome.posted ? JSON.stringify(outcome.posted) : null,
        outcome.code ?? null,
        now.toISOString(),
        taken.version,
      ],
    );
    if (rows.length > 0) return 'finished';
    const reopened = await this.#db.query(
      `update frebot.inbox set lease_by = null, lease_until = null, ended = ended + 1
       where key = $1 and lease_by = $2 and done_at is null returning 1`,
      [taken.key, lease],
    );
    return reopened.rows.length > 0 ? 'reopened' : 'lost';
  }

  /** Lists rows that still wait after the grace time, because their wake-up or their worker was lost. */
  async listWaiting(graceSeconds: number, most: number): Promise<{ key: string; attempts: number }[]> {
    const { rows } = await this.#db.query<{ key: string; attempts: number }>(
      `select key, attempts from frebot.inbox
       where ${free} and due_at <= now() - $1 * interval '1 second' order by due_at limit $2`,
      [graceSeconds, most],
    );
    return rows;
  }
}
