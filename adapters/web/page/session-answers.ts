import type { LogTable } from '../../../src/answer/log-table.js';

/** One question or drop with its answer, as the session keeps it. What the person wrote or sent is not in it. */
export interface Turn {
  /** What was sent, in our words: "your question", "3 files", the label of a button. */
  said: string;
  html: string;
  case?: string;
  text?: string;
  markdown?: string;
  /** The table of many logs. The logs themselves are not kept. */
  table?: LogTable;
}

interface StoredAnswers {
  id: string;
  turns: Turn[];
}

/** What is used of `sessionStorage`. */
interface Session {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const key = 'frebot-conversation';
/** Characters of all answers that are kept. A browser takes 5 million for everything. */
const mostKept = 4_000_000;
/** Characters of one table, about 10,000 logs. A larger one is not kept. */
const largestTable = 2_500_000;

/** The answers of one tab, and the id of its conversation. They outlive a reload, and end with the tab. */
export class SessionAnswers {
  readonly #session: Session;
  #stored: StoredAnswers;

  constructor(session: Session, newId: () => string) {
    this.#session = session;
    this.#stored = readStored(session) ?? { id: newId(), turns: [] };
  }

  /** Names the conversation to the server. */
  get id(): string {
    return this.#stored.id;
  }
  get turns(): readonly Turn[] {
    return this.#stored.turns;
  }

  /** Keeps an answer. The oldest make room for it. */
  add(turn: Turn): void {
    const { turns } = this.#stored;
    const { table, ...answer } = turn;
    turns.push(table && JSON.stringify(table).length <= largestTable ? turn : answer);
    let json = JSON.stringify(this.#stored);
    while (turns.length > 1 && json.length > mostKept) {
      turns.shift();
      json = JSON.stringify(this.#stored);
    }
    try {
      this.#session.setItem(key, json);
    } catch {
      // A browser without room or permission only loses the conversation at a reload.
    }
  }

  /** Forgets every answer and begins another conversation. */
  clear(newId: string): void {
    this.#stored = { id: newId, turns: [] };
    this.#session.removeItem(key);
  }
}

function readStored(session: Session): StoredAnswers | undefined {
  try {
    const stored = JSON.parse(session.getItem(key) ?? 'null') as StoredAnswers | null;
    return stored && typeof stored.id === 'string' && Array.isArray(stored.turns) ? stored : undefined;
  } catch {
    return undefined;
  }
}
