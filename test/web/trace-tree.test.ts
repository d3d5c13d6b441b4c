import { describe, expect, it } from 'vitest';
import { noFilter, showLines, type TraceFilter } from '../../adapters/web/page/trace/trace-filter.js';
import { TraceTree } from '../../adapters/web/page/trace/trace-tree.js';
import { moveInTree, type TreeState } from '../../adapters/web/page/trace/tree-keys.js';
import { buildTraceView } from '../../src/evidence/freb/view/build-view.js';
import { FrebLog, impersonation } from '../generator/index.js';

const treeOf = (log: FrebLog) => new TraceTree(buildTraceView('fr000001.xml', log.bytes())!);

/** The tree as a person sees it: one line for each node, indented. */
function drawn(tree: TraceTree, lines = tree.nodes.map((_, place) => place)): string[] {
  return lines.map((place) => {
    const { event, stage, depth } = tree.nodes[place]!;
    return `${'  '.repeat(depth)}${event === 0 ? `[${stage}]` : `${event} ${tree.name(event)}`}`;
  });
}

function twoStages(): FrebLog {
  const log = new FrebLog();
  log.event('GENERAL_REQUEST_START', { RequestURL: '/a' });
  log.module('Kerberos', 'AUTHENTICATE_REQUEST', () => log.event('AUTH_START').wait(31).event('AUTH_END'));
  log.module('Anonymous', 'AUTHENTICATE_REQUEST');
  log.error({ module: 'IIS Web Core', stage: 'AUTHENTICATE_REQUEST', status: 500, code: 5 });
  log.module('Handler', 'EXECUTE_REQUEST_HANDLER', () => log.module('Logger', 'SEND_RESPONSE'));
  return log;
}

describe('the tree of a trace', () => {
  it('puts events under their stage, and steps under the step around them', () => {
    expect(drawn(treeOf(twoStages()))).toEqual([
      '1 GENERAL_REQUEST_START',
      '[AUTHENTICATE_REQUEST]',
      '  2 NOTIFY_MODULE_START',
      '    3 AUTH_START',
      '      4 AUTH_END',
      '    5 NOTIFY_MODULE_END',
      '  6 NOTIFY_MODULE_START',
      '    7 NOTIFY_MODULE_END',
      '  8 MODULE_SET_RESPONSE_ERROR_STATUS',
      '[EXECUTE_REQUEST_HANDLER]',
      '  9 NOTIFY_MODULE_START',
      '    [SEND_RESPONSE]',
      '      10 NOTIFY_MODULE_START',
      '        11 NOTIFY_MODULE_END',
      '    12 NOTIFY_MODULE_END',
    ]);
  });

  it('says what an event says, its code first', () => {
    const tree = treeOf(impersonation());
    const [decisive] = tree.view.decisive as [number];
    expect(tree.summary(decisive)).toMatch(/^ErrorCode 0x80070542/);
    expect(tree.isProblem(decisive)).toBe(true);
    expect(tree.module(4)).toBe('IsapiFilterModule');
    expect(tree.module(6), 'of the step around it').toBe('IsapiFilterModule');
  });

  it('knows the turns of modules that say nothing', () => {
    const tree = treeOf(twoStages());
    const routine = tree.nodes.filter((node) => tree.isRoutine(node)).map(({ event }) => event);
    expect(routine).toEqual([3, 6, 10]);
  });
});

describe('a filter', () => {
  const tree = treeOf(twoStages());
  const shown = (filter: Partial<TraceFilter>) => {
    const { lines, fitting } = showLines(tree, { ...noFilter, ...filter }, new Set());
    return [fitting, ...drawn(tree, lines).map((line) => line.trim())];
  };

  it.each<[string, Partial<TraceFilter>, unknown[]]>([
    ['warnings and errors', { problems: true }, [1, '[AUTHENTICATE_REQUEST]', '8 MODULE_SET_RESPONSE_ERROR_STATUS']],
    ['a search in fields', { text: '0x80070005' }, [1, '[AUTHENTICATE_REQUEST]', '8 MODULE_SET_RESPONSE_ERROR_STATUS']],
    [
      'an area',
      { area: 'Authentication' },
      [2, '[AUTHENTICATE_REQUEST]', '2 NOTIFY_MODULE_START', '3 AUTH_START', '4 AUTH_END'],
    ],
    [
      'slower than',
      { slowerMs: 20, module: 'Kerberos' },
      [2, '[AUTHENTICATE_REQUEST]', '2 NOTIFY_MODULE_START', '3 AUTH_START'],
    ],
    [
      'a stage',
      { stage: 'SEND_RESPONSE', text: 'start' },
      [1, '[EXECUTE_REQUEST_HANDLER]', '9 NOTIFY_MODULE_START', '[SEND_RESPONSE]', '10 NOTIFY_MODULE_START'],
    ],
    ['nothing', { text: 'no such word' }, [0]],
  ])('shows the lines that fit, below their stages: %s', (_, filter, expected) => {
    expect(shown(filter)).toEqual(expected);
  });

  it('absent: closed lines hide what is below them', () => {
    const { lines, fitting } = showLines(tree, noFilter, new Set([1]));
    expect(drawn(tree, lines).slice(0, 3)).toEqual([
      '1 GENERAL_REQUEST_START',
      '[AUTHENTICATE_REQUEST]',
      '[EXECUTE_REQUEST_HANDLER]',
    ]);
    expect(fitting).toBe(12);
  });
});

describe('the keys of the tree', () => {
  const tree = treeOf(twoStages());
  const state = (selected: number, closed: number[] = []): TreeState => ({
    nodes: tree.nodes,
    lines: showLines(tree, noFilter, new Set(closed)).lines,
    selected,
    page: 5,
    isOpen: (place) => !closed.includes(place),
  });

  it.each<[string, TreeState, object | undefined]>([
    ['ArrowDown', state(0), { to: 1 }],
    ['ArrowUp', state(0), { to: 0 }],
    ['PageDown', state(1), { to: 6 }],
    ['End', state(1), { to: 14 }],
    ['ArrowRight', state(1, [1]), { open: true }],
    ['ArrowRight', state(1), { to: 2 }],
    ['ArrowLeft', state(1), { open: false }],
    ['ArrowLeft', state(4), { to: 3 }],
    ['Enter', state(1), { open: false }],
    ['a', state(1), undefined],
  ])('do what they do in every tree: %s', (key, from, move) => {
    expect(moveInTree(key, from)).toEqual(move);
  });
});
