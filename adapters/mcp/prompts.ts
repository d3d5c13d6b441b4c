import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import * as z from 'zod';

/** Adds the prompt that leads an agent from a failing site to a confirmed cause. */
export function addPrompts(server: McpServer): void {
  const about = {
    title: 'Diagnose this server',
    description: 'Finds out why a site on this IIS server fails, and how to confirm it',
    argsSchema: { symptom: z.string().max(1000).optional().describe('What users see, for example: 500 on /orders') },
  };
  server.registerPrompt('diagnose-this-server', about, ({ symptom }) => ({
    messages: [{ role: 'user', content: { type: 'text', text: promptText(symptom) } }],
  }));
}

function promptText(symptom: string | undefined): string {
  return `Find out why a site on this IIS server fails.${symptom ? ` Users see: ${symptom}` : ''}

1. Call the tool diagnose with the folder of Failed Request Tracing logs, by default C:\\inetpub\\logs\\FailedReqLogFiles. Without logs there, ask me to record one: the tool explain with "capture" says how.
2. Read the resource of each cause that it finds, and what its findings are missing.
3. Collect what is missing with the read-only commands that the answer names, and call diagnose with the log and these files together.
4. Tell me the cause, how sure it is, the proof by file and event, and the fix. Say what you could not see.

Change nothing on the server: propose the steps, and let me run them.`;
}
