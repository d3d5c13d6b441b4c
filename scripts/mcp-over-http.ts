/**
 * Serves `frebot mcp` over HTTP on loopback, for the conformance suite, which cannot speak standard input and output. Each session
 * is its own process. Prints the address. `npx tsx scripts/mcp-over-http.ts`, after a build.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

const program = join(import.meta.dirname, '../dist/src/main.js');
const sessions = new Map<string, StreamableHTTPServerTransport>();

/** Joins a new session with a new process: what one says goes to the other as it is. */
async function openSession(): Promise<StreamableHTTPServerTransport> {
  const http = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (id) => void sessions.set(id, http),
  });
  const frebot = new StdioClientTransport({ command: process.execPath, args: [program, 'mcp'] });
  http.onmessage = (message) => void frebot.send(message);
  frebot.onmessage = (message) => void http.send(message);
  http.onclose = () => void frebot.close();
  await frebot.start();
  await http.start();
  return http;
}

const server = createServer(async (request, response) => {
  const known = sessions.get(String(request.headers['mcp-session-id'] ?? ''));
  await (known ?? (await openSession())).handleRequest(request, response);
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`));
