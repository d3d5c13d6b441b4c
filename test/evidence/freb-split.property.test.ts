import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../src/evidence/freb/log/parse-event.js';
import { splitEvents } from '../../src/evidence/freb/log/split-events.js';
import { readStartTag } from '../../src/evidence/freb/log/start-tag.js';
import { readEvidence } from '../../src/evidence/read.js';
import { openSource } from '../../src/evidence/source.js';
import { fact } from './facts.js';

interface Parsed {
  name: string;
  level: string;
  data: [string, string][];
}

/** Returns the events that an independent streaming parser finds in a document. */
function withSaxes(xml: string): Parsed[] {
  const parser = new SaxesParser();
  const events: Parsed[] = [];
  const path: string[] = [];
  let event: Parsed | null = null;
  let key = '';
  let text = '';
  parser.on('opentag', (tag) => {
    path.push(tag.name);
    text = '';
    if (tag.name === 'Event' && path.length === 2) event = { name: '', level: '', data: [] };
    if (tag.name === 'Data') key = String(tag.attributes.Name ?? '');
  });
  parser.on('text', (t) => {
    text += t;
  });
  parser.on('cdata', (t) => {
    text += t;
  });
  parser.on('closetag', (tag) => {
    const parent = path.at(-2);
    if (event && tag.name === 'Level' && parent === 'System') event.level = text;
    if (event && tag.name === 'Opcode' && parent === 'RenderingInfo') event.name = text.trim();
    if (event && tag.name === 'Data' && parent === 'EventData') event.data.push([key, text]);
    path.pop();
    if (tag.name === 'Event' && path.length === 1) {
      events.push(event!);
      event = null;
    }
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return events;
}

const escaped = (s: string): string => s.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const plainText = fc.string({
  unit: fc.constantFrom('a', 'Z', '0', ' ', 'ü', '漢', '😀', '&', '<', '>', '!', '?', '-', ']', '\n'),
  maxLength: 12,
});
const trap = fc.constantFrom(
  '<!-- </Event><Event xmlns="x"> -->',
  '<!--<Level>2</Level>-->',
  '<?pi </Event> <Event ?>',
  '<!-- > " \' -->',
  '',
  '',
  '',
);
const value = fc.oneof(
  plainText.map(escaped),
  plainText.map((t) => `<![CDATA[${t.replaceAll(']]>', '')}</Event><Event >]]>`),
  fc.constantFrom('&#65;&#x42;', '0x80070005', '00000', '1e5', '&lt;/Event&gt;', ''),
);
const data = fc
  .tuple(fc.constantFrom('ModuleName', 'ErrorCode', 'Buffer', 'Data1'), value, fc.constantFrom('"', "'"))
  .map(([name, text, q]) => `<Data Name=${q}${name}${q}>${text}</Data>`);
const event = fc
  .record({
    start: fc.constantFrom(
      '<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">',
      '<Event>',
      '<Event\n a="1" b=\'>\'>',
    ),
    level: fc.integer({ min: 0, max: 5 }),
    name: fc.constantFrom('NOTIFY_MODULE_START', 'MODULE_SET_RESPONSE_ERROR_STATUS', 'Unknown_Event'),
    data: fc.array(data, { maxLength: 4 }),
    traps: fc.tuple(trap, trap, trap),
    space: fc.constantFrom('', '\r\n ', '\n'),
  })
  .map(
    (e) =>
      `${e.start}${e.space}<System>${e.traps[0]}<Provider Name="P" Guid="{}"/><EventID>0</EventID><Level>${e.level}</Level><Opcode>9</Opcode></System>${e.space}` +
      `<EventData>${e.data.join(e.space)}${e.traps[1]}</EventData><RenderingInfo Culture="en-US"><Opcode>${e.name}</Opcode>${e.traps[2]}</RenderingInfo>` +
      '<ExtendedTracingInfo><EventGuid>{}</EventGuid></ExtendedTracingInfo></Event>',
  );
const document = fc
  .record({
    before: trap,
    events: fc.array(event, { maxLength: 6 }),
    between: trap,
    empty: fc.boolean(),
  })
  .map(
    (d) =>
      `<?xml version="1.0"?>${d.before}<failedRequest url="http://h/?a=&lt;Event &gt;" statusCode="200">\n` +
      `${d.events.join(`\n${d.between}\n`)}${d.empty ? '<Event/>' : ''}\n</failedRequest>`,
  );

describe('splitter against a streaming parser', () => {
  it('finds the same events with the same fields', () => {
    fc.assert(
      fc.property(document, (xml) => {
        const expected = withSaxes(xml);
        const bytes = Buffer.from(xml);
        const root = readStartTag(bytes)!;
        const index = splitEvents(bytes, root.end);
        expect(index.count).toBe(expected.length);
        expect(index.closed).toBe(true);
        expect(index.leftover).toBe(false);
        expected.forEach((e, i) => {
          const text = bytes.toString('utf8', index.starts[i]!, index.ends[i]!);
          const parts = parseEvent(text, index.odd.has(i));
          expect(parts.name).toBe(e.name);
          expect(String(parts.level)).toBe(e.level === '' ? '-1' : e.level);
          for (const [name, first] of new Map([...e.data].reverse())) expect(parts.data.get(name)).toBe(first);
        });
        expect(fact(readEvidence('x', bytes), 'trace.events')).toBe(expected.length);
      }),
      { numRuns: 1500 },
    );
  });

  it('counts only whole events when the document is cut anywhere', () => {
    fc.assert(
      fc.property(document, fc.double({ min: 0, max: 1, noNaN: true }), (xml, share) => {
        const whole = Buffer.from(xml);
        const bytes = whole.subarray(0, Math.floor(whole.length * share));
        const root = readStartTag(bytes);
        if (!root) return;
        const index = splitEvents(bytes, root.end);
        expect(index.count).toBeLessThanOrEqual(withSaxes(xml).length);
        if (bytes.length < whole.length) expect(index.closed).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe('encodings', () => {
  it('brings every encoding to the same text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 4, maxLength: 60 }), (text) => {
        const t = `<?xml?>${text}`;
        const little = Buffer.from(t, 'utf16le');
        for (const bytes of [
          Buffer.from(t),
          Buffer.from(`\ufeff${t}`),
          Buffer.concat([Buffer.from([0xff, 0xfe]), little]),
          Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(little).swap16()]),
        ]) {
          expect(openSource(bytes).text()).toBe(Buffer.from(t).toString());
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps proper UTF-8 beside stray single bytes', () => {
    const bytes = Buffer.concat([Buffer.from('Büro '), Buffer.from([0xfc, 0x20, 0x93]), Buffer.from(' 漢')]);
    const source = openSource(bytes);
    expect(source.text()).toBe('Büro ü “ 漢');
    expect(source.encoding).toBe('windows-1252');
  });
});
