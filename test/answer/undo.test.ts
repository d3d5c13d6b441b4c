import { describe, expect, it } from 'vitest';
import { render as renderSlack } from '../../adapters/slack/render/index.js';
import { renderCards as renderTeams } from '../../adapters/teams/render/index.js';
import { renderAnswer as renderPage } from '../../adapters/web/render.js';
import { type Answer, plainText } from '../../src/answer/answer.js';
import { renderText } from '../../src/answer/text.js';
import { causeAnswer } from '../../src/answer/topic-answer.js';
import { deskGallery } from '../../src/desk/gallery.js';
import { ask } from '../../src/questions/ask.js';
import { gallery } from '../../src/questions/gallery.js';
import { builtKnowledge } from '../built-knowledge.js';

const knowledge = builtKnowledge();
const answers: { name: string; answer: Answer }[] = [
  ...gallery(knowledge),
  ...deskGallery(knowledge),
  ...[...knowledge.causes.values()].map((c) => ({ name: `cause ${c.id}`, answer: causeAnswer(c, knowledge) })),
];

/** The words of an answer's undo, as one string each. */
function undoOf({ parts }: Answer): string[] {
  return parts.flatMap((part) => {
    if (part.id !== 'undo') return [];
    if (part.kind === 'text') return [plainText(part.text)];
    return part.kind === 'facts' ? part.facts.map(({ value }) => plainText(value)) : [];
  });
}

/** Stored, as answers in a conversation are: else no button could open what is folded. */
const withUndo = answers
  .filter(({ name, answer }) => undoOf(answer).length > 0 && !name.startsWith('desk-opened-'))
  .map(({ name, answer }) => ({ name, answer: { ...answer, case: 'example' } }));

/** Letters, digits and signs only: doors wrap, escape and quote in their own ways. */
const letters = (text: string) => text.replace(/&#?\w+;|[^\p{L}\p{N}+-]/gu, '');

/** All strings of a message, without what a card hides. */
function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || typeof value !== 'object' || (value as { isVisible?: boolean }).isVisible === false) return '';
  return Object.values(value).map(wordsOf).join(' ');
}

/** What each door shows before anything is opened. */
const doors: Record<string, (answer: Answer) => string> = {
  terminal: (answer) => renderText(answer, { columns: 1e6, folded: false }),
  Slack: (answer) => wordsOf(renderSlack(answer)),
  Teams: (answer) => wordsOf(renderTeams(answer)),
  web: (answer) => String(renderPage(answer)).replace(/<details[\s\S]*?<\/details>/g, ''),
};

describe('an undo stands folded with its fix', () => {
  it('in many answers', () => {
    expect(withUndo.map(({ name }) => name)).toEqual(expect.arrayContaining(['right-likely', 'fix-gpo', 'cause']));
  });

  it.each(withUndo)('$name: with its fix, and folded', ({ answer }) => {
    expect(answer.parts.filter(({ id }) => id === 'undo').map(({ keep }) => keep)).toEqual(['fold']);
    expect(answer.parts.map(({ id }) => id)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^(fix|steps|brief)/)]),
    );
  });

  it.each(answers)('$name: no step shows it', ({ answer }) => {
    for (const part of answer.parts)
      if (part.kind === 'steps' && part.keep !== 'fold')
        expect(part.steps.filter(({ rollback }) => rollback !== undefined)).toEqual([]);
  });

  it.each(Object.keys(doors))('%s shows none before it is opened', (door) => {
    for (const { name, answer } of withUndo) {
      const shown = letters(doors[door]!(answer));
      expect(shown.length, name).toBeGreaterThan(50);
      for (const undo of undoOf(answer)) expect(shown.includes(letters(undo)), `${name}: ${undo}`).toBe(false);
    }
  });

  it('the terminal shows it behind the rest', () => {
    for (const { name, answer } of withUndo) {
      const shown = letters(renderText(answer, { columns: 1e6 }));
      for (const undo of undoOf(answer)) expect(shown.includes(letters(undo)), `${name}: ${undo}`).toBe(true);
    }
  });
});

describe('an undo in other words', () => {
  it.each([
    'roll back the gpo change that killed impersonation',
    'put the list back to what it was before the GPO',
    'can I undo the change of the right',
    'undo my change: I added IIS_IUSRS',
  ])('%s: takes the group away only from the person who added it', (question) => {
    const shown = renderText(ask(question, knowledge).answer, { folded: false, columns: 1e6 });
    if (/take it out|out again/.test(shown))
      expect(shown).toMatch(/only if (you added it yourself and )?the diagnosis was wrong/i);
  });
});

describe('a right that was undone', () => {
  it.each([
    'which rights were undone by the hardening',
    'the hardening has undone our rights',
    'SeImpersonatePrivilege was undone by a GPO',
    'our impersonate right gets undone every night',
    'the baseline undid the impersonate right, what now',
    'why is the right undone after gpupdate',
    'who undid the SeImpersonatePrivilege setting',
    'the impersonation right is undone at each refresh',
    'security team undoes the user right every week',
    'IIS_IUSRS was undone from the policy and the site is down',
    'how do I undo the removal of IIS_IUSRS',
    'undo the baseline’s change',
    'wie mache ich die Härtung rückgängig',
    'the admins took IIS_IUSRS out, how do I reverse that',
  ])('%s: finds no undo of a fix', (question) => {
    const { entry, answer } = ask(question, knowledge);
    expect(entry).not.toBe('undo-fix');
    expect(renderText(answer, { folded: false })).not.toMatch(
      /out again|off the same list|rollback\.inf|the way back/i,
    );
  });
});
