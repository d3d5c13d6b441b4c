import type { TerminalDeps } from '../../adapters/terminal/index.js';
import { plainText } from '../../src/answer/answer.js';
import type { Desk } from '../../src/desk/desk.js';

/** What the executable gives to the terminal, with nothing piped in and nothing shown; `form` replaces parts of it. */
export function terminalDeps(desk: Desk, form: Partial<TerminalDeps> = {}): TerminalDeps {
  return {
    desk: () => desk,
    serve: async () => 0,
    doctor: async () => [],
    watch: async () => 0,
    mcp: async () => undefined,
    train: async () => '',
    report: async (answer) => `<html>${plainText(answer.title)}</html>`,
    cwd: '.',
    stdin: (async function* () {})(),
    piped: false,
    out: () => undefined,
    error: () => undefined,
    columns: 100,
    colours: false,
    version: '1.2.3',
    ...form,
  };
}
