import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageText } from '../../adapters/teams/inbound/message-text.js';
import { boundField, matchNear } from '../../src/evidence/bounded.js';
import { Needle } from '../../src/evidence/freb/log/needle.js';
import { parseEvent } from '../../src/evidence/freb/log/parse-event.js';

describe('a needle that remembers', () => {
  it('finds what a search from that position finds, wherever it was asked before', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '!', 'a', '!a'), maxLength: 40 }),
        fc.array(fc.nat(40), { maxLength: 20 }),
        fc.constantFrom('!', '!a', 'aa'),
        fc.boolean(),
        (text, positions, needle, afterLt) => {
          const bytes = Buffer.from(text);
          const search = new Needle(bytes, Buffer.from(needle), afterLt ? 0x3c : undefined);
          for (const position of positions) {
            let expected = text.indexOf(needle, position);
            while (afterLt && expected >= 0 && text[expected - 1] !== '<')
              expected = text.indexOf(needle, expected + 1);
            expect(search.from(Math.min(position, text.length))).toBe(expected);
          }
        },
      ),
    );
  });
});

describe('a field too large for patterns', () => {
  it('keeps its beginning and its end within 64 KB', () => {
    const bounded = boundField(`first${' '.repeat(300_000)}last`);
    expect(bounded.length).toBe(64 * 1024);
    expect(bounded.startsWith('first') && bounded.endsWith('last')).toBe(true);
    expect(boundField('short')).toBe('short');
  });

  it('is bounded in every event, however the event is laid out', () => {
    const large = 'x'.repeat(200_000);
    const event = (data: string) =>
      `<Event><System><Level>2</Level></System><EventData>${data}</EventData><RenderingInfo><Opcode>A</Opcode></RenderingInfo></Event>`;
    for (const text of [
      event(`<Data Name="Buffer">${large}</Data>`),
      event(`<Data Name='Buffer'>${large}</Data>`),
      event(`<Data Name="Buffer"><![CDATA[${large}]]></Data>`),
    ])
      expect(parseEvent(text, false).data.get('Buffer')?.length).toBe(64 * 1024);
  });
});

describe('an event too short for a real one', () => {
  it.each([
    ['a comment inside', '<Event><System><!--<Level>1</Level>--><Level>2</Level></System></Event>'],
    ['an instruction inside', '<Event><System><?a <Level>1</Level>?><Level>2</Level></System></Event>'],
  ])('is read with %s', (_, text) => expect(parseEvent(text, true).level).toBe(2));

  it('has its CDATA as text', () => {
    const text = '<Event><System></System><EventData><Data Name="a"><![CDATA[1 < 2 & 3]]></Data></EventData></Event>';
    expect(parseEvent(text, true).data.get('a')).toBe('1 < 2 & 3');
  });
});

describe('a pattern with a window', () => {
  it('tries the next place when the first does not match', () => {
    expect(matchNear('a: ; a: 7', /a: /g, /^a: (\d)/, 10)?.[1]).toBe('7');
  });

  it('tries a limited number of places', () => {
    expect(matchNear(`${'a: ;'.repeat(5)}a: 7`, /a: /g, /^a: (\d)/, 10, 5)).toBeNull();
  });
});

describe('the text of a Teams message', () => {
  it.each([
    ['<at>Ann</at> <at id="1">Bo</at> hello', 'Ann Bo hello'],
    ['an open <at and more', 'an open <at and more'],
    [`${'<at '.repeat(20_000)}`, '<at '.repeat(20_000).trim()],
  ])('loses tags of mentions and nothing else', (text, plain) => {
    expect(messageText({ text, recipient: { id: 'us', name: 'Frebot' } })).toBe(plain);
  });
});
