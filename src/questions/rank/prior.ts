import { hex, knownCode } from '../../answer/codes.js';
import type { Cause } from '../../knowledge/cause-schema.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { NamedOwners } from '../parse/names.js';
import { causesOfNumber } from '../parse/number-causes.js';
import type { Question } from '../parse/question.js';
import type { ThreadContext } from './context.js';
import { ofThread, type QuestionModel } from './model.js';
import { nearnessTo } from './nearness.js';

/** How many times likelier an entry is, before its words are looked at. */
type PriorOf = (entry: string) => number;

/** How many times likelier an entry is that holds an exact name of the question, alone. */
const byName = 6;
/** The same for the cause that a number of the question stands for; for causes of another sub status of the same status; and for a normal step beside a failure. */
const byNumber = { own: 3, sibling: 0.4, normal: 0.1 } as const;

/** Returns how many times likelier each entry is by the exact names and the numbers in the question, and by its thread. */
export function priorOf(
  question: Question,
  { entries }: NamedOwners,
  context: ThreadContext | undefined,
  model: QuestionModel,
  knowledge: Knowledge,
): (entry: number) => number {
  const inPlace = context ? priorIn(context, model) : outsideThreads;
  const ofNumbers = priorByNumbers(question, knowledge);
  return (entry) => {
    const name = model.entries[entry]!;
    return (1 + byName * (entries.get(name) ?? 0)) * ofNumbers(name) * inPlace(name, entry);
  };
}

/** How many times likelier each entry is in a thread, by its place. */
function priorIn({ about, prior }: ThreadContext, model: QuestionModel): (name: string, entry: number) => number {
  const nearness = about.map((entry) => nearnessTo(entry, model));
  return (name, entry) => prior(name, Math.max(0, ...nearness.map((one) => one[entry]!)));
}

/** From this share on the question is about the one cause of a number, which then takes the votes for the number's card. */
const causeFrom = 0.15;

/** Gives the votes for a number's card to the one cause that the number stands for, in place: both say the same. */
export function joinCard(
  shares: Float32Array,
  { codes, statuses }: Question,
  { entries }: QuestionModel,
  knowledge: Knowledge,
): void {
  for (const [card, numbers] of [
    ['code', codes.filter(({ certain }) => certain).map(({ value }) => nameOf(value, knowledge))],
    ['status', statuses.filter(({ certain }) => certain).map(({ code }) => code)],
  ] as const) {
    const [cause, ...others] = numbers.flatMap((number) => causesMeant(number, knowledge));
    const from = entries.indexOf(card);
    const to = cause && others.length === 0 ? entries.indexOf(cause.id) : -1;
    if (to < 0 || shares[to]! < causeFrom) continue;
    shares[to]! += shares[from]!;
    shares[from] = 0;
  }
}

/** Without a thread there is no "same" that a question could mean. */
const outsideThreads: PriorOf = (name) => (ofThread.has(name) ? 0 : 1);

/** A number speaks for the causes that it stands for, and against those of its siblings; without one nobody asks for its card. */
function priorByNumbers({ codes, statuses, events }: Question, knowledge: Knowledge): PriorOf {
  const hasNumber = codes.length + statuses.length + events.length > 0;
  const numbers = [
    ...codes.filter(({ certain }) => certain).map(({ value }) => nameOf(value, knowledge)),
    ...statuses.filter(({ code, certain }) => certain && isSubStatus(code)).map(({ code }) => code),
  ];
  const stoodFor = numbers.map((number) => causesMeant(number, knowledge));
  const failures = stoodFor.filter((causes) => causes.some(({ verdict }) => verdict === 'failure'));
  // Beside the number of a failure that of a normal step, such as the first leg of a logon, says nothing.
  const normal = new Set<unknown>(
    failures.length > 0 ? stoodFor.filter((causes) => !failures.includes(causes)).flat() : [],
  );
  const meant = (failures.length > 0 ? failures : stoodFor).flatMap((causes) =>
    causes.map(({ id }) => [id, byNumber.own / causes.length] as const),
  );
  const told = events.flatMap(({ row }) => (row.cause === undefined ? [] : [[row.cause, byNumber.own] as const]));
  const factors = new Map([...meant, ...told]);
  return (name) => {
    if (name === 'code' || name === 'status') return hasNumber ? 1 : 0;
    const factor = factors.get(name);
    if (factor !== undefined) return 1 + factor;
    const cause = knowledge.causes.get(name);
    if (cause && normal.has(cause)) return byNumber.normal;
    return cause && statuses.some(({ code }) => isOfSibling(cause, code)) ? byNumber.sibling : 1;
  };
}

/** Returns a code as the knowledge names it, whether it was written as a HRESULT, a Win32 code or a decimal. */
const nameOf = (value: number, knowledge: Knowledge) => knownCode(value, knowledge)?.hresult ?? hex(value);

/** Returns the causes that a number may mean: all that its card lists, though one of them may carry it as a name. */
function causesMeant(number: string, knowledge: Knowledge): readonly Pick<Cause, 'id' | 'verdict'>[] {
  const listed = knowledge.statuses.get(number)?.causes ?? [];
  const causes = listed.flatMap((id) => knowledge.causes.get(id) ?? []);
  return causes.length > 1 ? causes : causesOfNumber(number, knowledge);
}

const isSubStatus = (code: string) => code.includes('.');

/** True for a cause that stands for other sub statuses of the same status. */
function isOfSibling({ aliases }: Cause, status: string): boolean {
  const [main] = status.split('.');
  const own = aliases.filter((alias) => alias.startsWith(`${main}.`) && /^\d+\.\d+$/.test(alias));
  return isSubStatus(status) && own.length > 0 && !own.includes(status);
}
