import type { Door } from '../ports/door.js';

/** The same door, which tells how many bytes really came through it. */
export function countCalls(door: Door, used: (bytes: number) => void): Door {
  return {
    name: door.name,
    async fetch(file) {
      const { name, bytes } = await door.fetch(file);
      // A size known beforehand was counted when the message was let in.
      return { name, bytes: file.size === undefined ? counted(bytes, used) : bytes };
    },
    acknowledge: (where) => door.acknowledge(where),
    say: (where, answer, key, posted) => door.say(where, answer, key, posted),
    find: (where, key) => door.find(where, key),
    ...(door.permits && { permits: door.permits.bind(door) }),
    check: () => door.check(),
  };
}

async function* counted(bytes: AsyncIterable<Uint8Array>, used: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let seen = 0;
  try {
    for await (const chunk of bytes) {
      seen += chunk.length;
      yield chunk;
    }
  } finally {
    used(seen);
  }
}
