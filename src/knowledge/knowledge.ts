import type { BarePageRow } from './bare-page-schema.js';
import type { Cause } from './cause-schema.js';
import type { Code, StatusEntry } from './code-schema.js';
import type { CollectBlock } from './collect-schema.js';
import type { ConfigurationPairRow, ConfigurationRow } from './configuration-schema.js';
import type { EventRow } from './event-schema.js';
import type { EvidenceRequest } from './evidence-request-schema.js';
import type { FindingReplies } from './finding-reply-schema.js';
import type { FollowUp } from './follow-up-schema.js';
import type { PageMessage } from './message-schema.js';
import type { OutputRow } from './output-schema.js';
import type { IisRight, Recipe, UserRight } from './rights-schema.js';
import type { Talk } from './talk-schema.js';
import type { ToldRow } from './told-schema.js';
import type { Topic } from './topic-schema.js';
import type { World } from './world-schema.js';

/** Everything Frebot knows, loaded, checked and indexed. Immutable after `loadKnowledge`. */
export interface Knowledge {
  causes: ReadonlyMap<string, Cause>;
  evidenceRequests: ReadonlyMap<string, EvidenceRequest>;
  /** By lower-case HRESULT, `0x80070542`. */
  codes: ReadonlyMap<string, Code>;
  /** By `500` or `500.19`. */
  statuses: ReadonlyMap<string, StatusEntry>;
  /** Windows events and what they mean, in the order their rows are tried. */
  events: ReadonlyMap<string, EventRow>;
  /** What outputs of commands show, in the order their rows are tried. */
  outputs: ReadonlyMap<string, OutputRow>;
  /** What is in configuration files, in the order its rows are tried. */
  configurations: ReadonlyMap<string, ConfigurationRow>;
  /** What two configuration files say together, by the kind of pair. */
  configurationPairs: ReadonlyMap<string, ConfigurationPairRow>;
  /** Error pages without details, in the order their rows are tried. */
  barePages: ReadonlyMap<string, BarePageRow>;
  topics: ReadonlyMap<string, Topic>;
  /** Messages as people paste them, by their text. */
  messages: ReadonlyMap<string, PageMessage>;
  /** By constant, `SeImpersonatePrivilege`. */
  rights: ReadonlyMap<string, UserRight>;
  /** The rights that IIS needs, by constant. */
  iisRights: ReadonlyMap<string, IisRight>;
  /** Ways to give a right back, by id: `gpo`, `local`, `powershell` … */
  recipes: ReadonlyMap<string, Recipe>;
  /** The blocks of the script that `collect` writes, in order. */
  collect: ReadonlyMap<string, CollectBlock>;
  /** What answers short questions of threads, by what those are about. */
  followUps: ReadonlyMap<string, FollowUp>;
  /** What is said first to a follow-up about a finding, by the causes that share it. */
  findingReplies: ReadonlyMap<string, FindingReplies>;
  /** Lines of threads, by whom they are for. */
  talk: ReadonlyMap<string, Talk>;
  /** What people tell beside evidence, by fact. */
  told: ReadonlyMap<string, ToldRow>;
  /** Names of products and tools, by the world they come from. */
  worlds: ReadonlyMap<string, World>;
  /** What was learned from `knowledge/examples/`, as `src/questions/train/` writes it; empty before. */
  learned: Uint8Array;
}

/** Returns a topic or a cause by its id: no id is both. */
export function findEntry(
  id: string,
  { topics, causes }: Pick<Knowledge, 'topics' | 'causes'>,
): Topic | Cause | undefined {
  return topics.get(id) ?? causes.get(id);
}
