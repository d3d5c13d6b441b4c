import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagnosisContent } from '../../adapters/mcp/diagnosis-content.js';
import { shortText } from '../../adapters/mcp/short-text.js';
import * as slack from '../../adapters/slack/render/index.js';
import * as teams from '../../adapters/teams/render/index.js';
import { renderJson } from '../../adapters/terminal/json.js';
import * as web from '../../adapters/web/render.js';
import { renderReport } from '../../adapters/web/report.js';
import type { Answer } from '../../src/answer/answer.js';
import { answerReport } from '../../src/answer/diagnosis-answer.js';
import { renderText } from '../../src/answer/text.js';
import { diagnosisJson } from '../../src/desk/json.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { Report } from '../../src/diagnosis/report.js';
import { readEvidence } from '../../src/evidence/read.js';
import { sampleOf } from '../sweep.js';
import { knowledge } from '../teams/driver.js';
import { asSent, carriers, markedFiles } from './carriers.js';

/** Every rendering of a diagnosis at each door. A renderer that is not in the table fails the first test. */
const surfaces: Record<string, (answer: Answer, report: Report) => unknown> = {
  'terminal --json': (answer, report) => renderJson(diagnosisJson(report, answer)),
  'api json': (answer, report) => diagnosisJson(report, answer),
  'mcp text': (answer) => shortText(answer),
  'mcp structured content': (answer, report) => diagnosisContent({ report, answer }),
  'terminal text': (answer) => renderText(answer, { columns: 100 }),
  'slack render': (answer) => slack.render(answer, { tables: true }),
  'slack renderPrivate': (answer) => slack.renderPrivate(answer),
  'slack renderShort': (answer) => slack.renderShort(answer, 'report.html'),
  'slack renderModal': (answer) => slack.renderModal(answer),
  'slack renderPlain': (answer) => slack.renderPlain(answer),
  'teams renderCards': (answer) => teams.renderCards(answer),
  'web renderAnswer': (answer) => String(web.renderAnswer(answer)),
  'web report': (answer) => String(renderReport(answer, { css: '', script: '', at: '2026-06-08' })),
};

/** Returns the markers that a surface shows of the files of one kind, with one marker in each file. */
function shownIn(kind: string, turn: number): string[] {
  return markedFiles(turn, kind).flatMap(({ field, form, bytes }) => {
    const report = diagnose([readEvidence('evidence.xml', bytes, { timeline: true })], knowledge);
    const answer = answerReport(report, knowledge);
    return Object.entries(surfaces)
      .filter(([, surface]) =>
        (JSON.stringify(surface(answer, report)) ?? '').toLowerCase().includes(form.secret.toLowerCase()),
      )
      .map(([name]) => `${name}, ${field}: ${form.text}`);
  });
}

describe('no surface shows a private value', () => {
  it('every door is in the table', () => {
    const doors = readdirSync(resolve(import.meta.dirname, '../../adapters'));
    const inTable = Object.keys(surfaces).map((name) => name.split(' ')[0]);
    expect(doors.filter((door) => !inTable.includes(door))).toEqual([]);
  });

  it('every renderer of every door is in the table', () => {
    const made = Object.keys(surfaces);
    const renderers = [
      ...Object.keys(slack)
        .filter((name) => name.startsWith('render'))
        .map((name) => `slack ${name}`),
      ...Object.keys(teams)
        .filter((name) => name.startsWith('render'))
        .map((name) => `teams ${name}`),
      ...Object.keys(web)
        .filter((name) => name.startsWith('render'))
        .map((name) => `web ${name}`),
    ];
    expect(renderers.filter((name) => !made.includes(name))).toEqual([]);
  });

  it.each(Object.keys(surfaces))('%s shows something of a diagnosis', (name) => {
    const file = carriers['FREB log']!.find(({ field }) => field === 'MODULE_WARNING')!.file('Portal');
    const report = diagnose([readEvidence('evidence.xml', asSent(file))], knowledge);
    const shown = JSON.stringify(surfaces[name]!(answerReport(report, knowledge), report)) ?? 'nothing';
    expect(shown).toMatch(name === 'slack renderModal' ? /./ : /impersonat/i);
  });

  it.each(Object.keys(carriers))('that stands in evidence: %s', (kind) => {
    for (const turn of sampleOf([...Array(8).keys()], 4)) expect(shownIn(kind, turn)).toEqual([]);
  });
});
