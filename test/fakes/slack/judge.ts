// Slack's verdict on blocks, as far as documented (docs.slack.dev/reference/block-kit) or reported by many.

interface Node {
  type?: string;
  [key: string]: unknown;
}

/** `private` is what one person sees: ephemeral messages, acknowledgements, response URLs. */
export type Surface = 'message' | 'private' | 'modal' | 'home';

const limits: Record<Surface, number> = { message: 50, private: 50, modal: 100, home: 100 };

/** The blocks with rules in this fake. Any other is refused, so that a new one gets its rule first. */
const known = new Set(['header', 'section', 'rich_text', 'context', 'actions', 'divider', 'table', 'input']);

/** @returns Slack's error code and a hint, or undefined when the blocks are in order */
export function judge(blocks: unknown, surface: Surface): { error: string; hint: string } | undefined {
  if (!Array.isArray(blocks)) return invalid('blocks is not a list');
  if (blocks.length > limits[surface]) return invalid(`${blocks.length} blocks`);
  const tables = blocks.filter((block: Node) => block.type === 'table').length;
  if (tables > 1) return { error: 'invalid_attachments', hint: 'only_one_table_allowed' };
  if (tables > 0 && surface !== 'message') return invalid('a table outside a message');
  const ids = new Set<string>();
  for (const [at, block] of (blocks as Node[]).entries()) {
    if (block.type === 'input' && surface !== 'modal') return invalid('an input outside a modal');
    const wrong = judgeBlock(block, ids);
    if (wrong) return invalid(`block ${at} (${block.type}): ${wrong}`);
  }
  if ((surface === 'message' || surface === 'private') && written(blocks) > 13_200) {
    return { error: 'msg_blocks_too_long', hint: `${written(blocks)} characters` };
  }
  return undefined;
}

const invalid = (hint: string) => ({ error: 'invalid_blocks', hint });

/** Returns all text of the blocks; Slack counts it over the whole message. */
export function written(node: unknown): number {
  if (Array.isArray(node)) return node.reduce((sum: number, child) => sum + written(child), 0);
  if (node === null || typeof node !== 'object') return 0;
  return Object.entries(node).reduce((sum, [key, value]) => {
    if (typeof value === 'string') return key === 'text' || key === 'url' ? sum + value.length : sum;
    return sum + written(value);
  }, 0);
}

function judgeBlock(block: Node, ids: Set<string>): string | undefined {
  if (!known.has(String(block.type))) return 'unsupported type';
  switch (block.type) {
    case 'header':
      return judgeText(block.text, 150, ['plain_text']);
    case 'section':
      return judgeText(block.text, 3000, ['plain_text', 'mrkdwn']);
    case 'context': {
      const elements = list(block.elements, 10);
      if (typeof elements === 'string') return elements;
      return firstWrong(elements, (element) => judgeText(element, 3000, ['plain_text', 'mrkdwn']));
    }
    case 'actions': {
      const elements = list(block.elements, 25);
      if (typeof elements === 'string') return elements;
      return firstWrong(elements, (element) => judgeAction(element, ids));
    }
    case 'table':
      return judgeTable(block);
    case 'input':
      return judgeInput(block);
    case 'rich_text': {
      const elements = list(block.elements, Number.POSITIVE_INFINITY);
      if (typeof elements === 'string') return elements;
      return firstWrong(elements, judgeStretch);
    }
    default:
      return undefined;
  }
}

function judgeStretch(stretch: Node): string | undefined {
  const children = list(stretch.elements, Number.POSITIVE_INFINITY);
  if (typeof children === 'string') return `${stretch.type}: ${children}`;
  switch (stretch.type) {
    case 'rich_text_list':
      if (stretch.style !== 'ordered' && stretch.style !== 'bullet') return 'list style';
      return firstWrong(children, (child) => (child.type === 'rich_text_section' ? judgeStretch(child) : 'list item'));
    case 'rich_text_preformatted':
      return firstWrong(children, (child) =>
        child.type === 'text' || child.type === 'link' ? judgeElement(child) : 'in preformatted',
      );
    case 'rich_text_section':
    case 'rich_text_quote':
      return firstWrong(children, judgeElement);
    default:
      return `unknown stretch ${stretch.type}`;
  }
}

