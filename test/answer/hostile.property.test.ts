import { describe, expect, it } from 'vitest';
import type { Answer, Part, Span, Text } from '../../src/answer/answer.js';
import { answerReport } from '../../src/answer/diagnosis-answer.js';
import { type ErrorCode, errorAnswer, errors, isErrorCode, operatorAdvice } from '../../src/answer/errors.js';
import { galleryReports } from '../../src/answer/gallery.js';
import { powershellScript } from '../../src/answer/script.js';
import { neutralize, renderText } from '../../src/answer/text.js';
import { fillSentence } from '../../src/answer/wording.js';
import { gallery } from '../../src/questions/gallery.js';
import { builtKnowledge } from '../built-knowledge.js';

const knowledge = builtKnowledge();
const nasty = '`x` **b** {line} <!here> [a](https://evil.example) \u001b[2J\u202e';

function texts(answer: Answer): Text[] {
  const of = (part: Part): Text[] => {
    switch (part.kind) {
      case 'text':
      case 'notice':
        return [part.text];
      case 'facts':
        return part.facts.flatMap((f) => [f.label, f.value]);
      case 'table':
        return part.rows.flat();
      case 'steps':
        return part.steps.flatMap((s) => [s.text, s.note ?? '', s.rollback ?? '']);
      case 'command':
        return [part.note ?? ''];
      case 'evidence':
        return part.items.flatMap((i) => [i.value, i.note ?? '']);
    }
  };
  return [answer.title, ...answer.parts.flatMap(of)];
}

const spansOf = (text: Text): Span[] => (typeof text === 'string' ? [text] : text);
const commandsOf = (answer: Answer): string[] =>
  answer.parts.flatMap((p) =>
    p.kind === 'steps' ? p.steps.flatMap((s) => s.command ?? []) : p.kind === 'command' ? [p.command] : [],
  );

describe('text from a log', () => {
  const answer = answerReport(galleryReports.hostile!, knowledge);

  it('is never read for markup: no link and no code span comes out of it', () => {
    for (const text of texts(answer)) {
      for (const span of spansOf(text)) {
        if (typeof span !== 'string' && 'link' in span) expect(span.href).not.toContain('evil');
      }
    }
    expect(fillSentence('pool {pool|the pool} is `x`', () => nasty)).toEqual([
      'pool ',
      { strong: nasty },
      ' is ',
      { code: 'x' },
    ]);
  });

  it('never reaches a command that a person will paste', () => {
    for (const command of commandsOf(answer)) {
      expect(command).not.toContain('script');
      expect(command).not.toContain('\u001b');
    }
  });

  it('cannot move the cursor or turn the line around in plain text', () => {
    for (const entry of gallery(knowledge)) {
      expect(renderText(entry.answer, { actions: true })).not.toMatch(
        /[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/,
      );
    }
    expect(neutralize('a\u001b[31mb\r\nc\u202ed')).toBe('a\\x1b[31mb c\\x202ed');
  });

  it('is clipped where it would push the answer off the screen', () => {
    const long = structuredClone(galleryReports['right-likely']!);
    long.files[0]!.request!.url = `http://h/${'a'.repeat(5000)}`;
    const first = renderText(answerReport(long, knowledge), { folded: false });
    expect(first.length).toBeLessThan(4000);
    expect(first).toContain('…');
    expect(renderText(answerReport(long, knowledge))).toContain('a'.repeat(5000));
  });
});

describe('a value that is kept back', () => {
  it('never gets as far as an answer, not even as its marker', () => {
    for (const { name, answer } of gallery(knowledge)) expect(JSON.stringify(answer), name).not.toContain('(withheld)');
  });

  it('is counted once for each file, and said', () => {
    const answer = answerReport(galleryReports['right-page-and-parts']!, knowledge);
    expect(answer.parts.find((p) => p.id === 'withheld')).toMatchObject({
      text: 'I withheld 3 private values.',
      keep: 'always',
    });
  });
});

describe('the error catalogue', () => {
  it.each(Object.keys(errors) as ErrorCode[])(
    '%s: a sentence that ends, a next step, a line for the operator',
    (code) => {
      const answer = errorAnswer(code);
      const text = renderText(answer);
      expect(text).not.toMatch(/[{}]|undefined/);
      expect(renderText({ ...answer, parts: [] }).trim()).toMatch(/[.]$/);
      expect(answer.parts).toHaveLength(1);
      expect(errors[code].operator().length).toBeGreaterThan(10);
    },
  );

  it('names the file as a literal, without controls and marks of the writing direction', () => {
    const answer = errorAnswer('not-text', { name: nasty, looksLike: 'a PNG image' });
    expect(answer.title).toContainEqual({ strong: nasty.replace(/[\u001b\u202e]/g, '') });
    expect(renderText(answer)).toContain('is a PNG image');
  });

  it('advises the operator with facts of the platform, and with none that a file or a user named', () => {
    expect(operatorAdvice('download-timeout', { host: 'files.slack.com', name: nasty })).toContain('files.slack.com');
    for (const code of Object.keys(errors) as ErrorCode[]) {
      const named = 'named-by-a-file';
      const advice = operatorAdvice(code, { name: named, file: named, looksLike: named, what: named, command: named });
      expect(advice).not.toContain(named);
      expect(advice.length).toBeGreaterThan(10);
    }
  });

  it('has words for a code without a sentence, and for no facts at all', () => {
    expect(isErrorCode('toString')).toBe(false);
    expect(renderText(errorAnswer('toString' as ErrorCode))).toBe(renderText(errorAnswer('internal')));
  });

  it('does not repeat a name of any length', () => {
    expect(renderText(errorAnswer('empty-file', { name: 'x'.repeat(10_000) })).length).toBeLessThan(1000);
  });

  it('marks refused files as unreadable and nothing else', () => {
    expect(errorAnswer('zip-encrypted').verdict).toBe('unreadable');
    expect(errorAnswer('rate-limited').verdict).toBeUndefined();
  });
});

describe('the script for the case at hand', () => {
  const recipe = knowledge.recipes.get('powershell')!;
  const right = knowledge.rights.get('SeImpersonatePrivilege')!;

  it('always needs SERVICE and IIS_IUSRS, and keeps what was found', () => {
    const script = powershellScript(recipe.script!, right, ['*S-1-5-19', 'SQLServer2005$HOST']);
    expect(script).toMatch(/\$needed = @\(.*'\*S-1-5-6'.*'\*S-1-5-32-568'\)/);
    expect(script).toContain("$seen   = @('*S-1-5-19', 'SQLServer2005$HOST')");
    expect(script).not.toContain('@@');
  });

  it.each(["x'); Remove-Item C:\\ -Recurse; ('", 'a\u2019); calc; (\u2018', '$(calc)', 'a\nb', '`calc`'])(
    'leaves a holder out that could end the string: %j',
    (holder) => {
      expect(powershellScript(recipe.script!, right, [holder])).toContain('$seen   = @()');
    },
  );
});
