import type { z } from 'zod';
import { type BarePageRow, barePageSchema } from './bare-page-schema.js';
import { type Cause, causeSchema } from './cause-schema.js';
import {
  checkBarePage,
  checkCause,
  checkConfiguration,
  checkEvent,
  checkMessage,
  checkOutput,
  checkPair,
  checkReferences,
} from './checks.js';
import { type Code, codeSchema, type StatusEntry, statusSchema } from './code-schema.js';
import { type CollectBlock, collectBlockSchema } from './collect-schema.js';
import {
  type ConfigurationPairRow,
  type ConfigurationRow,
  configurationPairSchema,
  configurationSchema,
} from './configuration-schema.js';
import { type EventRow, eventKey, eventSchema } from './event-schema.js';
import { type EvidenceRequest, evidenceRequestSchema } from './evidence-request-schema.js';
import { checkFindingReplies, findingRepliesKey, findingReplySchema } from './finding-reply-schema.js';
import { checkFollowUp, type FollowUp, followUpSchema } from './follow-up-schema.js';
import type { Knowledge } from './knowledge.js';
import { messageSchema, type PageMessage, pageMessageKey } from './message-schema.js';
import { type OutputRow, outputKey, outputSchema } from './output-schema.js';
import {
  type IisRight,
  iisRightSchema,
  type Recipe,
  recipeSchema,
  rightSchema,
  type UserRight,
} from './rights-schema.js';
import { type Talk, talkKey, talkSchema } from './talk-schema.js';
import { checkTold, checkToldNames } from './told-checks.js';
import { type ToldRow, toldSchema } from './told-schema.js';
import { type Topic, topicSchema } from './topic-schema.js';
import { type World, worldSchema } from './world-schema.js';
import { type Entry, KnowledgeError } from './yaml.js';
import { checkItem, readItems } from './yaml-items.js';

export { KnowledgeError } from './yaml.js';

/**
 * Reads, checks and indexes a folder of knowledge as YAML.
 * @throws KnowledgeError naming file, line and reason at the first mistake.
 */
export function loadKnowledge(dir: string): Knowledge {
  const read = <S extends z.ZodType>(name: string, schema: S, key: (v: z.output<S>) => string) =>
    collectEntries<z.output<S>>(dir, name, schema, key);

  const causes = read('causes', causeSchema, (c: Cause) => c.id);
  const evidenceRequests = read('evidence-requests.yaml', evidenceRequestSchema, (r: EvidenceRequest) => r.id);
  const codes = read('codes.yaml', codeSchema, (c: Code) => c.hresult);
  const statuses = read('statuses.yaml', statusSchema, (s: StatusEntry) => s.code);
  const events = read('events.yaml', eventSchema, (e: EventRow) => eventKey(e));
  const outputs = read('outputs.yaml', outputSchema, (o: OutputRow) => outputKey(o));
  const configurations = read('configurations.yaml', configurationSchema, (c: ConfigurationRow) => c.id);
  const configurationPairs = read(
    'configuration-pairs.yaml',
    configurationPairSchema,
    (p: ConfigurationPairRow) => p.pair,
  );
  const barePages = read('bare-pages.yaml', barePageSchema, (p: BarePageRow) => p.id);
  const topics = read('topics', topicSchema, (t: Topic) => t.id);
  const messages = read('messages', messageSchema, (m: PageMessage) => pageMessageKey(m));
  const rights = read('rights', rightSchema, (r: UserRight) => r.constant);
  const iisRights = read('iis-rights.yaml', iisRightSchema, (r: IisRight) => r.right);
  const recipes = read('recipes', recipeSchema, (r: Recipe) => r.id);
  const collect = read('collect.yaml', collectBlockSchema, (b: CollectBlock) => b.id);
  const followUps = read('follow-ups.yaml', followUpSchema, (f: FollowUp) => f.of);
  const findingReplies = read('finding-replies', findingReplySchema, findingRepliesKey);
  const talk = read('talk.yaml', talkSchema, (t: Talk) => talkKey(t));
  const told = read('told.yaml', toldSchema, (t: ToldRow) => t.fact);
  const worlds = read('worlds.yaml', worldSchema, (w: World) => w.world);
  if (causes.size === 0) throw new KnowledgeError(dir, 0, 'holds no cause cards under causes/');

  for (const entry of causes.values()) checkCause(entry, causes, evidenceRequests);
  for (const entry of events.values()) checkEvent(entry, causes, evidenceRequests);
  for (const entry of outputs.values()) checkOutput(entry, causes, evidenceRequests);
  for (const entry of configurations.values()) checkConfiguration(entry, causes, evidenceRequests);
  for (const entry of configurationPairs.values()) checkPair(entry, causes);
  for (const entry of barePages.values()) checkBarePage(entry, causes, evidenceRequests);
  const entries = new Map<string, Topic | Cause>([...values(topics), ...values(causes)]);
  for (const entry of followUps.values()) checkFollowUp(entry, entries);
  for (const entry of findingReplies.values()) checkFindingReplies(entry, causes, entries, evidenceRequests);
  for (const entry of messages.values()) checkMessage(entry, evidenceRequests);
  for (const entry of told.values()) checkTold(entry, causes);
  for (const entry of causes.values()) checkToldNames(entry.value.fix, told, entry);
  for (const entry of [...messages.values(), ...events.values()]) checkToldNames(entry.value.do, told, entry);
  checkReferences({ causes, codes, statuses, topics, messages });

  return {
    causes: values(causes),
    evidenceRequests: values(evidenceRequests),
    codes: values(codes),
    statuses: values(statuses),
    events: values(events),
    outputs: values(outputs),
    configurations: values(configurations),
    configurationPairs: values(configurationPairs),
    barePages: values(barePages),
    topics: values(topics),
    messages: values(messages),
    rights: values(rights),
    iisRights: values(iisRights),
    recipes: values(recipes),
    collect: values(collect),
    followUps: values(followUps),
    findingReplies: values(findingReplies),
    talk: values(talk),
    told: values(told),
    worlds: values(worlds),
    learned: new Uint8Array(),
  };
}

function values<T>(entries: Map<string, Entry<T>>): ReadonlyMap<string, T> {
  return new Map([...entries].map(([id, entry]) => [id, entry.value]));
}

function collectEntries<T>(
  root: string,
  name: string,
  schema: z.ZodType,
  key: (value: T) => string,
): Map<string, Entry<T>> {
  const entries = new Map<string, Entry<T>>();
  for (const { raw, yaml, path } of readItems(root, name)) {
    const value = checkItem(schema, raw, yaml, path) as T;
    const id = key(value);
    const earlier = entries.get(id);
    if (earlier) yaml.fail(path, `"${id}" is already defined in ${earlier.yaml.file}`);
    entries.set(id, { value, yaml, path });
  }
  return entries;
}
