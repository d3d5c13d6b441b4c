import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { McpContext } from '../context.js';
import { addCollectTool } from './collect.js';
import { addCompareTool } from './compare.js';
import { addDiagnoseTool } from './diagnose.js';
import { addPreflightTool } from './preflight.js';
import { addQuestionTools } from './questions.js';

/** Adds every tool. A tool is a file here and a line in this list. */
export function addTools(server: McpServer, context: McpContext): void {
  for (const add of [addDiagnoseTool, addQuestionTools, addCompareTool, addPreflightTool, addCollectTool])
    add(server, context);
}
