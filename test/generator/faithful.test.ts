import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { samples, samplesFolder } from '../../scripts/samples.js';
import { parseEvent } from '../../src/evidence/freb/log/parse-event.js';
import { splitEvents } from '../../src/evidence/freb/log/split-events.js';
import { readStartTag } from '../../src/evidence/freb/log/start-tag.js';
import { type EventName, events } from './catalogue.js';
import { type LogEvent, writeBytes } from './write.js';

const folder = path.resolve(import.meta.dirname, '../../../shared/samples/freb');
const have = existsSync(folder);
if (!have) console.info('faithfulness of the generator: skipped, ../shared/samples/freb is absent');

describe('sample logs of the page', () => {
  it.each(Object.keys(samples))('%s is what the generator writes', (name) => {
    expect(readFileSync(path.join(samplesFolder, name)).equals(samples[name]!())).toBe(true);
  });
});

/** Names of a real log that the catalogue does not have, and texts of this system that it does not hold. */
describe.skipIf(!have)('a real log, taken apart and written again', () => {
  it.each([
    'plechenko__fr000031.auth-401-anon.xml',
    'plechenko__fr000034.auth-200-windows.xml',
    'plechenko__fr000004.static-404.xml',
    'plechenko__fr000008.denied-ext.xml',
    'plechenko__fr000018.aspnet-error.xml',
    'plechenko__fr000037.method-delete.xml',
    'plechenko__fr000049.php-error.xml',
  ])('%s is the same byte for byte', (name) => {
    const bytes = readFileSync(path.join(folder, name));
    const root = readStartTag(bytes)!;
    const index = splitEvents(bytes, root.end);
    const list: LogEvent[] = [];
    let server = '';
    let culture = '';
    let threadId = 0;
    for (let i = 0; i < index.count; i++) {
      const text = bytes.toString('utf8', index.starts[i]!, index.ends[i]!);
      const parts = parseEvent(text, false);
      expect(events, parts.name).toHaveProperty(parts.name);
      // The reader hands over text as an XML parser does, with line feeds only; the file has it raw.
      const fields = [...text.matchAll(/<Data Name="([^"]*)">([^<]*)<\/Data>/g)]
        .map((m) => [m[1]!, unescaped(m[2]!)] as const)
        .filter(([field]) => !['ContextId', 'ConnID', 'Context ID'].includes(field));
      list.push({ name: parts.name as EventName, time: Date.parse(parts.time), fields });
      server = parts.computer;
      culture = /Culture="([^"]*)"/.exec(text)![1]!;
      threadId = Number(/ThreadID="(\d+)"/.exec(text)![1]);
    }
    const a = (key: string): string => root.attributes.get(key) ?? '';
    const written = writeBytes(
      {
        url: a('url'),
        siteId: Number(a('siteId')),
        pool: a('appPoolId'),
        processId: Number(a('processId')),
        verb: a('verb'),
        ...(root.attributes.has('userName')
          ? { user: { remote: a('remoteUserName'), name: a('userName'), token: a('tokenUserName') } }
          : {}),
        authenticationType: a('authenticationType'),
        activityId: a('activityId'),
        failureReason: a('failureReason'),
        statusCode: a('statusCode'),
        triggerStatusCode: a('triggerStatusCode'),
        timeTaken: Number(a('timeTaken')),
        server,
        culture,
        threadId,
      },
      list,
    );
    expect(written.toString()).toBe(bytes.toString());
  });
});

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
