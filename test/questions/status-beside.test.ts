import { describe, expect, it } from 'vitest';
import { statusAnswer } from '../../src/answer/topic-answer.js';
import { entryAnswer } from '../../src/questions/compose/entry-answer.js';
import { messageAnswer } from '../../src/questions/compose/message-answer.js';
import { parseQuestion } from '../../src/questions/parse/question.js';
import { knowledge } from '../diagnosis/readings.js';

const card = 'aspnetcore-start-failed';
const stepsFor = (asked: string) =>
  JSON.stringify(
    entryAnswer(card, {}, parseQuestion(asked, knowledge), knowledge).parts.find(({ id }) => id === 'fix'),
  );

describe('a status beside the words of a question', () => {
  it.each(['HTTP Error 502.5 - Process Failure', '502.5 after the publish'])(
    'leaves out the steps for others: %s',
    (asked) => {
      expect(stepsFor(asked)).not.toMatch(/500\.3[1-8]:/);
      expect(stepsFor(asked)).toContain('by hand');
    },
  );

  it.each([
    ['500.32 since yesterday', 'what the application is published for'],
    ['500.37 on the slow server', 'startupTimeLimit'],
    ['500.38 of our single file', 'PublishSingleFile'],
  ])('keeps its own: %s', (asked, step) => {
    expect(stepsFor(asked)).toContain(step);
  });

  it('of another card counts for nothing', () => {
    expect(stepsFor('it is not 404.3')).toMatch(/500\.3[1-8]:/);
  });

  it('does not contradict a message that names the reason', () => {
    const message = [...knowledge.messages.values()].find(({ text }) => text.includes('dependencies manifest'))!;
    const said = JSON.stringify(messageAnswer(message, statusAnswer('500.31', knowledge)!, true).parts);
    expect(said).toContain('Publish again');
    expect(said).not.toContain('is not installed');
  });
});
