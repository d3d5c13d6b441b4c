import type { TerminalCommand } from '../command.js';
import { askCommand } from './ask.js';
import { collectCommand } from './collect.js';
import { compareCommand } from './compare.js';
import { completionCommand } from './completion.js';
import { deskCommands } from './desk-commands.js';
import { diagnoseCommand } from './diagnose.js';
import { doctorCommand } from './doctor.js';
import { helpCommand } from './help.js';
import { mcpCommand } from './mcp.js';
import { preflightCommand } from './preflight.js';
import { serveCommand } from './serve.js';
import { tokenCommand } from './token.js';
import { trainCommand } from './train.js';
import { watchCommand } from './watch.js';

/** Every command of the terminal, in the order of the help. A command is a file here and an entry in this table. */
export const terminalCommands: readonly TerminalCommand[] = [
  diagnoseCommand,
  askCommand,
  compareCommand,
  preflightCommand,
  collectCommand,
  ...deskCommands,
  doctorCommand,
  serveCommand,
  watchCommand,
  mcpCommand,
  tokenCommand,
  trainCommand,
  completionCommand,
  helpCommand,
];
