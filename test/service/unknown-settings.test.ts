import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { doorTable } from '../../src/doors.js';
import { checkSettingNames, listMisspeltSettings } from '../../src/run/unknown-settings.js';
import { serviceSettingRows } from '../../src/service/config.js';
import { builtProgram } from '../built-program.js';

const all = [serviceSettingRows, ...doorTable.map(({ settings }) => settings)].flatMap((rows) => Object.keys(rows));

it.each([
  ['FREBOT_PROT', 'FREBOT_PORT'],
  ['FREBOT_WATCH_T', 'FREBOT_WATCH_TO'],
  ['FREBOT_WATCHTO', 'FREBOT_WATCH_TO'],
  ['FREBOT_REPORT_TOKE', 'FREBOT_REPORT_TOKEN'],
  ['FREBOT_KYE', 'FREBOT_KEY'],
  ['FREBOT_DTA', 'FREBOT_DATA'],
  ['FREBOT_WATCHS', 'FREBOT_WATCH'],
  ['FREEBOT_WATCH', 'FREBOT_WATCH'],
  ['frebot_port', 'FREBOT_PORT'],
  ['SLACK_BOT_TOKENS', 'SLACK_BOT_TOKEN'],
  ['SLAK_APP_TOKEN', 'SLACK_APP_TOKEN'],
  ['TEAMS_ADMIN', 'TEAMS_ADMINS'],
  ['TEAMS_APP_PASWORD', 'TEAMS_APP_PASSWORD'],
  ['DATABSE_URL', 'DATABASE_URL'],
  ['FREBOT_DATABASE_URL', 'DATABASE_URL'],
  ['FREBOT_SLACK_BOT_TOKEN', 'SLACK_BOT_TOKEN'],
])('%s was meant as %s, and the start says so without its value', (typed, meant) => {
  expect(listMisspeltSettings({ [typed]: 'a secret' })).toEqual([
    `${typed} is not a setting and has no effect; did you mean "${meant}"?`,
  ]);
});

it('what is set rightly, and what belongs to other programs, is left alone', () => {
  const others = [
    'PATH',
    'HOME',
    'PORT',
    'HOST',
    'SLACK_WEBHOOK_URL',
    'TEAMS_WEBHOOK',
    'CLIENT_ID',
    'TENANT_ID',
    'PGDATA',
  ];
  expect(checkSettingNames(Object.fromEntries([...all, ...others].map((name) => [name, 'x'])))).toEqual([]);
});

it('doctor also lists the names that resemble no setting, and neither breaks it', () => {
  const checks = checkSettingNames({ FREBOT_PROT: '1', FREBOT_FOO: '1', FREBOT_COLOUR: '1' });
  expect(checks).toEqual([
    { name: 'settings', state: 'missing', optional: true, detail: expect.stringContaining('"FREBOT_PORT"') },
    { name: 'settings', state: 'ok', detail: expect.stringContaining('FREBOT_COLOUR, FREBOT_FOO') },
  ]);
});

it.each(['serve', 'watch', 'mcp', 'doctor'])(
  '%s says so, also of a file .env, before other settings stop it',
  (command) => {
    const cwd = mkdtempSync(join(tmpdir(), 'frebot-names-'));
    // Beside it, what ends each of the commands at once.
    writeFileSync(join(cwd, '.env'), 'FREBOT_PROT=4000\nTEAMS_APP_PASSWORD=secret-1\n');
    const argv = command === 'watch' ? [command, cwd, '--mute', 'no-such-cause'] : [command];
    const env = { PATH: process.env.PATH };
    const { stdout, stderr } = spawnSync(process.execPath, [builtProgram, ...argv], { cwd, env, input: '' });
    rmSync(cwd, { recursive: true });
    expect(`${stdout}${stderr}`).toMatch(/FREBOT_PROT is not a setting.* did you mean \\?"FREBOT_PORT/);
  },
);
