import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { readEvidence } from '../../src/evidence/read.js';
import { causeScenarios } from '../generator/scenarios/causes.js';
import { type Log, logBytes, step } from '../generator/scenarios/log.js';
import { knowledge } from './readings.js';

const judge = (bytes: Uint8Array) => diagnose([readEvidence('fr000001.xml', bytes)], knowledge).files[0]!;
const isRight = (id: string | null) => id !== null && knowledge.causes.get(id)?.reasoning === 'user-right';
const words = 'error 0x80070542 (2147943746, 1346): Either a required impersonation level was not provided';

/** Places where any author can write the code: none of them is a code field. */
const quotes: [string, (one: Log) => Log][] = [
  ['the URL', (one) => ({ ...one, url: 'http://shop.example/kb/0x80070542/2147943746?code=0x80070542' })],
  [
    'a request header',
    (one) =>
      more(
        one,
        step('GENERAL_REQUEST_HEADERS', { Headers: `Cookie: last=2147943746\r\nReferer: http://x/${words}\r\n` }),
      ),
  ],
  [
    'a response header',
    (one) =>
      more(one, step('GENERAL_SET_RESPONSE_HEADER', { HeaderName: 'X-Error', HeaderValue: words, Replace: 'true' })),
  ],
  [
    'the body of a page',
    (one) => more(one, step('GENERAL_RESPONSE_ENTITY_BUFFER', { Buffer: `<html><p>${words}</p></html>` })),
  ],
  [
    'the text of a warning',
    (one) =>
      more(one, step('MODULE_WARNING', { ModuleName: 'AuditModule', Data1: words, Data2: words, ErrorCode: '0' })),
  ],
];

function more(one: Log, event: ReturnType<typeof step>): Log {
  return { ...one, events: [event, ...(one.events ?? [])] };
}

describe('the code 0x80070542 merely quoted', () => {
  const others = causeScenarios.filter((s) => !isRight(s.cause));
  it.each(quotes)('in %s claims no missing right and changes no cause', (place, quote) => {
    for (const scenario of others) {
      // Another URL is another loop, or none.
      if (place === 'the URL' && scenario.cause === 'redirect-loop') continue;
      const found = judge(logBytes(quote(scenario.log)));
      expect(found.cause, scenario.name).toBe(scenario.cause);
    }
  });
});

const samples = fileURLToPath(new URL('../../../shared/samples/freb/', import.meta.url));

describe.skipIf(!existsSync(samples))('real logs with the code put into the deciding field', () => {
  const setter = /(MODULE_SET_RESPONSE_ERROR_STATUS|<Data Name="ErrorCode">)\d+/g;
  it('all show the missing right, whatever else is in them', () => {
    let changed = 0;
    for (const name of readdirSync(samples).filter((n) => n.endsWith('.xml'))) {
      const text = readFileSync(samples + name, 'latin1');
      const found = judge(Buffer.from(text, 'latin1')).decisive;
      if (found?.name !== 'MODULE_SET_RESPONSE_ERROR_STATUS') continue;
      const events = text.split('</Event>');
      events[found.event - 1] = events[found.event - 1]!.replace(setter, '$12147943746');
      const verdict = judge(Buffer.from(events.join('</Event>'), 'latin1'));
      expect([name, isRight(verdict.cause), verdict.verdict]).toEqual([name, true, 'failure']);
      changed++;
    }
    expect(changed).toBeGreaterThan(10);
  });
});
