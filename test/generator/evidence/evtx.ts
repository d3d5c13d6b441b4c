import { crc32 } from 'node:zlib';
import type { SampleEvent } from './events.js';

/** Binary event logs (.evtx) as Windows writes them: chunks of 64 KB, in each the names and templates once. Always the same bytes. */

type Content = string | Slot | Node;
/** A value of the event; `optional` leaves its element out when there is none. */
interface Slot {
  slot: number;
  type: number;
  optional?: true;
}
interface Node {
  name: string;
  attributes?: [string, string | Slot][];
  content?: Content[];
}
interface Value {
  type: number;
  bytes: Buffer;
}

const types = { none: 0, text: 1, byte: 4, short: 6, long: 10, binary: 14, time: 17, sid: 19, xml: 0x21, texts: 0x81 };
const slot = (number: number, type: number, optional?: true): Slot => ({ slot: number, type, optional });
const namespace = 'http://schemas.microsoft.com/win/2004/08/events/event';

function eventNode(body: Content[]): Node {
  const system: Node = {
    name: 'System',
    content: [
      { name: 'Provider', attributes: [['Name', slot(0, types.text)]] },
      { name: 'EventID', content: [slot(1, types.short)] },
      { name: 'Level', content: [slot(2, types.byte)] },
      { name: 'TimeCreated', attributes: [['SystemTime', slot(3, types.time)]] },
      { name: 'EventRecordID', content: [slot(4, types.long)] },
      { name: 'Channel', content: [slot(5, types.text)] },
      { name: 'Computer', content: [slot(6, types.text)] },
      { name: 'Security', attributes: [['UserID', slot(7, types.sid, true)]] },
    ],
  };
  return { name: 'Event', attributes: [['xmlns', namespace]], content: [system, ...body] };
}

const classicBody: Node = {
  name: 'EventData',
  content: [
    { name: 'Data', content: [slot(8, types.texts)] },
    { name: 'Binary', content: [slot(9, types.binary, true)] },
  ],
};
const classic = eventNode([classicBody]);
const manifest = eventNode([slot(8, types.xml)]);

const text = (value: string): Value => ({ type: types.text, bytes: Buffer.from(value, 'utf16le') });
const number = (type: number, size: number, value: number | bigint): Value => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return { type, bytes: bytes.subarray(0, size) };
};
const none: Value = { type: types.none, bytes: Buffer.alloc(0) };
/** S-1-5-18. */
const localSystem: Value = { type: types.sid, bytes: Buffer.from('010100000000000512000000', 'hex') };

function fileTime(iso: string): bigint {
  return (BigInt(Date.parse(`${iso}Z`)) + 11_644_473_600_000n) * 10_000n;
}

/** One chunk that is being written. Places of names and templates count from its beginning. */
class ChunkWriter {
  readonly bytes = Buffer.alloc(65_536);
  at = 512;
  last = 512;
  readonly ids: number[] = [];
  readonly #names = new Map<string, number>();
  readonly #templates = new Map<string, number>();

