import { describe, expect, it } from 'vitest';
import { type Answer, type Part, plainText } from '../../src/answer/answer.js';
import { renderText } from '../../src/answer/text.js';
import { causeAnswer, topicAnswer } from '../../src/answer/topic-answer.js';
import { gallery } from '../../src/questions/gallery.js';
import { builtKnowledge } from '../built-knowledge.js';

const knowledge = builtKnowledge();
const answers: { name: string; answer: Answer }[] = [
  ...gallery(knowledge),
  ...[...knowledge.causes.values()].map((c) => ({ name: `cause ${c.id}`, answer: causeAnswer(c, knowledge) })),
  ...[...knowledge.topics.values()].map((t) => ({ name: `topic ${t.id}`, answer: topicAnswer(t, knowledge) })),
];

/** Sentences of everything an answer says, commands and folded parts included. */
function sentencesOf(answer: Answer): string[] {
  return renderText(answer, { columns: 1e6 })
    .split(/\n|(?<=[.:;!?])\s+/)
    .map((s) => s.trim())
    .filter(Boolean);
}

/** A sentence that warns of something does not suggest it. */
const warns = /\b(no|not|never|nor|don't|do not|without|instead of|rather than|wrong|does not)\b/i;

function suggests(answer: Answer, pattern: RegExp): string[] {
  return sentencesOf(answer).filter((s) => pattern.test(s) && !warns.test(s));
}

describe('what is never said', () => {
  it.each(answers)('$name', ({ answer }) => {
    const text = renderText(answer, { columns: 1e6 });
    expect(suggests(answer, /\badd(ing)?\b.*\b(to|into)\b.*\bAdministrators\b/i)).toEqual([]);
    expect(suggests(answer, /\b(run|set|switch|change)\b.*\bpool\b.*\bLocalSystem\b/i)).toEqual([]);
    expect(
      suggests(answer, /\b(add|grant|give)\b.*\b(Everyone|Authenticated Users|(?<!Remote Desktop )Users)\b/),
    ).toEqual([]);
    expect(suggests(answer, /\bunlink\b/i)).toEqual([]);
    expect(suggests(answer, /\brecycl\w+\b.*\b(is|will be) enough\b/i)).toEqual([]);
    expect(suggests(answer, /\b(must|have to|need to) (reboot|restart the (computer|server))\b/i)).toEqual([]);
    expect(text).not.toMatch(/\bI('ve| have)? (fixed|repaired|changed)\b/i);
    expect(suggests(answer, /(?<!prefer it to )DisableLoopbackCheck/i)).toEqual([]);
    expect(suggests(answer, /\bEveryone\b.*(full control|:\(?F\b)|\/grant "?Everyone/i)).toEqual([]);
    expect(suggests(answer, /\b(edit|change|correct|open)\b.*\b(SYSVOL|GptTmpl\.inf)\b/i)).toEqual([]);
    expect(suggests(answer, /\b(send|paste|drop|post|tell|type|write)\b.*\bpasswords?\b.*\b(here|chat|me)\b/i)).toEqual(
      [],
    );
    // A template as a whole would set every right it names.
    expect(text.split('\n').filter((l) => /secedit \/configure/.test(l) && !/\/areas /.test(l))).toEqual([]);
    // The process of a log is gone when its number is typed.
    expect(text).not.toMatch(/\b(accesschk(\.exe)? (-p|-f| )+|procdump(\.exe)? -ma |taskkill\b.*\/pid )\d+/i);
  });

  it.each(answers)('iisreset is no first step: $name', ({ answer }) => {
    for (const part of answer.parts) {
      const first = part.kind === 'steps' ? part.steps[0] : undefined;
      expect(`${first ? plainText(first.text) : ''} ${first?.command ?? ''}`).not.toMatch(/\biisreset\b/i);
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
