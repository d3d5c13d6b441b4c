import type { Answer } from '../answer/answer.js';
import { errorAnswer } from '../answer/errors.js';
import { createJudge } from '../diagnosis/diagnose.js';
import type { FileVerdict, Report } from '../diagnosis/report.js';
import type { IntakeInput } from '../intake/intake.js';
import { skippedPart } from './added-parts.js';
import { type CallContext, callKey, spenderOf } from './call-context.js';
import { answerComparison } from './conversation/answer-comparison.js';
import { pressButton } from './conversation/buttons.js';
import { diagnoseThread } from './conversation/diagnose-thread.js';
import { answerHandedWords } from './conversation/handed-words.js';
import { replyToText } from './conversation/talk.js';
import { withWords } from './conversation/told-beside.js';
import type { DeskParts } from './desk-parts.js';
import { distinctKinds } from './distinct-kinds.js';
import { composeDraft } from './messages/compose.js';
import { createWork } from './messages/work.js';
import type { FetchedFile } from './ports/door.js';
import { CatalogueError } from './ports/errors.js';
import type { Attempt } from './ports/inbox.js';
import type { Message } from './ports/message.js';
import type { Spender } from './quotas.js';
import type { ButtonPress, Caller, CommandReply, DiagnoseReply } from './results.js';
import { countBytes, readTimed } from './timed-reading.js';

/** Called as each file has been read. */
export type FileListener = (file: FileVerdict, done: number, total: number) => void;

/** The use cases that answer their caller at once: page, terminal, slash commands, buttons. None of them rejects. */
export class CallHandler {
  readonly #parts: DeskParts;
  readonly #context: CallContext;

  constructor(parts: DeskParts, context: CallContext) {
    this.#parts = parts;
    this.#context = context;
  }

  async diagnose(inputs: IntakeInput[], caller: Caller | undefined, onFile?: FileListener): Promise<DiagnoseReply> {
    return this.#diagnose(inputs, caller, spenderOf(caller), onFile);
  }

