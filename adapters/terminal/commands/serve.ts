import type { TerminalCommand } from '../command.js';

/** The options of `serve`, and the settings that each of them replaces. */
const settingOf = { port: 'FREBOT_PORT', host: 'FREBOT_HOST', data: 'FREBOT_DATA' } as const;

export const serveCommand: TerminalCommand = {
  name: 'serve',
  grammar: '',
  summary: 'start the page and the doors that are configured (npm start)',
  options: {
    port: { help: 'port, instead of FREBOT_PORT', value: '<number>' },
    host: { help: 'address to listen on, instead of FREBOT_HOST', value: '<address>' },
    data: { help: 'directory of the database, instead of FREBOT_DATA', value: '<directory>' },
  },
  async run({ values, deps }) {
    const typed = Object.entries(settingOf).flatMap(([option, setting]) =>
      values(option).map((value) => [setting, value] as const),
    );
    return deps.serve(Object.fromEntries(typed));
  },
};
