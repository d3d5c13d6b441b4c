import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import * as z from 'zod';
import type { DiagnoseReply } from '../../../src/desk/desk.js';
import { preflightJson } from '../../../src/desk/json.js';
import type { McpContext } from '../context.js';
import { titleText } from '../diagnosis-content.js';
import { evidenceSchema, toInputs } from '../evidence-input.js';
import { RefusedInput } from '../refused-input.js';
import { answerRefusals, readOnly, toolResult } from '../tool-result.js';

/** Servers and pools in structured content; the details hold all of them. */
const rows = { servers: 20, pools: 20 } as const;

const preflightShape = {
  title: z.string(),
  servers: z.array(
    z.object({
      server: z.string(),
      missing: z.array(z.string()).describe('SIDs that the list in force lacks'),
      pools: z.array(
        z.object({ pool: z.string(), account: z.string().nullable(), outcome: z.string(), already: z.boolean() }),
      ),
    }),
  ),
  moreServers: z.number().describe('Servers that are only in the details'),
  details: z.string().describe('Resource with the whole answer; add /json for the frebot.preflight/1 object'),
};

type Forecast = NonNullable<DiagnoseReply['report']['fleet']>;

export function addPreflightTool(server: McpServer, { desk, details, folders }: McpContext): void {
  const tool = {
    title: 'Preflight a policy',
    description:
      'Foretells which application pools will fail when a policy arrives. Pass the policy (GptTmpl.inf, another security template, or a GPO report) with applicationHost.config and secedit exports of the servers.',
    inputSchema: evidenceSchema,
    outputSchema: preflightShape,
    annotations: readOnly,
  };
  server.registerTool('preflight', tool, (given) =>
    answerRefusals(async () => {
      const { report, answer } = await desk.diagnose(await toInputs(given, folders));
      if (!report.fleet) throw new RefusedInput(preflightNeeds);
      const content = { title: titleText(answer), ...forecastContent(report.fleet) };
      return toolResult(answer, content, preflightJson(report.fleet, answer), details);
    }),
  );
}

const preflightNeeds =
  'Preflight needs a policy (GptTmpl.inf, another security template, or a GPO report) and, of each server, its applicationHost.config or rights export; or exports of several servers. No failing log among them.';

function forecastContent({ servers }: Forecast) {
  return {
    servers: servers.slice(0, rows.servers).map(({ server, missing, pools }) => ({
      server,
      missing,
      pools: pools
        .slice(0, rows.pools)
        .map(({ pool, account, outcome, already }) => ({ pool, account, outcome, already })),
    })),
    moreServers: Math.max(0, servers.length - rows.servers),
  };
}