  async diagnoseFor(spender: Spender, inputs: FetchedFile[]): Promise<DiagnoseReply> {
    const { quotas } = this.#parts;
    try {
      const seconds = await quotas.admit(spender, 0);
      if (seconds > 0)
        return { report: emptyReport(), answer: errorAnswer('rate-limited', { seconds: String(seconds) }) };
    } catch (error) {
      return { report: emptyReport(), answer: this.#context.explainError(error) };
    }
    const counted = inputs.map(({ name, bytes }) => {
      return { name, bytes: countBytes(bytes, (count) => void quotas.addBytes(spender, count)) };
    });
    return this.#diagnose(counted, undefined, spender);
  }

  async #diagnose(
    inputs: IntakeInput[],
    caller: Caller | undefined,
    spender: Spender | undefined,
    onFile?: FileListener,
  ): Promise<DiagnoseReply> {
    const { knowledge, slowMs } = this.#parts;
    try {
      // Judges each file while the next ones are read; with the others it is not judged again.
      const judge = createJudge(knowledge, slowMs);
      const { readings, skipped, words, text } = await readTimed(
        inputs,
        spender,
        this.#parts,
        (reading, done, total) => {
          const { file } = judge(reading);
          onFile?.(file, done, total);
        },
      );
      const conversation = await this.#context.open(caller);
      const evidence = text === undefined ? readings : withWords(readings, text, knowledge, judge);
      const diagnosis = await diagnoseThread({ readings: evidence, failed: [] }, conversation, this.#parts, judge);
      const { report, summary } = diagnosis;
      // A file that holds only words may be a question.
      const isQuestion = words !== undefined && evidence.every(({ kind }) => kind === 'unknown');
      const answered = isQuestion ? answerHandedWords(words, conversation?.state, knowledge, true) : undefined;
      const { answer, facts } = answered ?? diagnosis;
      const kinds = distinctKinds(evidence).join(' ');
      this.#context.audit(caller, {
        action: 'diagnose',
        kinds,
        cause: summary?.cause,
        verdict: report.diagnosis.verdict,
      });
      return { report, answer: await this.#context.save(withSkipped(answer, skipped), caller, facts) };
    } catch (error) {
      return { report: emptyReport(), answer: this.#context.explainError(error) };
    }
  }

  async compare(bad: IntakeInput, good: IntakeInput, caller: Caller | undefined): Promise<DiagnoseReply> {
    try {
      const reply = await answerComparison(bad, good, this.#parts, spenderOf(caller));
      const topic = reply.report.files[0]?.cause ?? undefined;
      const place = topic === undefined ? undefined : { topic, entry: topic };
      return { ...reply, answer: await this.#context.save(reply.answer, caller, place) };
    } catch (error) {
      return { report: emptyReport(), answer: this.#context.explainError(error) };
    }
  }

  async command(line: string, caller: Caller | undefined): Promise<CommandReply> {
    try {
      const seconds = await this.#context.spendQuota(caller, Buffer.byteLength(line));
      if (seconds > 0) {
        this.#context.audit(caller, { action: 'ask', code: 'rate-limited' });
        return { ...failedReply(errorAnswer('rate-limited', { seconds: String(seconds) })), private: true };
      }
      const reply = await replyToText(line, await this.#context.open(caller), this.#parts);
      // The answer to `forget` is not stored: that would bring back what was just forgotten.
      const answer =
        reply.command === 'forget' ? reply.answer : await this.#context.save(reply.answer, caller, reply.facts);
      this.#context.audit(caller, { action: reply.command });
      return { ...reply, answer };
    } catch (error) {
      return failedReply(this.#context.explainError(error));
    }
  }

  async press(press: ButtonPress): Promise<Answer> {
    try {
      const key = { message: callKey(), permits: this.#context.permits(press) };
      const { answer, thread } = await pressButton(press, key, this.#parts);
      if (thread === undefined) {
        this.#context.audit(press, { action: `press ${press.action}` });
        return answer;
      }
      const caller = { ...press, thread };
      this.#context.audit(caller, { action: `press ${press.action}` });
      return await this.#context.save(answer, caller);
    } catch (error) {
      return this.#context.explainError(error);
    }
  }

  async answerPrivately(message: Message): Promise<Answer> {
    const { tenant, thread, who, key } = message;
    try {
      const door = this.#parts.doors.get(message.door);
      if (!door) throw new CatalogueError('internal', { reason: 'no such door' });
      const draft = await composeDraft(createWork(message, door, onlyAttempt, this.#parts), this.#parts);
      this.#context.audit(
        { door: message.door, tenant, thread, who },
        { action: 'diagnose', cause: draft?.summary?.cause },
      );
      const answer = draft?.answer ?? errorAnswer('nothing-attached');
      return await this.#parts.answers.save(answer, { thread, tenant, key });
    } catch (error) {
      return this.#context.explainError(error);
    }
  }
}

/** The attempt of a call: there is no other, and nothing is posted. */
const onlyAttempt: Attempt = {
  number: 1,
  isRetry: false,
  isLast: true,
  isCrashLoop: false,
  isPostInterrupted: false,
  isAfterCrash: false,
  markFiles: async () => undefined,
  beginPost: async () => 'withdrawn',
  withdrawPost: async () => undefined,
  recordPost: async () => undefined,
};

function withSkipped(answer: Answer, files: number): Answer {
  return files > 0 ? { ...answer, parts: [...answer.parts, skippedPart(files)] } : answer;
}

function failedReply(answer: Answer): CommandReply {
  return { command: 'ask', intent: 'unknown', topic: null, score: 0, answer };
}

function emptyReport(): Report {
  return { files: [], diagnosis: { verdict: 'unreadable', findings: [] }, groups: [] };
}
