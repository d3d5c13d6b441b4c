import { crc32, deflateRawSync } from 'node:zlib';
import yazl from 'yazl';

/** A zip as an ordinary tool writes it. */
export async function zipOf(files: Record<string, Uint8Array>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, bytes] of Object.entries(files)) zip.addBuffer(Buffer.from(bytes), name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** One entry, and what its headers claim about it where that is not the truth. */
export interface Crafted {
  name: string | Buffer;
  content: Uint8Array;
  flags?: number;
  method?: number;
  size?: number;
  crc?: number;
  /** Points the directory at another entry's local header. */
  at?: number;
  /** Compressed size claimed in the directory. */
  packed?: number;
}

const known = new WeakMap<Uint8Array, { crc: number; deflated: Buffer }>();

/** Done once for content that is in many entries. */
function checkedAndDeflated(content: Uint8Array): { crc: number; deflated: Buffer } {
  const before = known.get(content);
  if (before) return before;
  const made = { crc: crc32(content), deflated: deflateRawSync(content) };
  known.set(content, made);
  return made;
}

/** A zip written by hand, byte by byte, so that it may lie. */
export function craftZip(entries: Crafted[], count = entries.length): Buffer {
  const body: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const method = entry.method ?? 8;
    const { crc, deflated } = checkedAndDeflated(entry.content);
    const data = method === 8 ? deflated : Buffer.from(entry.content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(entry.flags ?? 0, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(entry.crc ?? crc, 10);
    common.writeUInt32LE(entry.packed ?? data.length, 14);
    common.writeUInt32LE(entry.size ?? entry.content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, name, data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(entry.at ?? offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, name]));
    body.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...body, central, end]);
}
