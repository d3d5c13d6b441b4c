/** Bounds on a card: people and monitoring tools write them. */
const mostCharacters = 100_000;
const deepest = 16;

/** Fields of a card that people read, in Adaptive Cards and in the older cards of connectors. */
const readFields = new Set([
  'title',
  'subtitle',
  'text',
  'summary',
  'name',
  'value',
  'activityTitle',
  'activitySubtitle',
  'activityText',
  'codeSnippet',
]);
/** Fields that hold parts of a card. Buttons have no words of their own. */
const partFields = new Set([
  'body',
  'items',
  'columns',
  'rows',
  'cells',
  'facts',
  'inlines',
  'sections',
  'card',
  'content',
]);

/** Returns the words of a card, a line for each piece. The content of an attachment is an object, or JSON in a string. */
export function readCardWords(content: unknown): string {
  return wordsOf(typeof content === 'string' ? parseCard(content) : content, 0)
    .join('\n')
    .slice(0, mostCharacters);
}

function wordsOf(node: unknown, depth: number): string[] {
  if (depth > deepest || node === null || typeof node !== 'object') return [];
  if (Array.isArray(node)) return node.flatMap((one) => (typeof one === 'string' ? [one] : wordsOf(one, depth + 1)));
  const entries = Object.entries(node as Record<string, unknown>);
  const own = entries.flatMap(([name, value]) =>
    readFields.has(name) && typeof value === 'string' && value.trim() !== '' ? [value] : [],
  );
  const isFact = entries.length <= 3 && own.length === 2 && entries.some(([name]) => name === 'value');
  const parts = entries.flatMap(([name, value]) => (partFields.has(name) ? wordsOf(value, depth + 1) : []));
  return [...(isFact ? [own.join(': ')] : own), ...parts];
}

function parseCard(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
