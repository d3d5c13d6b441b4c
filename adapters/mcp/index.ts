import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Desk } from '../../src/desk/desk.js';
import { Details } from './answer-details.js';
import { addPrompts } from './prompts.js';
import { ReadableFolders } from './readable-folders.js';
import { addResources } from './resources.js';
import { addTools } from './tools/index.js';

export interface McpDeps {
  desk: Desk;
  version: string;
  /** Folders that the operator allows; empty when the client's folders count. */
  roots: readonly string[];
  cwd: string;
}

const instructions =
  'Frebot says why a site on IIS fails, from its evidence: Failed Request Tracing logs first of all. Start with diagnose. What it cannot prove it says, and names the file that would prove it. People, addresses, query values and secrets are withheld. It only reads.';

/** Returns the server with its tools, resources and prompt, for one connection. */
export function createMcpServer({ desk, version, roots, cwd }: McpDeps): McpServer {
  const server = new McpServer({ name: 'frebot', title: 'Frebot', version }, { instructions });
  const folders = new ReadableFolders(roots, cwd, () => listClientFolders(server));
  const context = { desk, folders, details: new Details() };
  addTools(server, context);
  addResources(server, context);
  addPrompts(server);
  return server;
}

/** Returns the folders that the client declares; none when it declares none or does not answer. */
async function listClientFolders({ server }: McpServer): Promise<string[]> {
  if (!server.getClientCapabilities()?.roots) return [];
  const { roots } = await server.listRoots().catch(() => ({ roots: [] }));
  return roots.flatMap(({ uri }) => {
    try {
      return [fileURLToPath(uri)];
    } catch {
      // It is not a file of this machine.
      return [];
    }
  });
}

/** Bytes of one message: twenty texts of 1 MB, each byte of which may be escaped. */
const messageBytes = 48 * 1024 * 1024;

const notReadable = 'This is not a JSON-RPC message: MCP over stdio is one JSON object a line.';

/**
 * Serves one client over standard input and output until it goes away.
 * @param report called with one sentence for each message that cannot be read
 */
export async function serveMcp(deps: McpDeps, report: (sentence: string) => void): Promise<void> {
  const server = createMcpServer(deps);
  const transport = new StdioServerTransport(process.stdin, process.stdout, { maxBufferSize: messageBytes });
  const closed = new Promise<void>((done) => {
    server.server.onclose = done;
  });
  server.server.onerror = (error) => {
    if (error instanceof SyntaxError || error.name === 'ZodError') {
      report(notReadable);
      // A message that cannot be read has no id to answer to.
      void transport.send({ jsonrpc: '2.0', error: { code: -32700, message: notReadable } });
    } else report(error.message);
  };
  await server.connect(transport);
  await Promise.race([closed, once(process.stdin, 'end')]);
  await server.close();
}
