import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ListRootsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtProgram } from '../built-program.js';
import { frebLog, rightsExport } from '../scenarios/logs.js';

// A real process on its own standard input and output, and the SDK's client.
const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'frebot-mcp-'));
const own = join(folder, 'own');
const clients: Client[] = [];

interface Started {
  client: Client;
  /** What the process said on standard error. */
  said(): string;
}

async function start(form: { roots?: string[]; env?: Record<string, string>; cwd?: string } = {}): Promise<Started> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [builtProgram, 'mcp'],
    cwd: form.cwd ?? own,
    env: { NODE_ENV: 'test', ...form.env },
    stderr: 'pipe',
  });
  let said = '';
  transport.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  const { roots } = form;
  const client = new Client({ name: 'test', version: '1' }, { capabilities: roots ? { roots: {} } : {} });
  if (roots) client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: roots.map((uri) => ({ uri })) }));
  await client.connect(transport);
  clients.push(client);
  return { client, said: () => said };
}

interface Told {
  isError?: boolean;
  content: { type: string; text?: string; uri?: string }[];
  // biome-ignore lint/suspicious/noExplicitAny: the tests name the fields they expect
  structuredContent?: any;
}

async function call(client: Client, name: string, given: object): Promise<Told & { text: string }> {
  const told = (await client.callTool({ name, arguments: { ...given } })) as unknown as Told;
  return { ...told, text: told.content[0]?.text ?? '' };
}

async function read(client: Client, uri: string): Promise<string> {
  const { contents } = await client.readResource({ uri });
  return (contents[0] as { text: string }).text;
}

let shared: Client;
beforeAll(async () => {
  mkdirSync(join(own, 'logs'), { recursive: true });
  writeFileSync(join(own, 'logs/fr000032.xml'), frebLog());
  writeFileSync(join(own, 'good.xml'), frebLog({ status: 200, works: true }));
  writeFileSync(join(own, 'ur.inf'), rightsExport());
  writeFileSync(join(folder, 'outside.xml'), frebLog());
  shared = (await start()).client;
});
afterAll(async () => {
  for (const client of clients) await client.close();
  rmSync(folder, { recursive: true });
});

describe('the tools', () => {
  it('are there, only read, and say what they return', async () => {
    const { tools } = await shared.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['diagnose', 'ask', 'explain', 'compare', 'preflight', 'collect']);
    for (const { name, annotations, outputSchema, description } of tools) {
      expect(annotations, name).toMatchObject({ readOnlyHint: true, destructiveHint: false, openWorldHint: false });
      expect(outputSchema?.type, name).toBe('object');
      expect(description?.length, name).toBeGreaterThan(40);
    }
    expect(shared.getInstructions()).toMatch(/Start with diagnose/);
  });

  it('collect gives a script for the one site, and its short text stays short', async () => {
    const { text, structuredContent } = await call(shared, 'collect', { site: "O'Brien" });
    expect(structuredContent.script).toContain("$site = 'O''Brien'");
    expect(text).toContain('Drop that zip here');
    expect(text.length).toBeLessThan(6000);
  });

  it('diagnose reads paths, and texts that the agent has, together', async () => {
    const { text, structuredContent, content } = await call(shared, 'diagnose', {
      paths: ['logs/fr000032.xml'],
      contents: [
        {
          name: 'ur.inf',
          text: Buffer.from(rightsExport())
            .toString('utf16le')
            .replace(/^\ufeff/, ''),
        },
      ],
    });
    expect(structuredContent.files.map(({ kind }: { kind: string }) => kind)).toEqual(['freb-log', 'rights-export']);
    expect(structuredContent.findings[0]).toMatchObject({
      cause: 'impersonation-right-missing',
      entry: 'frebot://causes/impersonation-right-missing',
    });
    expect(text).toMatch(/^failure {2}IIS_IUSRS is missing/);
    expect(await read(shared, structuredContent.findings[0].entry)).toMatch(/Sources\n[\s\S]*https:/);
    const uri = content[1]?.uri as string;
    expect(uri).toBe(structuredContent.details);
    expect(await read(shared, uri)).toContain('\nDetails\n');
    expect(JSON.parse(await read(shared, `${uri}/json`)).schema).toBe('frebot.diagnosis/1');
  });

  it('keeps private values out, and answers in fewer than 2,000 tokens', async () => {
    const told = await call(shared, 'diagnose', { paths: ['logs', 'good.xml', 'ur.inf'] });
    expect(told.text.length).toBeLessThan(6000);
    expect(JSON.stringify(told)).not.toMatch(/CONTOSO|\bada\b/);
    expect(told.structuredContent.withheld).toBeGreaterThan(0);
  });

  it('answer to ask, explain, compare and preflight', async () => {
    const asked = await call(shared, 'ask', { question: 'who holds SeImpersonatePrivilege by default?' });
    expect(asked.text).toContain('LOCAL SERVICE');
    expect(asked.structuredContent.sources[0].url).toMatch(/^https:/);
    expect((await call(shared, 'explain', { what: '500.19' })).structuredContent.topic).toBe('500.19');
    const compared = await call(shared, 'compare', {
      failing: { path: 'logs/fr000032.xml' },
      working: { path: 'good.xml' },
    });
    expect(compared.structuredContent.files).toHaveLength(2);
    const policy = {
      name: 'GptTmpl.inf',
      text: '[Unicode]\r\nUnicode=yes\r\n[Version]\r\nsignature="$CHICAGO$"\r\nRevision=1\r\n[Privilege Rights]\r\nSeImpersonatePrivilege = *S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6\r\n',
    };
    const pools = {
      name: 'applicationHost.config',
      text: '<configuration><system.applicationHost><applicationPools><add name="Shop"><processModel identityType="SpecificUser" userName="CONTOSO\\svc-shop" password="x"/></add></applicationPools></system.applicationHost></configuration>',
    };
    const foretold = await call(shared, 'preflight', { contents: [policy, pools] });
    expect(foretold.structuredContent.servers[0].pools[0]).toMatchObject({ pool: 'Shop', outcome: 'fails' });
  });

  it('offers every entry of the knowledge and the prompt', async () => {
    const { resources } = await shared.listResources();
    for (const kind of ['topics', 'causes', 'codes', 'statuses'])
      expect(resources.filter(({ uri }) => uri.startsWith(`frebot://${kind}/`)).length, kind).toBeGreaterThan(50);
    expect(await read(shared, 'frebot://codes/0x80070542')).toContain('ERROR_BAD_IMPERSONATION_LEVEL');
    const { messages } = await shared.getPrompt({
      name: 'diagnose-this-server',
      arguments: { symptom: '500 on /orders' },
    });
    expect(JSON.stringify(messages)).toMatch(/500 on \/orders[\s\S]*Change nothing on the server/);
  });
});

