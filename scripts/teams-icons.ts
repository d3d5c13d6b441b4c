// Draws the two icons of the Teams app package: the mark of the web page, as pixels. Run it when the mark changes:
// npx tsx scripts/teams-icons.ts
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

type Colour = [red: number, green: number, blue: number];
type Shape = (x: number, y: number) => boolean;

const white: Colour = [255, 255, 255];
const blue: Colour = [0x1f, 0x4e, 0x79];
const yellow: Colour = [0xff, 0xc8, 0x3d];

// The mark on a field of 32 by 32, as in adapters/web/page/icon.svg.
const box =
  (l: number, t: number, r: number, b: number): Shape =>
  (x, y) =>
    x >= l && x < r && y >= t && y < b;
const letter: Shape = (x, y) => [box(8, 9, 11.5, 22), box(8, 9, 19, 12), box(8, 15, 18, 18)].some((s) => s(x, y));
const lens: Shape = (x, y) => Math.abs(Math.hypot(x - 22.5, y - 21) - 3.5) <= 1;
const handle: Shape = (x, y) => {
  const t = Math.min(1, Math.max(0, ((x - 25) * 2.6 + (y - 23.6) * 2.6) / (2 * 2.6 * 2.6)));
  return Math.hypot(x - (25 + 2.6 * t), y - (23.6 + 2.6 * t)) <= 1.2;
};

/** Draws layers over a background, each pixel from 8 by 8 samples. Without a background it stays transparent. */
function draw(size: number, layers: [Shape, Colour][], background?: Colour): Buffer {
  const rows: Buffer[] = [];
  const grid = 8;
  for (let py = 0; py < size; py++) {
    const row = Buffer.alloc(1 + size * 4);
    for (let px = 0; px < size; px++) {
      const sum = [0, 0, 0];
      let covered = 0;
      for (let s = 0; s < grid * grid; s++) {
        const x = ((px + ((s % grid) + 0.5) / grid) * 32) / size;
        const y = ((py + (Math.floor(s / grid) + 0.5) / grid) * 32) / size;
        const colour = layers.findLast(([shape]) => shape(x, y))?.[1] ?? background;
        if (!colour) continue;
        covered++;
        for (let c = 0; c < 3; c++) sum[c] = (sum[c] as number) + (colour[c] as number);
      }
      const at = 1 + px * 4;
      for (let c = 0; c < 3; c++) row[at + c] = covered ? Math.round((sum[c] as number) / covered) : 255;
      row[at + 3] = Math.round((covered * 255) / (grid * grid));
    }
    rows.push(row);
  }
  return png(size, Buffer.concat(rows));
}

function png(size: number, pixels: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels, { level: 9 })),
    chunk('IEND'),
  ]);
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

const folder = resolve(import.meta.dirname, '../adapters/teams/appPackage');
const mark: Shape[] = [letter, lens, handle];
// Teams rounds the colour icon itself and wants it full; the outline is white on nothing.
writeFileSync(
  join(folder, 'color.png'),
  draw(
    192,
    [
      [letter, white],
      [lens, yellow],
      [handle, yellow],
    ],
    blue,
  ),
);
writeFileSync(
  join(folder, 'outline.png'),
  draw(
    32,
    mark.map((shape): [Shape, Colour] => [shape, white]),
  ),
);
