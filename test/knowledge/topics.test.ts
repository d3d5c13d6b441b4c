import { beforeAll, describe, expect, it } from 'vitest';
import { topicAnswer } from '../../src/answer/topic-answer.js';
import type { Knowledge } from '../../src/knowledge/knowledge.js';
import { builtKnowledge } from '../built-knowledge.js';

let knowledge: Knowledge;
beforeAll(() => {
  knowledge = builtKnowledge();
});

describe('codes and statuses', () => {
  it('holds all of them, each with what to do', () => {
    expect(knowledge.codes.size).toBe(210);
    expect(knowledge.statuses.size).toBe(141);
    for (const code of knowledge.codes.values()) {
      expect(code.contexts.length, code.hresult).toBeGreaterThan(0);
      for (const context of code.contexts) {
        expect(context.meaning.length, code.hresult).toBeGreaterThan(10);
        expect(context.fix?.length, code.hresult).toBeGreaterThan(5);
        expect(context.meaning.length + context.fix!.length, code.hresult).toBeLessThan(320);
      }
      expect(code.source, code.hresult).toMatch(/^https:\/\/[^\s()]+$/);
    }
    for (const status of knowledge.statuses.values()) {
      expect(status.cause?.length, status.code).toBeGreaterThan(10);
      expect(status.fix?.length, status.code).toBeGreaterThan(5);
      expect(status.source, status.code).toMatch(/^https:\/\/[^\s()]+$/);
    }
  });

  it('has Win32 numbers that agree with their HRESULTs', () => {
    for (const code of knowledge.codes.values()) {
      if (code.win32 === undefined || code.win32 === 0) continue;
      expect(code.hresult).toBe(`0x${(0x80070000 + code.win32).toString(16)}`);
    }
  });

  it('keeps the confusable ones apart in words', () => {
    expect(knowledge.statuses.get('500.24')!.cause).toMatch(/nothing to do with the right/);
    expect(knowledge.codes.get('0x80070522')!.contexts[0]!.meaning).toMatch(/not the impersonation right/);
    expect(knowledge.codes.get('0x80070021')!.contexts[0]!.meaning).toMatch(/locked at a higher level/);
  });
});

describe('topics', () => {
  it('answers in one sentence, with two or three more, and names where it comes from', () => {
    for (const topic of knowledge.topics.values()) {
      expect(topic.answer.length, topic.id).toBeLessThan(360);
      expect(topic.more.length, topic.id).toBeLessThanOrEqual(3);
      expect(topic.sources.length, topic.id).toBeGreaterThan(0);
      expect(topic.answer, topic.id).not.toMatch(/^(Yes|No)\b[:,]/);
    }
  });

  it('relates only to what exists', () => {
    for (const topic of knowledge.topics.values()) {
      for (const id of topic.related) {
        expect(knowledge.topics.has(id) || knowledge.causes.has(id), `${topic.id} -> ${id}`).toBe(true);
      }
    }
  });

  it('says where each command is typed; what is no command goes into a file', () => {
    for (const topic of knowledge.topics.values()) {
      for (const typed of [...topic.steps, ...topic.commands]) {
        if (typed.command === undefined) continue;
        expect(typed.shell === undefined, `${topic.id}: ${typed.command}`).toBe(typed.command.startsWith('<'));
      }
    }
    const rule = topicAnswer(knowledge.topics.get('freb-web-config')!, knowledge);
    const parts = rule.parts.filter((part) => part.kind === 'command');
    expect(parts.map((part) => part.heading)).toEqual([undefined]);
  });

  it('starts no pool before it has stopped', () => {
    for (const topic of knowledge.topics.values()) {
      for (const { command } of topic.commands) {
        if (/start(-webapp| app)pool/i.test(command) && /stop(-webapp| app)pool/i.test(command)) {
          expect(command, topic.id).toMatch(/Stop-WebAppPool.*while .*'Stopped'.*Start-WebAppPool/);
        }
      }
    }
  });

  it('never uses braces, which stand for facts of a case', () => {
    for (const topic of knowledge.topics.values()) {
      const texts = [topic.title, topic.answer, ...topic.more, ...topic.facts.flatMap((f) => [f.label, f.value])];
      for (const text of texts) expect(text, topic.id).not.toMatch(/[{}]/);
    }
  });

  it('computes the SID of an application pool the way it says', async () => {
    const { createHash } = await import('node:crypto');
    const sid = (pool: string) => {
      const sha = createHash('sha1').update(Buffer.from(pool.toLowerCase(), 'utf16le')).digest();
      return `S-1-5-82-${[0, 4, 8, 12, 16].map((at) => sha.readUInt32LE(at)).join('-')}`;
    };
    for (const { label, value } of knowledge.topics.get('pool-sid')!.facts) expect(value).toBe(sid(label));
  });
});
