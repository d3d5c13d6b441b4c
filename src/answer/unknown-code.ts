import type { Knowledge } from '../knowledge/knowledge.js';
import type { Answer, Part } from './answer.js';
import { codeFamily } from './code-family.js';
import { type CodeParts, codeForms, nearestCodes } from './codes.js';
import { dropEmptyParts } from './parts.js';
import { nextPart, requestsOf } from './requests.js';

/** Answers a code without an entry: its family, the three nearest known codes, and what to send. */
export function unknownCodeAnswer(parts: CodeParts, knowledge: Knowledge): Answer {
  const family = codeFamily(parts, knowledge);
  const sentence = family.whole ? family.says : `${family.says} I don't know what it means there.`;
  const near = nearestCodes(parts, knowledge);
  return {
    title: [{ code: parts.hex }, ' is not in my list'],
    summary: `${parts.hex} is not in my list. ${family.says}`,
    parts: dropEmptyParts([
      { kind: 'text', id: 'answer', keep: 'always', text: sentence },
      parts.win32 === undefined ? undefined : lookupPart(parts.win32),
      {
        kind: 'facts',
        id: 'forms',
        heading: 'The same number',
        keep: 'normal',
        facts: codeForms(parts, parts.win32),
      },
      near.length === 0
        ? undefined
        : {
            kind: 'facts',
            id: 'near',
            heading: 'The nearest codes I know',
            keep: 'normal',
            facts: near.map((code) => ({ label: code.hresult, value: `${code.name}: ${code.message}` })),
          },
      nextPart(requestsOf(family.next, knowledge)),
    ]),
    actions: near.map(({ hresult }, i) => ({ id: `choice-${i + 1}`, label: hresult })),
    sources: [
      {
        title: 'Structure of COM error codes',
        url: 'https://learn.microsoft.com/windows/win32/com/structure-of-com-error-codes',
      },
    ],
  };
}

function lookupPart(win32: number): Part {
  return {
    kind: 'command',
    id: 'lookup',
    keep: 'normal',
    command: `net helpmsg ${win32}`,
    language: 'cmd',
    note: 'This prints the text that Windows has for this error.',
  };
}
