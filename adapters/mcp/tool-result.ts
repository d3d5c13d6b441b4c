import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { Answer } from '../../src/answer/answer.js';
import type { Details } from './answer-details.js';
import { RefusedInput } from './refused-input.js';
import { shortText } from './short-text.js';

/** Tools that only read: no file, setting or server is changed, and nothing leaves this machine. */
export const readOnly = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
} as const;

/**
 * Returns the result of a tool: a short text, the structured content, and a link to the details.
 * @param json what `--json` prints
 */
export function toolResult(answer: Answer, structured: object, json: object, details: Details): CallToolResult {
  const uri = `frebot://answers/${details.keep(answer, json)}`;
  return {
    content: [
      { type: 'text', text: shortText(answer) },
      { type: 'resource_link', uri, name: 'details', description: 'The whole answer', mimeType: 'text/plain' },
    ],
    structuredContent: { ...structured, details: uri },
  };
}

/** Runs a tool, and returns what it does not take as an error that the agent can read. */
export async function answerRefusals(work: () => Promise<CallToolResult>): Promise<CallToolResult> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    return { isError: true, content: [{ type: 'text', text: error.message }] };
  }
}
