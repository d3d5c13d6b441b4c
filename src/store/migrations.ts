/** One step of the schema. Steps are only added: a database is brought forward, never back. */
export interface Migration {
  version: number;
  sql: string;
}

export const migrations: readonly Migration[] = [
  {
    version: 1,
    // Messages and answers are text, because text from a log may hold \u0000, which jsonb refuses.
    sql: `
      create table frebot.inbox (
        -- platform, tenant, conversation and message: the claim is the insert of this row
        key text primary key,
        door text not null,
        addressed boolean not null,
        -- the message, sealed; gone with the outcome
        sealed text,
        -- grows when the addressed twin of an overheard message takes its place
        version integer not null default 0,
        claimed_at timestamptz not null default now(),
        -- not before this
        due_at timestamptz not null default now(),
        attempts integer not null default 0,
        -- attempts that ended by themselves; the others ended with their process
        ended integer not null default 0,
        lease_by text,
        lease_until timestamptz,
        posting_at timestamptz,
        posted text,
        state text,
        code text,
        done_at timestamptz
      );
      create index inbox_open on frebot.inbox (due_at) where done_at is null;
      create index inbox_done on frebot.inbox (done_at) where done_at is not null;
      create table frebot.answer (
        id text primary key,
        thread text not null,
        at timestamptz not null,
        record text not null
      );
      create index answer_thread on frebot.answer (thread);
      create index answer_at on frebot.answer (at);
      create table frebot.thread (
        key text primary key,
        at timestamptz not null,
        state text not null
      );
      create index thread_at on frebot.thread (at);
      create table frebot.setting (name text primary key, value text not null);
    `,
  },
  {
    version: 2,
    sql: `
      -- what a door keeps for a workspace: installation, settings; sealed
      create table frebot.vault (name text primary key, sealed text not null);
    `,
  },
  {
    version: 3,
    sql: `
      alter table frebot.answer add column message text;
      create index answer_message on frebot.answer (message) where message is not null;
      create table frebot.case_count (tenant text primary key, last integer not null);
      create table frebot.case_file (
        tenant text not null,
        number integer not null,
        thread text not null,
        failure text not null,
        at timestamptz not null,
        version integer not null default 0,
        record text not null,
        primary key (tenant, number)
      );
      create index case_thread on frebot.case_file (thread, number);
      create index case_failure on frebot.case_file (tenant, failure, number);
      create index case_at on frebot.case_file (at);
    `,
  },
  {
    version: 4,
    sql: `
      -- whose turn it is: a tenant that asks little comes first
      alter table frebot.inbox add column tenant text not null default '';
      -- the case before it in the same thread, 0 for none: two replicas cannot both open the next one. A replica of an
      -- earlier version leaves it empty, which blocks no insert
      alter table frebot.case_file add column after integer;
      update frebot.case_file c set after = coalesce(
        (select max(p.number) from frebot.case_file p where p.thread = c.thread and p.number < c.number), 0);
      create unique index case_next on frebot.case_file (thread, after);
      -- where the evidence of a thread can be fetched again; sealed
      create table frebot.thread_file (
        thread text not null,
        message text not null,
        at timestamptz not null,
        sealed text not null,
        primary key (thread, message)
      );
      create index thread_file_message on frebot.thread_file (message);
      create index thread_file_at on frebot.thread_file (at);
      -- what was asked within the hour, by hashed account
      create table frebot.spent (
        account text not null,
        slice integer not null,
        questions integer not null,
        bytes bigint not null,
        primary key (account, slice)
      );
      create index spent_slice on frebot.spent (slice);
    `,
  },
  {
    version: 5,
    sql: `
      -- which files of the message were being read, by their numbers: an attempt may end over one
      alter table frebot.inbox add column reading text;
    `,
  },
];
