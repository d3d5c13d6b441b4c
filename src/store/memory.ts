import { type CaseRecord, mostCasesCounted, newestCasesRead } from '../desk/ports/case-record.js';
import type { Clock, Events } from '../desk/ports/environment.js';
import type { Inbox, MessageHandler, WorkOutcome } from '../desk/ports/inbox.js';
import type { Message } from '../desk/ports/message.js';
import type { AnswerRecord, SpentQuota, Store, ThreadFiles, ThreadState } from '../desk/ports/store.js';
import { findSimilarCases } from './cases-like.js';

/** Milliseconds that the key of a finished message is kept: longer than the last retry of any platform. */
const keptMs = 24 * 60 * 60 * 1000;
const keptRows = 50_000;
const keptAnswers = 5_000;
const atOnce = 4;

/** A store whose content can be saved and read again, like a database across a crash. */
export interface MemoryStore extends Store {
  snapshot(): string;
}

export interface MemoryInbox extends Inbox {
  snapshot(): string;
}

/** Answers and threads in memory. Everything passes through JSON, so nothing can depend on object identity. */
export function memoryStore(saved?: string): MemoryStore {
  const content: Record<'answers' | 'threads' | 'cases' | 'files' | 'spent', [string, string][]> = saved
    ? JSON.parse(saved)
    : { answers: [], threads: [], cases: [], files: [], spent: [] };
  const answers = new Map(content.answers);
  const threads = new Map(content.threads);
  const cases = new Map(content.cases);
  const files = new Map(content.files);
  const spent = new Map(content.spent);
  const counts = new Map<string, number>();
  const listCases = () => [...cases.values()].map((json) => JSON.parse(json) as CaseRecord);
  const caseKey = (tenant: string, number: number) => `${tenant} ${number}`;
  for (const { tenant, number } of listCases()) counts.set(tenant, Math.max(number, counts.get(tenant) ?? 0));
  const fileKey = ({ thread, message }: ThreadFiles) => JSON.stringify([thread, message]);
  const listFiles = () => [...files.values()].map((json) => JSON.parse(json) as ThreadFiles);
  const removeCasesAndFiles = (isRemoved: (thread: string) => boolean) => {
    for (const { tenant, number, thread } of listCases()) if (isRemoved(thread)) cases.delete(caseKey(tenant, number));
    for (const one of listFiles()) if (isRemoved(one.thread)) files.delete(fileKey(one));
  };
  return {
    async saveAnswer(record) {
      answers.delete(record.id);
      answers.set(record.id, JSON.stringify(record));
      dropOldest(answers, keptAnswers);
    },
    async answer(id) {
      return parseJson<AnswerRecord>(answers.get(id));
    },
    async answerTo(message) {
      const own = [...answers.values()].map((json) => JSON.parse(json) as AnswerRecord);
      return own.filter((one) => one.message === message).at(-1);
    },
    async thread(key) {
      return parseJson<ThreadState>(threads.get(key));
    },
    async saveThread(key, state) {
      threads.delete(key);
      threads.set(key, JSON.stringify(state));
      dropOldest(threads, keptAnswers);
    },
    async forget(thread) {
      threads.delete(thread);
      const own = [...answers].filter(([, json]) => parseJson<AnswerRecord>(json)?.thread === thread);
      for (const [id] of own) answers.delete(id);
      removeCasesAndFiles((key) => key === thread);
      return own.length;
    },
    async recent(begin, limit) {
      const all = [...answers.values()].reverse().map((json) => JSON.parse(json) as AnswerRecord);
      return all.filter(({ thread }) => thread.startsWith(begin)).slice(0, limit);
    },
    async forgetAll(begin) {
      for (const key of [...threads.keys()]) if (key.startsWith(begin)) threads.delete(key);
      for (const [id, json] of [...answers]) {
        if ((JSON.parse(json) as AnswerRecord).thread.startsWith(begin)) answers.delete(id);
      }
      removeCasesAndFiles((key) => key.startsWith(begin));
    },
    async forgetMessage(key) {
      const own = [...answers.values()].map((json) => JSON.parse(json) as AnswerRecord);
      const removed = own.filter(({ message }) => message === key);
      for (const { id } of removed) answers.delete(id);
      for (const one of listFiles()) if (one.message === key) files.delete(fileKey(one));
      return [...new Set(removed.map(({ thread }) => thread))];
    },
    async caseOf(thread) {
      return listCases()
        .filter((one) => one.thread === thread)
        .sort((a, b) => b.number - a.number)[0];
    },
    async caseNumbered(tenant, number) {
      return parseJson<CaseRecord>(cases.get(caseKey(tenant, number)));
    },
    async openCase(opened, after) {
      const newest = Math.max(0, ...listCases().flatMap((one) => (one.thread === opened.thread ? [one.number] : [])));
      if (newest > after) return undefined;
      const number = (counts.get(opened.tenant) ?? 0) + 1;
      counts.set(opened.tenant, number);
      const json = JSON.stringify({ ...opened, number, version: 0 });
      cases.set(caseKey(opened.tenant, number), json);
      dropOldest(cases, keptAnswers);
      return JSON.parse(json) as CaseRecord;
    },
    async saveCase(record) {
      const key = caseKey(record.tenant, record.number);
      if (parseJson<CaseRecord>(cases.get(key))?.version !== record.version) return false;
      cases.set(key, JSON.stringify({ ...record, version: record.version + 1 }));
      return true;
    },
    async removeCase(tenant, number) {
      cases.delete(caseKey(tenant, number));
    },
    async casesLike(tenant, failure, but) {
      const like = listCases().filter(
        (one) => one.tenant === tenant && one.failure === failure && one.thread !== but.thread,
      );
      const newest = like.sort((a, b) => b.number - a.number).slice(0, newestCasesRead);
      const closed = newest.filter(({ outcome }) => outcome !== 'open');
      const [last] = closed.sort((a, b) => b.seenAt.localeCompare(a.seenAt));
      return findSimilarCases(Math.min(like.length, mostCasesCounted), like.at(-1), last);
    },
    async casesNotIt(limit) {
      const found = listCases().filter(({ outcome, notes }) => outcome === 'not-it' || notes.length > 0);
      return found.sort((a, b) => b.seenAt.localeCompare(a.seenAt)).slice(0, limit);
    },
    async filesOf(thread) {
      return listFiles().filter((one) => one.thread === thread);
    },
    async keepFiles(record) {
      const key = fileKey(record);
      if (record.files.length === 0) files.delete(key);
      else files.set(key, JSON.stringify(record));
      dropOldest(files, keptAnswers);
    },
    async spent(accounts, fromSlice) {
      const rows = [...spent.values()].map((json) => JSON.parse(json) as SpentQuota);
      return rows.filter(({ account, slice }) => accounts.includes(account) && slice >= fromSlice);
    },
    async spend(more) {
      for (const { account, slice, questions, bytes } of more) {
        const key = `${account} ${slice}`;
        const before = parseJson<SpentQuota>(spent.get(key)) ?? { questions: 0, bytes: 0 };
        const sum = { questions: before.questions + questions, bytes: before.bytes + bytes };
        spent.delete(key);
        spent.set(key, JSON.stringify({ account, slice, ...sum }));
      }
      dropOldest(spent, keptAnswers);
    },
    snapshot: () =>
      JSON.stringify({
        answers: [...answers],
        threads: [...threads],
        cases: [...cases],
        files: [...files],
        spent: [...spent],
      }),
  };
}

