import { type TerminalCommand, UsageError } from '../command.js';

/** Watches folders until it is stopped. */
export const watchCommand: TerminalCommand = {
  name: 'watch',
  grammar: '<folder or share>…',
  summary: 'watch for new FREB logs, and post each new cause once',
  options: {
    to: { help: 'stdout (the default), json, or a webhook of Slack or Teams; may be repeated', value: '<where>' },
    mute: { help: 'count this cause and do not post it; may be repeated', value: '<cause>' },
    rights: { help: 'an export of the rights that a scheduled task writes; may be repeated', value: '<file>' },
    config: { help: 'applicationHost.config, to see whether tracing is on', value: '<file>' },
    data: { help: 'directory of the state, instead of FREBOT_DATA', value: '<directory>' },
  },
  async run({ args, values, deps }) {
    if (args.length === 0) throw new UsageError('watch needs a folder, such as C:\\inetpub\\logs\\FailedReqLogFiles');
    const [config] = values('config');
    const [dataDir] = values('data');
    const request = { folders: args, to: values('to'), muted: values('mute'), rights: values('rights'), config };
    return deps.watch({ ...request, cwd: deps.cwd }, dataDir);
  },
};
