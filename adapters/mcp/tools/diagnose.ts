import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { McpContext } from '../context.js';
import { diagnosisResult, diagnosisShape } from '../diagnosis-content.js';
import { evidenceSchema, toInputs } from '../evidence-input.js';
import { answerRefusals, readOnly } from '../tool-result.js';

export function addDiagnoseTool(server: McpServer, { desk, details, folders }: McpContext): void {
  const tool = {
    title: 'Diagnose IIS evidence',
    description:
      'Says why requests on IIS failed or were slow, with proof and fix. Reads Failed Request Tracing (FREB) logs, error pages, W3C and HTTPERR logs, Windows events, applicationHost.config and web.config, rights exports (secedit), gpresult, whoami /all, and outputs of commands. Everything in one call is judged together, so pass what belongs to one failure at once.',
    inputSchema: evidenceSchema,
    outputSchema: diagnosisShape,
    annotations: readOnly,
  };
  server.registerTool('diagnose', tool, (given) =>
    answerRefusals(async () => {
      const reply = await desk.diagnose(await toInputs(given, folders));
      return diagnosisResult(reply, details);
    }),
  );
}
