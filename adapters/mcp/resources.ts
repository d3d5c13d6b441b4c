import { type McpServer, ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js';
import { renderText } from '../../src/answer/text.js';
import type { EntryKind } from '../../src/desk/entries.js';
import type { McpContext } from './context.js';
import { RefusedInput } from './refused-input.js';

/** The folder of each kind of entry in an address: `frebot://causes/slow-client`. */
const folders: Record<EntryKind, string> = { topic: 'topics', cause: 'causes', code: 'codes', status: 'statuses' };

/** Adds every entry of the knowledge, with its sources, and the details of the last answers. */
export function addResources(server: McpServer, { desk, details }: McpContext): void {
  const entries = desk.entries();
  for (const [kind, folder] of Object.entries(folders) as [EntryKind, string][]) {
    const own = entries.filter((entry) => entry.kind === kind);
    const uriOf = (id: string) => `frebot://${folder}/${encodeURIComponent(id)}`;
    const template = new ResourceTemplate(`frebot://${folder}/{id}`, {
      list: async () => ({
        resources: own.map(({ id, title }) => ({ uri: uriOf(id), name: id, title, mimeType: 'text/plain' })),
      }),
      complete: { id: (typed) => own.map(({ id }) => id).filter((id) => id.startsWith(typed)) },
    });
    const about = { title: `What Frebot knows: ${folder}`, mimeType: 'text/plain' };
    server.registerResource(folder, template, about, async (uri, { id }) => {
      const answer = desk.explain(kind, decodeURIComponent(String(id)));
      if (!answer) throw new RefusedInput(`There is no ${kind} ${uri.href}.`);
      return { contents: [{ uri: uri.href, mimeType: 'text/plain', text: renderText(answer, { columns: 120 }) }] };
    });
  }
  addDetails(server, { details });
}

function addDetails(server: McpServer, { details }: Pick<McpContext, 'details'>): void {
  const find = (id: unknown) => {
    const found = details.find(String(id));
    if (!found) throw new RefusedInput('I no longer have this answer: I keep the last ten of a connection.');
    return found;
  };
  const list = async () => ({
    resources: details
      .ids()
      .map((id) => ({ uri: `frebot://answers/${id}`, name: `answer ${id}`, mimeType: 'text/plain' })),
  });
  const text = new ResourceTemplate('frebot://answers/{id}', { list });
  server.registerResource('answers', text, { title: 'Whole answers' }, async (uri, { id }) => ({
    contents: [{ uri: uri.href, mimeType: 'text/plain', text: find(id).text }],
  }));
  const json = new ResourceTemplate('frebot://answers/{id}/json', { list: undefined });
  server.registerResource('answers-json', json, { title: 'Whole answers, as JSON' }, async (uri, { id }) => ({
    contents: [{ uri: uri.href, mimeType: 'application/json', text: JSON.stringify(find(id).json) }],
  }));
}
