import { delimiter } from 'node:path';
import * as z from 'zod';
import { type ApiToken, parseApiTokens } from './api-tokens.js';
import { createSettingReader, type Environment, type HostSettings, type SettingRows, splitList } from './settings.js';

export { ConfigError } from './settings.js';

/** Settings of the process itself, checked. Each door reads its own (`adapters/<door>/settings.ts`). */
export interface Config extends HostSettings {
  host: string;
  port: number;
  /** Off loopback the page is served only to callers that send this token. */
  pageToken?: string | undefined;
  /** Tokens of pipelines, which may post logs to `/api/diagnose`, also off loopback. */
  apiTokens: readonly ApiToken[];
  /** Milliseconds from which a request is called slow. */
  slowMs: number;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** Directory of the embedded database and of the key file; relative to the working directory. */
  dataDir: string;
  /** A folder of knowledge of the operator's own, compiled by `frebot train`; else the package's. */
  knowledgeDir: string | undefined;
  /** Address of a Postgres server, which replaces the embedded database. */
  databaseUrl?: string | undefined;
  /** 32 bytes that seal waiting messages; a key file in `dataDir` replaces them when absent. */
  key?: Buffer | undefined;
  /** Days for which answers and cases are kept. */
  retentionDays: number;
  /** Folders below which an agent may let files be read; else those that its client declares, or the working directory. */
  mcpRoots?: string[] | undefined;
  /** Folders that are watched for new logs beside the doors. */
  watch: readonly string[];
  /** Where a watcher posts. */
  watchTo: readonly string[];
  /** Causes that a watcher counts and does not post. */
  watchMute: readonly string[];
  /** Files that a scheduled task writes for a watcher: an export of the rights, a report of gpresult. */
  watchRights: readonly string[];
  /** `applicationHost.config`, for a watcher. */
  watchConfig?: string | undefined;
  /** Address of a central Frebot that a watcher reports to, and the watcher's token there. */
  reportTo?: string | undefined;
  reportToken?: string | undefined;
  /** File of the audit trail; without it no trail is written. */
  auditFile?: string | undefined;
}

const text = z.string();

/** A list of paths, as the system separates them. */
const folderList = {
  schema: text.transform((value) => value.split(delimiter).filter(Boolean)),
  wrong: 'is not a list of folders',
};

