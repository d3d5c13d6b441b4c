import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerReport } from '../../src/answer/diagnosis-answer.js';
import { renderText } from '../../src/answer/text.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { FileVerdict } from '../../src/diagnosis/report.js';
import { readEvidence } from '../../src/evidence/read.js';
import { openSource } from '../../src/evidence/source.js';
import { evidenceKinds } from '../../src/evidence/vocabulary/kinds.js';
import { outputCommands } from '../../src/evidence/vocabulary/outputs.js';
import { knowledge } from '../diagnosis/readings.js';
import { moduleStory } from '../generator/evidence/events.js';
import { evidenceSamples } from '../generator/evidence/samples.js';
import { haveSamples, samples as realSamples } from './facts.js';
import { claims, codeForms, explained, holdsWords, plain } from './told.js';

interface Sample {
  name: string;
  bytes: Uint8Array;
  text: string;
}

/** A binary event log holds its texts in UTF-16 and its numbers as numbers. */
const binaryText = (bytes: Buffer) =>
  [bytes.toString('utf16le'), bytes.toString('utf16le', 1), ...moduleStory.map(({ id }) => id)].join(' ');

const generated: Sample[] = evidenceSamples.map(({ name, bytes, text }) => ({
  name,
  bytes,
  text: text ?? binaryText(bytes),
}));

/** Real files beside a development checkout, where there are some. */
const real: Sample[] = (haveSamples ? ['.', '../freb', '../../cases/posted'] : []).flatMap((folder) =>
  readdirSync(path.join(realSamples, folder))
    .filter((name) => !/\.md$|\.q\.txt$/.test(name))
    .map((name) => {
      const bytes = readFileSync(path.join(realSamples, folder, name));
      return { name, bytes, text: openSource(bytes).text() };
    }),
);

const judge = ({ name, bytes, text }: Sample) => {
  const reading = readEvidence('evidence.txt', bytes);
  const report = diagnose([reading], knowledge);
  return { name, text, plain: plain(text), reading, report, file: report.files[0]! };
};
type Judged = ReturnType<typeof judge>;

describe('samples', () => {
  const judged = generated.map(judge);

  it('are read, every one', () => {
    expect(judged.filter(({ reading }) => reading.kind === 'unknown').map(({ name }) => name)).toEqual([]);
  });

  it.each(evidenceKinds)('show the kind %s', (kind) => {
    expect(judged.some(({ reading }) => reading.kind === kind)).toBe(true);
  });

  it.each(outputCommands)('show what %s prints', (command) => {
    expect(judged.some(({ reading }) => reading.form === command)).toBe(true);
  });
});

