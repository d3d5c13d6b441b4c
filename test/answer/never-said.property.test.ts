import { describe, expect, it } from 'vitest';
import { type Answer, type Part, plainText } from '../../src/answer/answer.js';
import { codeAnswer } from '../../src/answer/code-answer.js';
import { renderText } from '../../src/answer/text.js';
import { causeAnswer, statusAnswer, topicAnswer } from '../../src/answer/topic-answer.js';
import { deskGallery } from '../../src/desk/gallery.js';
import { gallery } from '../../src/questions/gallery.js';
import { builtKnowledge } from '../built-knowledge.js';
import { harmIn, iisreset } from './harm.js';

const knowledge = builtKnowledge();
const answers: { name: string; answer: Answer }[] = [
  ...gallery(knowledge),
  ...deskGallery(knowledge),
  ...[...knowledge.causes.values()].map((c) => ({ name: `cause ${c.id}`, answer: causeAnswer(c, knowledge) })),
  ...[...knowledge.topics.values()].map((t) => ({ name: `topic ${t.id}`, answer: topicAnswer(t, knowledge) })),
  ...[...knowledge.codes.keys()].map((code) => ({
    name: `code ${code}`,
    answer: codeAnswer(Number(code), knowledge),
  })),
  ...[...knowledge.statuses.keys()].map((status) => ({
    name: `status ${status}`,
    answer: statusAnswer(status, knowledge)!,
  })),
];

describe('what is never said', () => {
  it.each(answers)('is in no answer: $name', ({ answer }) => {
    expect(harmIn(renderText(answer, { columns: 1e6 }))).toEqual([]);
  });

  it.each(answers)('iisreset is no first step: $name', ({ answer }) => {
    for (const part of answer.parts) {
      const first = part.kind === 'steps' ? part.steps[0] : undefined;
      expect(`${first ? plainText(first.text) : ''} ${first?.command ?? ''}`).not.toMatch(iisreset);
    }
  });

  it('is a certainty in percent', () => {
    for (const { name, answer } of answers.filter((a) => !/^(topic|cause) /.test(a.name))) {
      expect(renderText(answer), name).not.toMatch(/\d\s?(%|percent)(?!\w)/);
    }
  });

  it('is a stage without its event', () => {
    const stage = /\b(AUTHENTICATE_REQUEST|AUTHORIZE_REQUEST|MAP_REQUEST_HANDLER|EXECUTE_REQUEST_HANDLER)\b/;
    for (const { name, answer } of gallery(knowledge).filter((e) => answerHasRequest(e.answer))) {
      for (const part of answer.parts) {
        if (part.kind === 'evidence') {
          for (const item of part.items) {
            if (stage.test(plainText(item.note ?? ''))) expect(item.event, `${name}: ${item.value}`).toBeGreaterThan(0);
          }
        } else if (stage.test(textOf(part))) {
          expect(textOf(part), `${name}, part ${part.id}`).toMatch(/\bevents? \d|\d–\d/);
        }
      }
    }
  });
});

function answerHasRequest(answer: Answer): boolean {
  return answer.parts.some((p) => p.id === 'request');
}

function textOf(part: Part): string {
  return renderText({ title: '', summary: '', parts: [part], actions: [], sources: [] }, { columns: 1e6 });
}

describe('a list of holders', () => {
  const list =
    /(Administrators|S-1-5-32-544)[^.\n]*(NETWORK SERVICE|S-1-5-20|LOCAL SERVICE|S-1-5-19)|(NETWORK SERVICE|S-1-5-20)[^.\n]*(Administrators|S-1-5-32-544)/;
  const service = /(?<!LOCAL |NETWORK )\bSERVICE\b|S-1-5-6(?!\d)/;

  it.each(answers)('always has SERVICE: $name', ({ answer }) => {
    for (const line of renderText(answer, { columns: 1e6 }).split('\n')) {
      if (list.test(line)) expect(line).toMatch(service);
    }
  });
});
