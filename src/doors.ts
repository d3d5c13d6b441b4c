import type { Express } from 'express';
import { readSlackSettings, slackSettingRows, transportKind } from '../adapters/slack/settings.js';
import { teamsSettingRows } from '../adapters/teams/setting-rows.js';
import { readTeamsSettings } from '../adapters/teams/settings.js';
import type { Answer } from './answer/answer.js';
import type { Desk } from './desk/desk.js';
import type { Check, Door } from './desk/ports/door.js';
import type { Clock, Vault } from './desk/ports/environment.js';
import type { DoorName } from './desk/ports/message.js';
import type { Logger } from './service/log.js';
import { loadPart } from './service/optional-parts.js';
import type { Environment, HostSettings, SettingRows } from './service/settings.js';

/** What the process hands to each chat door. */
interface DoorDeps {
  desk: Desk;
  vault: Vault;
  /** The operator's log, with the door's name on each line. */
  log: Logger;
  clock: Clock;
  /** Makes the self-contained HTML report of an answer. */
  report(answer: Answer): string;
  /** Called for each request that the door turns away; without it the log is written. */
  refused?: ((status: number, reason: string) => void) | undefined;
}

/** A door that runs. */
export interface OpenDoor {
  door: Door;
  mount?(app: Express): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A door whose settings were read. */
export interface ConfiguredDoor {
  name: DoorName;
  /** For the start-up text: where or how the door is open. */
  state: string;
  /** Loads the packages of the platform, which costs 0.3 s and 50 MB for botbuilder alone. */
  open(deps: DoorDeps): Promise<OpenDoor>;
}

/** A chat door that Frebot can open. */
export interface DoorEntry {
  name: DoorName;
  title: string;
  settings: SettingRows;
  /** Where the operator reads how to open it. */
  guide: string;
  /** Examples of a channel or chat as FREBOT_WATCH_TO names it; a door without them takes no posts of watchers. */
  placeExample?: string;
  /** Returns undefined when the door stays closed. Throws OperatorError when its settings cannot work. */
  configure(env: Environment, host: HostSettings): ConfiguredDoor | undefined;
}

interface DoorSpec<S> extends Omit<DoorEntry, 'configure'> {
  read(env: Environment, host: HostSettings): S | undefined;
  describe(settings: S): string;
  open(settings: S, deps: DoorDeps): Promise<OpenDoor>;
}

function defineDoor<S>({ read, describe, open, ...entry }: DoorSpec<S>): DoorEntry {
  return {
    ...entry,
    configure(env, host) {
      const settings = read(env, host);
      if (settings === undefined) return undefined;
      return { name: entry.name, state: describe(settings), open: (deps) => open(settings, deps) };
    },
  };
}

/** Every chat door. Opening, `doctor`, the start-up text and the check of the settings' table read this table alone. */
export const doorTable: readonly DoorEntry[] = [
  defineDoor({
    name: 'slack',
    title: 'Slack',
    settings: slackSettingRows,
    guide: 'README, "Slack in five minutes"',
    placeExample:
      'slack:#iis-prod, slack:C0123ABCD, or the link of a channel (with several workspaces https://app.slack.com/client/T…/C…)',
    read: readSlackSettings,
    describe: (settings) => (transportKind(settings) === 'socket' ? 'Socket Mode' : 'HTTP at /slack/events'),
    open: async (settings, deps) => {
      const { createSlackDoor } = await loadPart('Slack', () => import('../adapters/slack/index.js'));
      return createSlackDoor(settings, deps);
    },
  }),
  defineDoor({
    name: 'teams',
    title: 'Teams',
    settings: teamsSettingRows,
    guide: 'README, "Teams in ten minutes"',
    placeExample: 'teams:<link of a channel or group chat in a tenant that Frebot answers>',
    read: readTeamsSettings,
    describe: ({ development }) => (development ? 'without authentication, this machine only' : '/api/messages'),
    open: async (settings, deps) => {
      const { createTeamsDoor } = await loadPart('Teams', () => import('../adapters/teams/index.js'));
      return createTeamsDoor(settings, deps);
    },
  }),
];

/** Returns the name of the variable that opens the door. */
function openingSetting(entry: DoorEntry): string {
  return Object.entries(entry.settings).find(([, row]) => row.opensDoor)?.[0] ?? '';
}

/** Returns the doors whose settings are complete. Throws OperatorError when the settings of one cannot work. */
export function configureDoors(env: Environment, host: HostSettings): ConfiguredDoor[] {
  return doorTable.flatMap((entry) => entry.configure(env, host) ?? []);
}

/** Returns one line of the start-up text for each door: its state, or the variable that opens it. */
export function describeDoors(configured: readonly ConfiguredDoor[]): string[] {
  return doorTable.map((entry) => {
    const door = configured.find(({ name }) => name === entry.name);
    const state = door ? `open (${door.state})` : `closed: set ${openingSetting(entry)} (${entry.guide})`;
    return `${entry.title.padEnd(9)} ${state}`;
  });
}

/** Returns a check for each closed door: closed is in order, and says how to open it. */
export function listClosedDoors(configured: readonly ConfiguredDoor[]): Check[] {
  return doorTable
    .filter((entry) => !configured.some(({ name }) => name === entry.name))
    .map((entry) => ({
      name: entry.title,
      state: 'missing',
      optional: true,
      detail: 'closed',
      next: `Set ${openingSetting(entry)} (${entry.guide}).`,
    }));
}