describe.each([
  ['generated', generated],
  ['real', real],
])('what is said of %s evidence rests on it', (origin, samples) => {
  const judged = samples.map(judge).filter(({ reading }) => reading.kind !== 'unknown');

  it.skipIf(origin === 'real' && !haveSamples)('there is some', () => {
    expect(judged.length).toBeGreaterThan(100);
  });

  type Evidence = FileVerdict['evidence'][number];
  /** Proofs of which the file holds none of the forms that `told` gives. */
  const invented = (told: (e: Evidence) => string[]) =>
    judged.flatMap(({ name, plain: all, file }) =>
      file.evidence
        .filter((e) => !told(e).some((words) => holdsWords(all, plain(words))))
        .map((e) => `${name}: ${e.eventName ?? ''} ${e.field} = ${e.value}`),
    );

  /** What a proof says of something that the file does not hold. */
  const absent = /^not in the |^held$|^the address of the request$/;
  /** A code may be in another form, and a long value is cut; what is withheld leaves a sign. */
  const written = (value: string) => (/^0x[0-9a-f]+$/.test(value) ? codeForms(value) : [value.replaceAll('…', ' ')]);

  it('an event in a proof is one of the file', () => {
    expect(invented(({ eventName = '' }) => [eventName.replace('Microsoft-Windows-', '')])).toEqual([]);
  });

  it('a field in a proof is one of the file, or names a place in a page, a message or a line without names', () => {
    const places =
      /^(?:page|heading|exception|stack trace|Message|File|entry|path|runtime|attributes|process|error|duplicate SPNs)$|^(?:sc|s)-/;
    // Classic events hold values without names, and numbers of Windows as bytes.
    const classic = /^(?:Exception (?:type|message)|(?:Application|Request) [Pp]ath|Stack trace|ErrorCode)$/;
    // The rows of a page in another language, and settings of an element, are named as IIS names them.
    const translated = /^(?:Module|Notification|Error Code|Winning GPO)$|^processModel\./;
    expect(
      invented(({ field, value }) => [
        [places, classic, translated].some((known) => known.test(field)) || absent.test(value) ? '' : field,
      ]),
    ).toEqual([]);
  });

  it('a value in a proof stands in the file, is counted from it, or says that something is not in it', () => {
    const counted = / \(\d+ lines?\)$|^\d+ ms (?:to event \d+|in \d+ steps)$|^\d+$/;
    expect(
      invented(({ value }) =>
        absent.test(value) || counted.test(value) ? [''] : written(value.replace(/ \(\d+ lines?\)$/, '')),
      ),
    ).toEqual([]);
  });

  it('the number of a proof is that of its event or line', () => {
    const wrong = judged.flatMap(({ name, text, reading, file }) =>
      file.evidence
        .filter((e) => e.event !== null && !standsAt(reading.kind, text, e))
        .map((e) => `${name}: ${e.event} ${e.eventName ?? ''} ${e.field} = ${e.value}`),
    );
    expect(wrong).toEqual([]);
  });

  it('each event, code, path, account, pool, file, header and line in a sentence is in the file or is decoded from it', () => {
    const wrong = judged.flatMap((one) =>
      sentencesOf(one).flatMap((sentence) =>
        claims(sentence)
          .filter(({ kind, words }) => !isHeld(one, kind, words))
          .map(({ words }) => `${one.name}: ${words} in: ${sentence}`),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('a trace, and a rule that wrote it, are told of only where there is one', () => {
    const told = judged.filter(
      ({ reading, report }) =>
        !['freb-log', 'fragment'].includes(reading.kind) &&
        /\b(?:trace rule|the trace (?:names|shows|ends|left))\b/.test(renderText(answerReport(report, knowledge))),
    );
    expect(told.map(({ name }) => name)).toEqual([]);
    expect(
      judged.filter(({ reading, file }) => reading.kind !== 'freb-log' && file.next.includes('verbose-trace')),
    ).toEqual([]);
  });

  it('the Authorization header is told of only where the headers of the request are in sight', () => {
    const told = judged.filter(({ file }) => /Authorization header/.test(file.detail ?? ''));
    expect(told.filter(({ text }) => !text.includes('GENERAL_REQUEST_HEADERS')).map(({ name }) => name)).toEqual([]);
  });

  it('no trace is asked for where none can exist', () => {
    const answered = judged.filter(
      ({ reading, text }) =>
        /^httperr/.test(reading.form ?? '') ||
        reading.form === 'http-sys-page' ||
        /HTTP Error \d{3}\. The |AppOffline|Server: Microsoft-HTTPAPI/.test(text),
    );
    if (origin === 'generated') expect(answered.length).toBeGreaterThan(5);
    const asked = answered.filter(({ report }) =>
      [...report.files.flatMap((file) => file.next), ...report.diagnosis.findings.flatMap((f) => f.missing)].includes(
        'freb-log',
      ),
    );
    expect(asked.map(({ name }) => name)).toEqual([]);
  });
});

/** What a diagnosis says in words of its evidence. */
function sentencesOf({ file, report }: Judged): string[] {
  const findings = report.diagnosis.findings.flatMap((finding) => [
    ...finding.remarks,
    ...finding.contradictedBy.map(({ says }) => says),
  ]);
  return [
    file.detail ?? '',
    file.damageNote ?? '',
    ...(file.story?.events ?? []).map(({ means }) => means),
    ...(file.configuration ?? []).map(({ says }) => says),
    ...findings,
  ];
}

/** True when the input holds the words, in their own form or in one that they are decoded from. */
function isHeld({ plain: all, file, text }: Judged, kind: string, words: string): boolean {
  if (explained.has(words)) return true;
  if (kind === 'code') return codeForms(words).some((form) => all.includes(form));
  if (kind === 'line') {
    const line = words.replace(/\D/g, '');
    return new RegExp(`\\b${line}\\b`).test(all) || text.split('\n').length >= Number(line);
  }
  if (kind === 'stage')
    return (
      all.includes(words.toLowerCase()) ||
      file.decisive?.notification === words ||
      all.includes(words.replaceAll('_', '').toLowerCase())
    );
  return words.split('…').every((part) => all.includes(plain(part)));
}

/** True when the event or line of a proof's number holds the event's name, or the value where it is a line. */
function standsAt(kind: string, text: string, { event, eventName, value }: FileVerdict['evidence'][number]): boolean {
  const number = event!;
  if (kind === 'freb-log') {
    const events = text.split(/<(?:\w+:)?Event[\s>]/).slice(1);
    return (events[number - 1] ?? '').includes(eventName ?? '');
  }
  if (kind === 'access-log' || kind === 'rights-export' || kind === 'server-config') {
    const line = plain(text.split(/\r?\n/)[number - 1] ?? '');
    return plain(value.replace(/ \(\d+ lines?\)$/, ''))
      .split(' ')
      .every((word) => line.includes(word));
  }
  return true;
}