  /** @throws RangeError when the chunk is full; it stays as it was before */
  record(event: SampleEvent, id: number): void {
    const from = this.at;
    const [names, templates] = [new Map(this.#names), new Map(this.#templates)];
    try {
      this.#u32(0x2a2a);
      this.#u32(0);
      this.#put(number(types.long, 8, id).bytes);
      this.#put(number(types.time, 8, fileTime(event.time)).bytes);
      this.#event(event, id);
      // Windows ends records at multiples of eight.
      this.at += (8 - ((this.at + 4 - from) % 8)) % 8;
      const length = this.at + 4 - from;
      this.#u32(length);
      this.bytes.writeUInt32LE(length, from + 4);
    } catch (error) {
      this.bytes.fill(0, from);
      this.at = from;
      for (const [now, before] of [
        [this.#names, names],
        [this.#templates, templates],
      ] as const) {
        now.clear();
        for (const [key, value] of before) now.set(key, value);
      }
      throw error;
    }
    this.last = from;
    this.ids.push(id);
  }

  finished(): Buffer {
    const { bytes, ids } = this;
    bytes.write('ElfChnk\0', 'latin1');
    for (const at of [8, 24]) {
      bytes.writeBigUInt64LE(BigInt(ids[0]!), at);
      bytes.writeBigUInt64LE(BigInt(ids.at(-1)!), at + 8);
    }
    bytes.writeUInt32LE(128, 40);
    bytes.writeUInt32LE(this.last, 44);
    bytes.writeUInt32LE(this.at, 48);
    bytes.writeUInt32LE(crc32(bytes.subarray(512, this.at)), 52);
    bytes.writeUInt32LE(crc32(Buffer.concat([bytes.subarray(0, 120), bytes.subarray(128, 512)])), 124);
    return bytes;
  }

  #event({ provider, id, time, log = 'System', channel = log, data = [], binary, level = 2 }: SampleEvent, n: number) {
    const head = [
      text(provider),
      number(types.short, 2, id),
      number(types.byte, 1, level),
      number(types.time, 8, fileTime(time)),
      number(types.long, 8, n),
      text(channel),
      text('WEB03.contoso.example'),
      provider.startsWith('Microsoft-Windows-') ? localSystem : none,
    ];
    if (Array.isArray(data)) {
      const texts = { type: types.texts, bytes: Buffer.from(data.map((value) => `${value}\0`).join(''), 'utf16le') };
      const raw = binary ? { type: types.binary, bytes: Buffer.from(binary, 'hex') } : none;
      this.#fragment('classic', classic, () => [...head, texts, raw]);
      return;
    }
    const names = Object.keys(data);
    const items = names.map(
      (name, i): Node => ({
        name: 'Data',
        attributes: [['Name', name]],
        content: [slot(i, types.text)],
      }),
    );
    this.#fragment(
      'manifest',
      manifest,
      () => [...head, { type: types.xml, bytes: Buffer.alloc(0) }],
      () => this.#fragment(names.join('|'), { name: 'EventData', content: items }, () => Object.values(data).map(text)),
    );
  }

  /** @param inner writes the last value, which is binary XML itself */
  #fragment(key: string, template: Node, values: () => Value[], inner?: () => void): void {
    this.#put([0x0f, 1, 1, 0, 0x0c, 1]);
    this.#u32(crc32(Buffer.from(key)));
    const known = this.#templates.get(key);
    this.#u32(known ?? this.at + 4);
    if (known === undefined) {
      this.#templates.set(key, this.at);
      this.#u32(0);
      this.#put(Buffer.alloc(16, crc32(Buffer.from(key)) & 0xff));
      this.#sized(() => {
        this.#put([0x0f, 1, 1, 0]);
        this.#node(template);
        this.#put([0]);
      });
    }
    const all = values();
    this.#u32(all.length);
    const heads = this.at;
    for (const { type, bytes } of all) this.#put([bytes.length & 0xff, bytes.length >> 8, type, 0]);
    for (const { bytes } of all) this.#put(bytes);
    if (inner) {
      const from = this.at;
      inner();
      this.bytes.writeUInt16LE(this.at - from, heads + 4 * (all.length - 1));
    }
    this.#put([0]);
  }

  #node({ name, attributes = [], content = [] }: Node): void {
    this.#put([attributes.length > 0 ? 0x41 : 0x01, 0xff, 0xff]);
    this.#sized(() => {
      this.#name(name);
      if (attributes.length > 0)
        this.#sized(() => {
          for (const [i, [attribute, value]] of attributes.entries()) {
            this.#put([i + 1 < attributes.length ? 0x46 : 0x06]);
            this.#name(attribute);
            this.#content(value);
          }
        });
      if (content.length === 0) return this.#put([0x03]);
      this.#put([0x02]);
      for (const piece of content) this.#content(piece);
      this.#put([0x04]);
    });
  }

  #content(piece: Content): void {
    if (typeof piece === 'string') {
      this.#put([0x05, 0x01, piece.length & 0xff, piece.length >> 8]);
      this.#put(Buffer.from(piece, 'utf16le'));
    } else if ('slot' in piece)
      this.#put([piece.optional ? 0x0e : 0x0d, piece.slot & 0xff, piece.slot >> 8, piece.type]);
    else this.#node(piece);
  }

  #name(name: string): void {
    const known = this.#names.get(name);
    this.#u32(known ?? this.at + 4);
    if (known !== undefined) return;
    this.#names.set(name, this.at);
    const hash = [...name].reduce((sum, letter) => (sum * 65_599 + letter.charCodeAt(0)) % 0x1_0000_0000, 0) & 0xffff;
    this.#u32(0);
    this.#put([hash & 0xff, hash >> 8, name.length, 0]);
    this.#put(Buffer.from(`${name}\0`, 'utf16le'));
  }

  /** Writes a length of four bytes, then the content of that length. */
  #sized(write: () => void): void {
    const at = this.at;
    this.#u32(0);
    write();
    this.bytes.writeUInt32LE(this.at - at - 4, at);
  }

  #u32(value: number): void {
    this.at = this.bytes.writeUInt32LE(value, this.at);
  }

  #put(values: Uint8Array | number[]): void {
    if (this.at + values.length > this.bytes.length) throw new RangeError('the chunk is full');
    this.bytes.set(values, this.at);
    this.at += values.length;
  }
}

/** Returns the events as a binary event log. */
export function eventLogFile(events: readonly SampleEvent[]): Buffer {
  const chunks: ChunkWriter[] = [];
  for (const [i, event] of events.entries()) {
    try {
      (chunks.at(-1) ?? chunks[chunks.push(new ChunkWriter()) - 1]!).record(event, i + 1);
    } catch (error) {
      if (!(error instanceof RangeError) || chunks.at(-1)?.ids.length === 0) throw error;
      chunks.push(new ChunkWriter());
      chunks.at(-1)!.record(event, i + 1);
    }
  }
  const head = Buffer.alloc(4096);
  head.write('ElfFile\0', 'latin1');
  head.writeBigUInt64LE(BigInt(Math.max(0, chunks.length - 1)), 16);
  head.writeBigUInt64LE(BigInt(events.length + 1), 24);
  head.writeUInt32LE(128, 32);
  head.writeUInt16LE(1, 36);
  head.writeUInt16LE(3, 38);
  head.writeUInt16LE(4096, 40);
  head.writeUInt16LE(chunks.length, 42);
  head.writeUInt32LE(crc32(head.subarray(0, 120)), 124);
  return Buffer.concat([head, ...chunks.map((chunk) => chunk.finished())]);
}
