import { expect, it } from 'vitest';
import { createParts } from '../../src/desk/desk-parts.js';
import { reasonToStayClosed } from '../../src/desk/messages/may-open.js';
import { workOnMessage } from '../../src/desk/messages/work-on-message.js';
import type { FileRef } from '../../src/desk/ports/message.js';
import { createIntake } from '../../src/intake/intake.js';
import { memoryStore } from '../../src/store/memory-store.js';
import { frebLog, rightsExport } from '../scenarios/logs.js';
import { attemptOf, FakeDoor, HandClock, knowledge, message } from './support.js';

const intake = createIntake({ workers: 0 });
const attempt = attemptOf({ isLast: true });

/** A week of a team's drops in a channel, overheard. Those that are evidence have content; a fetch of any other fails. */
const week: { label: FileRef; bytes?: Uint8Array }[] = [
  { label: { name: 'fr000032.xml', type: 'text/xml' }, bytes: frebLog() },
  { label: { name: 'ur.inf' }, bytes: rightsExport() },
  { label: { name: 'FR000033.XML' }, bytes: frebLog() },
  ...['Budget 2026.xlsx', 'plan.pptx', 'minutes.docx', 'contract.pdf', 'orga.vsdx', 'mail.msg'].map((name) => ({
    label: { name },
  })),
  ...['shot.png', 'IMG_2041.HEIC', 'demo.mp4', 'voice.m4a', 'logo.svg'].map((name) => ({ label: { name } })),
  { label: { name: 'app.exe' } },
  { label: { name: 'notes.md' } },
  { label: { name: 'deploy.ps1' } },
  { label: { name: 'picture', type: 'image/png' } },
  { label: { name: 'report.xml', type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' } },
  { label: { name: 'huge.zip', size: 101 * 1024 * 1024 } },
  { label: { name: 'empty.log', size: 0 } },
  { label: { name: 'backup' } },
];

it('of a week of drops only what can be evidence is fetched, and both are counted', async () => {
  const door = new FakeDoor();
  const fetched: string[] = [];
  const fetch = door.fetch.bind(door);
  door.fetch = async (file) => {
    fetched.push(file.name);
    return fetch(file);
  };
  const counts = { 'file-opened': 0, 'file-left-alone': 0 };
  const emit = ({ name }: { name: string }) => {
    if (name in counts) counts[name as keyof typeof counts]++;
  };
  const parts = createParts({ knowledge, intake, store: memoryStore(), clock: new HandClock(), events: { emit } });
  for (const { label, bytes } of week) {
    if (bytes) door.files[label.name] = bytes;
    await workOnMessage(message({ files: [label], addressed: false }), door, attempt, parts);
  }
  expect(fetched).toEqual(['fr000032.xml', 'ur.inf', 'FR000033.XML']);
  expect(counts).toEqual({ 'file-opened': 3, 'file-left-alone': 19 });
  expect(door.answers.length).toBe(3);
});

it('handed to Frebot, everything but office documents, videos, sound and pictures is opened', () => {
  const opened = ['fr.xml', 'notes.md', 'app.exe', 'backup', 'deploy.ps1', 'x.json', 'fr000001.xml.txt'];
  expect(opened.filter((name) => reasonToStayClosed({ name }, true) !== undefined)).toEqual([]);
  const closed = week
    .filter(({ label }) => reasonToStayClosed(label, true) !== undefined)
    .map(({ label }) => label.name);
  expect(closed).toHaveLength(13);
});

it('an office document handed to Frebot is refused in words, unopened', async () => {
  const door = new FakeDoor();
  const events = { emit: () => undefined };
  const parts = createParts({ knowledge, intake, store: memoryStore(), clock: new HandClock(), events });
  await workOnMessage(message({ files: [{ name: 'Budget.xlsx' }, { name: 'demo.mp4' }] }), door, attempt, parts);
  expect(JSON.stringify(door.answers)).toMatch(/Budget\.xlsx.*an office document.*demo\.mp4.*a video/);
});

it('a text snippet without an ending can be evidence, a picture that is called one cannot', () => {
  expect(reasonToStayClosed({ name: 'Untitled', type: 'text/plain' }, false)).toBeUndefined();
  expect(reasonToStayClosed({ name: 'Untitled', type: 'application/octet-stream' }, false)).toBe('name');
  expect(reasonToStayClosed({ name: 'fr000032.xml', type: 'image/jpeg' }, false)).toBe('type');
});