interface Row {
  /** The message as JSON; empty once there is an outcome. */
  message: string;
  tenant: string;
  addressed: boolean;
  /** The message was delivered again, addressed this time, during the work on the overheard one. */
  addressedMeanwhile?: boolean;
  outcome?: WorkOutcome | { state: 'withdrawn' };
  /** Milliseconds since 1970 of the outcome. */
  at?: number;
}

/**
 * Claimed messages in memory. A message delivered twice, once overheard and once addressed, is one row: the addressed
 * delivery wins whatever the order, unless the overheard one is answered already.
 */
export function memoryInbox(events: Events, clock: Clock, saved?: string): MemoryInbox {
  const rows = new Map<string, Row>(saved ? JSON.parse(saved) : []);
  const waiting: string[] = [...rows].filter(([, row]) => !row.outcome).map(([key]) => key);
  const idle: (() => void)[] = [];
  /** Tenants of the messages that are worked on. */
  const inWork: string[] = [];
  let handler: MessageHandler | undefined;

  function startWaiting(): void {
    while (handler && inWork.length < atOnce && waiting.length > 0) {
      const [key] = waiting.splice(findNext(), 1) as [string];
      const row = rows.get(key);
      if (row && !row.outcome) void work(key, row, handler);
    }
    if (inWork.length === 0 && waiting.length === 0) for (const resolve of idle.splice(0)) resolve();
  }

  /** Returns the index of the oldest message of the tenant with the fewest in work. */
  function findNext(): number {
    const busy = (key: string) => inWork.filter((tenant) => tenant === rows.get(key)?.tenant).length;
    if (inWork.length === 0) return 0;
    let best = 0;
    for (let i = 1; i < waiting.length; i++) {
      if (busy(waiting[i] as string) < busy(waiting[best] as string)) best = i;
    }
    return best;
  }

  async function work(key: string, row: Row, handle: MessageHandler): Promise<void> {
    inWork.push(row.tenant);
    let outcome: WorkOutcome;
    try {
      outcome = await handle(JSON.parse(row.message) as Message, {
        number: 1,
        isRetry: false,
        isLast: true,
        isAfterCrash: false,
        isCrashLoop: false,
        isPostInterrupted: false,
        markFiles: async () => undefined,
        beginPost: async () => (row.outcome?.state === 'withdrawn' ? 'withdrawn' : 'go'),
        withdrawPost: async () => undefined,
        recordPost: async () => undefined,
      });
    } catch {
      // The handler handles its own errors; the row needs an outcome even when one escapes.
      outcome = { state: 'failed', code: 'internal' };
    }
    inWork.splice(inWork.indexOf(row.tenant), 1);
    if (row.outcome) {
      forgetOld();
    } else if (row.addressedMeanwhile && outcome.state !== 'answered') {
      row.addressedMeanwhile = false;
      waiting.push(key);
    } else {
      row.outcome = JSON.parse(JSON.stringify(outcome)) as WorkOutcome;
      row.at = clock.now().getTime();
      row.message = '';
      events.emit({ name: 'message-done', state: outcome.state });
      forgetOld();
    }
    startWaiting();
  }

  function forgetOld(): void {
    const before = clock.now().getTime() - keptMs;
    for (const [key, row] of rows) {
      const finished = row.at !== undefined;
      if (finished && ((row.at as number) < before || rows.size > keptRows)) rows.delete(key);
      else if (rows.size <= keptRows) break;
    }
  }

  return {
    async claim(message) {
      const row = rows.get(message.key);
      if (!row) {
        const { tenant, addressed } = message;
        rows.set(message.key, { message: JSON.stringify(message), tenant, addressed });
        waiting.push(message.key);
        // Later, because the platform is acknowledged before the work begins.
        setImmediate(startWaiting);
        return true;
      }
      if (!message.addressed || row.addressed) return false;
      row.addressed = true;
      if (row.outcome && row.outcome.state !== 'answered') {
        row.outcome = undefined;
        row.at = undefined;
        row.message = JSON.stringify(message);
        waiting.push(message.key);
        setImmediate(startWaiting);
      } else if (!row.outcome) {
        row.message = JSON.stringify(message);
        row.addressedMeanwhile = !waiting.includes(message.key);
      }
      return false;
    },
    async withdraw(key) {
      const row = rows.get(key) ?? { message: '', tenant: '', addressed: true };
      if (row.outcome) return;
      // Its addressed twin does not reopen it; a message delivered after its deletion finds its key taken.
      const withdrawn = {
        outcome: { state: 'withdrawn' as const },
        at: clock.now().getTime(),
        message: '',
        addressed: true,
      };
      rows.set(key, Object.assign(row, withdrawn));
    },
    start(handle) {
      handler = handle;
      startWaiting();
    },
    async drain(limitMs) {
      if (inWork.length === 0 && waiting.length === 0) return;
      const done = new Promise<void>((resolve) => idle.push(resolve));
      const limit = new AbortController();
      await Promise.race([done, clock.sleep(limitMs, limit.signal)]);
      limit.abort();
    },
    snapshot: () => JSON.stringify([...rows].map(([key, { addressedMeanwhile: _, ...row }]) => [key, row])),
  };
}

function dropOldest(map: Map<string, string>, limit: number): void {
  for (const key of map.keys()) {
    if (map.size <= limit) return;
    map.delete(key);
  }
}

function parseJson<T>(json: string | undefined): T | undefined {
  return json === undefined ? undefined : (JSON.parse(json) as T);
}