export const serviceSettingRows = {
  FREBOT_HOST: {
    schema: text.regex(/^[\w.:[\]-]+$/),
    wrong: 'is not an address to listen on',
    example: '127.0.0.1',
    default: '127.0.0.1',
  },
  FREBOT_PORT: {
    schema: z.coerce.number<string>().int().min(1).max(65535),
    wrong: 'is not a port',
    example: '3978',
    default: '3978',
  },
  FREBOT_PAGE_TOKEN: {
    schema: text.min(16),
    wrong: 'is shorter than 16 characters',
    example: 'the output of: openssl rand -hex 24',
  },
  FREBOT_API_TOKENS: {
    schema: text.regex(/^[\w.-]{1,40}:[0-9a-f]{64}([\s,]+[\w.-]{1,40}:[0-9a-f]{64})*$/i).transform(parseApiTokens),
    wrong: 'is not a list of names and hashes, as frebot token prints them',
    example: `ci:${'0'.repeat(64)}`,
  },
  FREBOT_PUBLIC_URL: {
    schema: text
      .regex(/^https:\/\/[^\s?#@]+$/)
      .refine((value) => URL.canParse(value))
      .transform((value) => value.replace(/\/+$/, '')),
    wrong: 'is not an https address',
    example: 'https://frebot.example.org',
  },
  FREBOT_SLOW_MS: {
    schema: z.coerce.number<string>().int().min(100),
    wrong: 'is not a number of milliseconds of at least 100',
    example: '3000',
    default: '3000',
  },
  FREBOT_DATA: { schema: text.min(1), wrong: 'is not a directory', example: '/var/lib/frebot', default: '.frebot' },
  FREBOT_KNOWLEDGE: { schema: text.min(1), wrong: 'is not a directory', example: '/etc/frebot/knowledge' },
  DATABASE_URL: {
    schema: text.regex(/^postgres(ql)?:\/\/[^\s/]+/),
    wrong: 'is not the address of a Postgres database',
    example: 'postgres://frebot:secret@db.example.com/frebot',
  },
  FREBOT_KEY: {
    schema: text.regex(/^[0-9a-f]{64}$/i),
    wrong: 'is not a key of 64 hexadecimal digits',
    example: 'the output of: openssl rand -hex 32',
  },
  FREBOT_RETENTION_DAYS: {
    schema: z.coerce.number<string>().int().min(1).max(3650),
    wrong: 'is not a number of days from 1 to 3650',
    example: '30',
    default: '30',
  },
  FREBOT_AUDIT: { schema: text.min(1), wrong: 'is not a path', example: '/var/log/frebot/audit.ndjson' },
  FREBOT_MCP_ROOTS: {
    ...folderList,
    example: ['C:\\inetpub\\logs', 'D:\\evidence'].join(delimiter),
  },
  FREBOT_WATCH: {
    ...folderList,
    example: ['C:\\inetpub\\logs\\FailedReqLogFiles', '\\\\web04\\freb'].join(delimiter),
  },
  FREBOT_WATCH_TO: {
    schema: text.transform(splitList),
    wrong: 'is not a list of places',
    example: 'json',
    default: 'stdout',
  },
  FREBOT_WATCH_MUTE: {
    schema: text.transform(splitList),
    wrong: 'is not a list of causes',
    example: 'file-not-found,client-disconnected',
  },
  FREBOT_WATCH_RIGHTS: { ...folderList, wrong: 'is not a list of files', example: 'C:\\frebot\\rights.inf' },
  FREBOT_WATCH_CONFIG: {
    schema: text.min(1),
    wrong: 'is not a path',
    example: 'C:\\Windows\\System32\\inetsrv\\config\\applicationHost.config',
  },
  FREBOT_REPORT_TO: { schema: text.min(1), wrong: 'is not an address', example: 'https://frebot.example.org' },
  FREBOT_REPORT_TOKEN: {
    schema: text.min(16),
    wrong: 'is shorter than 16 characters',
    example: 'what frebot token <name> prints where the central Frebot runs',
  },
  FREBOT_LOG_LEVEL: {
    schema: z.enum(['debug', 'info', 'warn', 'error']),
    wrong: 'is not a log level',
    example: 'info',
    default: 'info',
  },
} satisfies SettingRows;

/** Reads the settings of the process from `env`. Empty variables count as not set. Throws ConfigError at the first mistake. */
export function readConfig(env: Environment): Config {
  const get = createSettingReader(serviceSettingRows, env);
  const host = get('FREBOT_HOST');
  const key = get('FREBOT_KEY');
  return {
    host,
    loopback: isLoopback(host),
    port: get('FREBOT_PORT'),
    pageToken: get('FREBOT_PAGE_TOKEN'),
    apiTokens: get('FREBOT_API_TOKENS') ?? [],
    publicUrl: get('FREBOT_PUBLIC_URL'),
    slowMs: get('FREBOT_SLOW_MS'),
    logLevel: get('FREBOT_LOG_LEVEL'),
    dataDir: get('FREBOT_DATA'),
    knowledgeDir: get('FREBOT_KNOWLEDGE'),
    databaseUrl: get('DATABASE_URL'),
    key: key ? Buffer.from(key, 'hex') : undefined,
    retentionDays: get('FREBOT_RETENTION_DAYS'),
    auditFile: get('FREBOT_AUDIT'),
    mcpRoots: get('FREBOT_MCP_ROOTS'),
    watch: get('FREBOT_WATCH') ?? [],
    watchTo: get('FREBOT_WATCH_TO'),
    watchMute: get('FREBOT_WATCH_MUTE') ?? [],
    watchRights: get('FREBOT_WATCH_RIGHTS') ?? [],
    watchConfig: get('FREBOT_WATCH_CONFIG'),
    reportTo: get('FREBOT_REPORT_TO'),
    reportToken: get('FREBOT_REPORT_TOKEN'),
  };
}

/** True for addresses only this machine can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}
