import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import * as z from 'zod';
import type { IntakeInput } from '../../../src/desk/desk.js';
import type { McpContext } from '../context.js';
import { diagnosisResult, diagnosisShape } from '../diagnosis-content.js';
import { contentSchema, toInputs } from '../evidence-input.js';
import { answerRefusals, readOnly } from '../tool-result.js';

const side = z.object({
  path: z.string().min(1).max(4096).optional().describe('The log on this machine'),
  content: contentSchema.optional().describe('Its text, instead of a path'),
});

export function addCompareTool(server: McpServer, { desk, details, folders }: McpContext): void {
  const tool = {
    title: 'Compare two FREB logs',
    description: 'Finds the first event where a failing and a working FREB log of the same request part.',
    inputSchema: { failing: side, working: side },
    outputSchema: diagnosisShape,
    annotations: readOnly,
  };
  const readSide = async ({ path, content }: z.output<typeof side>): Promise<IntakeInput> => {
    const [input] = await toInputs(
      { paths: path === undefined ? [] : [path], contents: content && [content] },
      folders,
    );
    return input as IntakeInput;
  };
  server.registerTool('compare', tool, ({ failing, working }) =>
    answerRefusals(async () => {
      const reply = await desk.compare(await readSide(failing), await readSide(working));
      return diagnosisResult(reply, details);
    }),
  );
}
