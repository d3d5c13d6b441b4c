import { createApiToken } from '../../../src/service/api-tokens.js';
import { type TerminalCommand, UsageError } from '../command.js';
import { exit } from '../deps.js';

export const tokenCommand: TerminalCommand = {
  name: 'token',
  grammar: '<name>',
  summary: 'make a token for a pipeline that posts logs to /api/diagnose',
  options: {},
  async run({ args: [name = ''], deps }) {
    if (!/^[\w.-]{1,40}$/.test(name)) throw new UsageError('token needs a name of letters and digits, such as ci');
    const { token, setting } = createApiToken(name);
    deps.out(`The token for ${name}. It is shown only now:
  ${token}

Add this to FREBOT_API_TOKENS (commas between several) and restart Frebot. Remove it to revoke the token:
  ${setting}
`);
    return exit.done;
  },
};
