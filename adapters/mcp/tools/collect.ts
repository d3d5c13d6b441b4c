import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import * as z from 'zod';
import { answerJson } from '../../../src/desk/json.js';
import type { McpContext } from '../context.js';
import { titleText } from '../diagnosis-content.js';
import { readOnly, toolResult } from '../tool-result.js';

/** Adds `collect`: the script that collects evidence on a server. The agent shows it; nothing is run. */
export function addCollectTool(server: McpServer, { desk, details }: McpContext): void {
  const collecting = {
    title: 'Get the script that collects evidence',
    description:
      'Returns one read-only PowerShell script for the web server. It packs FREB logs, the rights list, policies, configuration by a list of attributes, log lines and events into one zip, with secrets blanked. Show it to the administrator; pass the path of the zip to diagnose.',
    inputSchema: { site: z.string().max(64).optional().describe('The one site to collect from; all sites without it') },
    outputSchema: {
      title: z.string(),
      script: z.string(),
      details: z.string().describe('Resource with the whole answer'),
    },
    annotations: readOnly,
  };
  server.registerTool('collect', collecting, async ({ site = '' }) => {
    const json = answerJson(await desk.command(`collect ${site}`.trim()));
    const { answer } = json;
    const part = answer.parts.find(({ id }) => id === 'script');
    const script = part?.kind === 'command' ? part.command : '';
    return toolResult(answer, { title: titleText(answer), script }, json, details);
  });
}
