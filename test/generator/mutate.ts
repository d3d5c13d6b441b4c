/** Damages a file as disks, editors, mail programs and attackers do. The same seed gives the same bytes. */
export function mutate(original: Uint8Array, seed: number): Buffer {
  const random = generator(seed);
  let bytes: Buffer = Buffer.from(original);
  const rounds = 1 + random(4);
  for (let i = 0; i < rounds && bytes.length > 0; i++) bytes = damageOnce(bytes, random);
  return bytes;
}

const pieces = [
  '<Event>',
  '</Event>',
  '<Event/>',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?x',
  '<!DOCTYPE a [<!ENTITY b "&b;&b;">]>',
  '</failedRequest>',
  '<failedRequest ',
  '<Data Name="ErrorCode">',
  '</Data>',
  '"',
  "'",
  '&',
  '&#0;',
  '&#x110000;',
  '\0',
  '\ufeff',
  '<System>',
  '</System>',
  '<RenderingInfo',
  '__proto__',
  'SystemTime="9999-99-99T99:99:99.999Z"',
  '<Level>9</Level>',
  'a'.repeat(5000),
  '<a>'.repeat(300),
];

function damageOnce(bytes: Buffer, random: (below: number) => number): Buffer {
  const at = random(bytes.length);
  const length = random(Math.min(bytes.length - at, random(2) ? 40 : 4000) + 1);
  switch (random(7)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return bytes.subarray(at);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case 3:
      return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
    case 4:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(pieces[random(pieces.length)]!), bytes.subarray(at)]);
    case 5: {
      const copy = Buffer.from(bytes);
      for (let i = 0; i < 8; i++) copy[random(copy.length)] = random(256);
      return copy;
    }
    default: {
      const to = random(bytes.length);
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(to, to + length), bytes.subarray(at)]);
    }
  }
}

/** Returns a generator of random numbers (mulberry32), which is small and good enough for damage. */
function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}
