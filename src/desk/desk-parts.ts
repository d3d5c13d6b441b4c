import type { Intake } from '../intake/intake.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { Cases } from './cases/cases.js';
import { CauseMutes } from './cause-mutes.js';
import { AnswerStore } from './conversation/answer-store.js';
import { EvidenceMemory } from './conversation/evidence-memory.js';
import { Recall } from './conversation/recall.js';
import type { Door } from './ports/door.js';
import type { Clock, Events, Vault } from './ports/environment.js';
import type { Store } from './ports/store.js';
import { QuotaGuard, type Quotas } from './quotas.js';

/** The dependencies of the parts of a desk. */
export interface PartsDeps {
  knowledge: Knowledge;
  intake: Intake;
  store: Store;
  events: Events;
  clock: Clock;
  /** Keeps which causes are muted; without it they are for the life of the process. */
  vault?: Vault | undefined;
  /** A request is slow from this many milliseconds on; by default 3000. */
  slowMs?: number;
  /** Hourly quotas of people, channels and workspaces. */
  quotas?: Quotas;
}

/** The parts that every use case works with. They are made once for a desk and do not change. */
export interface DeskParts {
  readonly knowledge: Knowledge;
  readonly intake: Intake;
  readonly store: Store;
  readonly events: Events;
  readonly clock: Clock;
  readonly slowMs: number | undefined;
  readonly answers: AnswerStore;
  readonly memory: EvidenceMemory;
  readonly recall: Recall;
  readonly cases: Cases;
  readonly quotas: QuotaGuard;
  readonly mutes: CauseMutes;
  /** The doors that were added, by their name. */
  readonly doors: Map<string, Door>;
}

export function createParts({ knowledge, intake, store, events, clock, slowMs, quotas, vault }: PartsDeps): DeskParts {
  const memory = new EvidenceMemory();
  const mutes = new CauseMutes(clock, vault);
  const guard = new QuotaGuard(store, clock, quotas);
  return {
    knowledge,
    intake,
    store,
    events,
    clock,
    slowMs,
    memory,
    answers: new AnswerStore(store, clock, mutes),
    recall: new Recall({ store, memory, intake, quotas: guard, clock, events }),
    cases: new Cases({ store, clock, knowledge }),
    quotas: guard,
    mutes,
    doors: new Map(),
  };
}