function judgeElement(element: Node): string | undefined {
  if (element.type === 'text') return nonEmpty(element.text);
  if (element.type === 'channel') return nonEmpty(element.channel_id);
  if (element.type === 'user') return /^[UW][A-Z0-9]+$/.test(String(element.user_id)) ? undefined : 'user_id';
  if (element.type === 'emoji') return nonEmpty(element.name);
  if (element.type === 'link') {
    if (typeof element.url !== 'string' || !/^https?:\/\//.test(element.url)) return 'link without a web address';
    return element.url.length > 3000 ? 'url too long' : undefined;
  }
  return `element ${element.type}`;
}

function judgeAction(element: Node, ids: Set<string>): string | undefined {
  if (element.type !== 'button' && element.type !== 'overflow') return `element ${element.type}`;
  const id = String(element.action_id ?? '');
  if (id === '' || id.length > 255) return 'action_id';
  if (ids.has(id)) return `action_id ${id} twice`;
  ids.add(id);
  if (element.type === 'overflow') return judgeOptions(element.options);
  if (typeof element.value === 'string' && element.value.length > 2000) return 'value too long';
  return judgeText(element.text, 75, ['plain_text']);
}

/** A menu has at most five entries. Whether Slack accepts one of a single entry is not documented, so this fake does not. */
function judgeOptions(options: unknown): string | undefined {
  const entries = list(options, 5);
  if (typeof entries === 'string') return entries;
  if (entries.length < 2) return 'a menu of one entry';
  return firstWrong(entries, ({ text, value }) =>
    typeof value !== 'string' || value.length > 150 ? 'value of an entry' : judgeText(text, 75, ['plain_text']),
  );
}

function judgeInput(block: Node): string | undefined {
  const element = block.element as Node | undefined;
  const hint = block.hint ? judgeText(block.hint, 2000, ['plain_text']) : undefined;
  if (hint) return hint;
  if (element?.type === 'file_input' && !(Number(element.max_files ?? 10) <= 10)) return 'max_files';
  if (element?.type === 'plain_text_input' && !(Number(element.max_length ?? 3000) <= 3000)) return 'max_length';
  if (element?.type !== 'file_input' && element?.type !== 'plain_text_input') return `input ${element?.type}`;
  return judgeText(block.label, 2000, ['plain_text']);
}

function judgeTable(block: Node): string | undefined {
  const rows = block.rows as Node[][];
  if (!Array.isArray(rows) || rows.length === 0 || rows.length > 100) return 'rows';
  for (const row of rows) {
    if (!Array.isArray(row) || row.length === 0 || row.length > 20) return 'columns';
    for (const cell of row) {
      const wrong =
        cell.type === 'raw_text'
          ? nonEmpty(cell.text)
          : cell.type === 'rich_text'
            ? judgeBlock(cell, new Set())
            : 'cell';
      if (wrong) return wrong;
    }
  }
  return written(rows) > 10_000 ? 'table too long' : undefined;
}

function judgeText(text: unknown, longest: number, types: string[]): string | undefined {
  const node = text as Node | undefined;
  if (!node || !types.includes(String(node.type))) return 'text object';
  return nonEmpty(node.text) ?? (String(node.text).length > longest ? `text longer than ${longest}` : undefined);
}

const nonEmpty = (text: unknown) => (typeof text === 'string' && text.length > 0 ? undefined : 'empty text');

function list(value: unknown, most: number): Node[] | string {
  if (!Array.isArray(value) || value.length === 0) return 'no elements';
  return value.length > most ? 'too many elements' : (value as Node[]);
}

function firstWrong(nodes: Node[], check: (node: Node) => string | undefined): string | undefined {
  for (const node of nodes) {
    const wrong = check(node);
    if (wrong) return wrong;
  }
  return undefined;
}
