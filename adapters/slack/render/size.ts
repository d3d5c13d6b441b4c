/**
 * What Slack takes in one message: 50 blocks, and about 13,200 characters over all of them, a limit that is in no
 * documentation but answers `msg_blocks_too_long` (github.com/slackapi/bolt-js/issues/2509).
 */
export const messageBudget = { blocks: 50, characters: 13_000, modalBlocks: 100 };

/** Characters of everything written in blocks: texts, addresses and button values, counted as UTF-16 units. */
export function countCharacters(node: unknown): number {
  if (Array.isArray(node)) return node.reduce((sum: number, child) => sum + countCharacters(child), 0);
  if (node === null || typeof node !== 'object') return 0;
  let count = 0;
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'string') count += counted.has(key) ? value.length : 0;
    else count += countCharacters(value);
  }
  return count;
}

const counted = new Set(['text', 'url', 'value', 'alt_text']);