describe('what it may read', () => {
  const outside = join(folder, 'outside.xml');
  const refused = async (client: Client, path: string) => {
    const { isError, text } = await call(client, 'diagnose', { paths: [path] });
    return isError ? text : 'read';
  };

  it('the working directory, when the client declares no folders', async () => {
    expect(await refused(shared, 'good.xml')).toBe('read');
    for (const path of [outside, '../outside.xml', '/etc/passwd', join(own, '..')])
      expect(await refused(shared, path), path).toMatch(/^I may not read .+: only what is below .+FREBOT_MCP_ROOTS\.$/);
    expect(await refused(shared, 'gone.xml')).toBe('There is no file or folder gone.xml.');
  });

  it.skipIf(process.platform === 'win32')('no link leads out, neither by name nor below a folder', async () => {
    symlinkSync(outside, join(own, 'link.xml'));
    symlinkSync(folder, join(own, 'logs/up'));
    expect(await refused(shared, 'link.xml')).toMatch(/^I may not read link\.xml/);
    const { structuredContent } = await call(shared, 'diagnose', { paths: ['logs'] });
    expect(structuredContent.files).toHaveLength(1);
  });

  it('the folders that the client declares, or those of the operator, who wins', async () => {
    const { client } = await start({ roots: [pathToFileURL(folder).href], cwd: root });
    expect(await refused(client, outside)).toBe('read');
    expect(await refused(client, join(root, 'package.json'))).toMatch(/^I may not read/);
    const strict = await start({ roots: [pathToFileURL(folder).href], env: { FREBOT_MCP_ROOTS: join(own, 'logs') } });
    expect(await refused(strict.client, outside)).toMatch(/^I may not read/);
    expect(await refused(strict.client, 'fr000032.xml')).toBe('read');
  });

  it('nothing, when it was started in the root of the disk', async () => {
    const { client } = await start({ cwd: '/' });
    expect(await refused(client, outside)).toMatch(/the client declares no folders/);
  });
});

describe('bad input', () => {
  it.each([
    ['diagnose', {}, /^Name at least one path, or pass contents\.$/],
    ['diagnose', { paths: 'x.xml' }, /paths/],
    ['diagnose', { contents: [{ text: 'x'.repeat(1024 * 1024 + 1) }] }, /^A text may have 1 MB\./],
    ['ask', { question: 5 }, /question/],
    ['compare', { failing: { path: 'good.xml' }, working: {} }, /^Name at least one path/],
    ['preflight', { paths: ['good.xml'] }, /^Preflight needs a policy/],
    ['destroy', {}, /destroy/],
  ] as [string, object, RegExp][])('%s: bad arguments are an error in a sentence', async (name, given, expected) => {
    const { isError, text } = await call(shared, name, given);
    expect(isError).toBe(true);
    expect(text).toMatch(expected);
    expect(text.split('\n')).toHaveLength(1);
  });

  it('what is no evidence is an answer, and what is no message is told; the next message is answered', async () => {
    expect((await call(shared, 'diagnose', { contents: [{ text: 'buy milk' }] })).structuredContent.verdict).toBe(
      'unreadable',
    );
    const server = spawn(process.execPath, [builtProgram, 'mcp'], { cwd: own, env: { NODE_ENV: 'test' } });
    server.stdin.write('GET / HTTP/1.1\n{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
    let out = '';
    for await (const chunk of server.stdout) {
      out += chunk;
      if (out.includes('"id":1')) server.stdin.end();
    }
    const [first, second] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(first.error).toMatchObject({ code: -32700, message: expect.stringMatching(/not a JSON-RPC message/) });
    expect(second).toMatchObject({ id: 1, result: {} });
    if (server.exitCode === null) await once(server, 'exit');
    expect(server.exitCode).toBe(0);
  });
});
