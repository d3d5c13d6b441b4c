import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import * as z from 'zod';
import { answerJson } from '../../../src/desk/json.js';
import type { McpContext } from '../context.js';
import { titleText } from '../diagnosis-content.js';
import { readOnly, toolResult } from '../tool-result.js';

/** The structured content of tools that answer from the knowledge. */
const answerShape = {
  intent: z.string().describe('unknown: outside what Frebot knows; choice: one of the choices may be meant'),
  topic: z.string().nullable(),
  score: z.number().describe('0 to 1'),
  title: z.string(),
  choices: z
    .array(z.object({ id: z.string(), title: z.string(), heading: z.string().optional(), says: z.string() }))
    .describe('Pass an id to explain'),
  sources: z.array(z.object({ title: z.string(), url: z.string().optional() })),
  details: z.string().describe('Resource with the whole answer'),
};

const question = z.string().min(1).max(4096);

/** Adds `ask` and `explain`. */
export function addQuestionTools(server: McpServer, { desk, details }: McpContext): void {
  const reply = async (line: string) => {
    const json = answerJson(await desk.command(line));
    const { intent, topic, score, choices = [], answer } = json;
    const sources = answer.sources.map(({ title, url }) => ({ title, url }));
    const content = { intent, topic, score, title: titleText(answer), choices, sources };
    return toolResult(answer, content, json, details);
  };
  const asking = {
    title: 'Ask about IIS failures',
    description:
      'Answers one question about IIS statuses, Windows codes, FREB, user rights such as SeImpersonatePrivilege, application pools and Group Policy, from a reviewed knowledge base with sources. It never guesses: what it does not know it says.',
    inputSchema: { question: question.describe('One question in plain words') },
    outputSchema: answerShape,
    annotations: readOnly,
  };
  server.registerTool('ask', asking, (given) => reply(given.question));

  const explaining = {
    title: 'Explain a code, status, right or cause',
    description:
      'Explains one thing by its name: 500.19, 0x80070542, SeImpersonatePrivilege, IIS_IUSRS, S-1-5-32-568, an API function, or a cause such as impersonation-right-missing.',
    inputSchema: { what: question.describe('The code, status, right, account, SID, function or cause') },
    outputSchema: answerShape,
    annotations: readOnly,
  };
  server.registerTool('explain', explaining, (given) => reply(`explain ${given.what}`));
}
