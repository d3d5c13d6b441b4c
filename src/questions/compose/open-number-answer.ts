import { type Answer, type Part, plainText } from '../../answer/answer.js';
import { lowerFirst } from '../../answer/finding-title.js';
import { howPart, requestsOf } from '../../answer/requests.js';
import { type FactLookup, generalize, listWords } from '../../answer/wording.js';
import type { Cause } from '../../knowledge/cause-schema.js';
import { plainTitle } from '../../knowledge/fill.js';
import type { FindingReply } from '../../knowledge/finding-reply-schema.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { fillReply } from './fill-reply.js';

/** Most causes that one sentence names. */
const mostNamed = 3;

/** Answers a follow-up about a number that several causes show: which they are, and the log that tells them apart. */
export function openNumberAnswer(number: string, causes: readonly Cause[], knowledge: Knowledge): Answer {
  const named = causes
    .slice(0, mostNamed)
    .map(({ title }) => plainText(lowerFirst(generalize(plainTitle(title)))).replace(/\.$/, ''));
  const others = causes.length > named.length ? ['something else'] : [];
  const title = `That depends on the cause: ${number} can mean that ${listWords([...named, ...others], 'or')}.`;
  const requests = requestsOf(['freb-log'], knowledge);
  const parts: Part[] = [
    { kind: 'text', id: 'next', heading: 'Next', keep: 'always', text: `Send me ${requests[0]!.title}; it decides.` },
    ...howPart(requests),
  ];
  return { title, summary: title, parts, actions: [], sources: [] };
}

/** Answers what is asked of a failure without a known cause, and how the evidence is captured that decides. */
export function openReplyAnswer(
  { says, next }: Pick<FindingReply, 'says' | 'next'>,
  facts: FactLookup,
  knowledge: Knowledge,
): Answer | undefined {
  const reply = fillReply(says, facts);
  if (!reply) return undefined;
  const { title } = reply;
  const parts = [...reply.parts, ...howPart(requestsOf(next === undefined ? [] : [next], knowledge), facts)];
  return { title, summary: plainText(title), parts, actions: [], sources: [] };
}
