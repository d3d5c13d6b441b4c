/**
 * Limits of one message: 50 blocks, and about 13,200 characters in all of them. The second limit is undocumented; beyond it
 * Slack answers `msg_blocks_too_long` (github.com/slackapi/bolt-js/issues/2509).
 */
export const messageBudget = { blocks: 50, characters: 13_000, modalBlocks: 100 };

/** Counts the characters in blocks as UTF-16 units: texts, addresses and button values. */
export function countCharacters(node: unknown): number {
  if (Array.isArray(node)) return node.reduce((sum: number, child) => sum + countCharacters(child), 0);
  if (node === null || typeof node !== 'object') return 0;
  let count = 0;
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'string') count += countedFields.has(key) ? value.length : 0;
    else count += countCharacters(value);
  }
  return count;
}

const countedFields = new Set(['text', 'url', 'value', 'alt_text']);
