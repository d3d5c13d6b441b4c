import { type TerminalCommand, UsageError } from '../command.js';

/** Watches folders until it is stopped. */
export const watchCommand: TerminalCommand = {
  name: 'watch',
  grammar: '<folder or share>…',
  summary: 'watch for new FREB logs, and post each new cause once',
  options: {
    to: { help: 'stdout (the default), json, or a webhook of Slack or Teams; may be repeated', value: '<where>' },
    'report-to': { help: 'a central Frebot that gets the posts too (FREBOT_REPORT_TOKEN)', value: '<address>' },
    mute: { help: 'count this cause and do not post it; may be repeated', value: '<cause>' },
    rights: { help: 'an export of the rights that a scheduled task writes; may be repeated', value: '<file>' },
    config: { help: 'applicationHost.config, to see whether tracing is on', value: '<file>' },
    data: { help: 'directory of the state, instead of FREBOT_DATA', value: '<directory>' },
  },
  async run({ args, values, deps }) {
    if (args.length === 0) throw new UsageError('watch needs a folder, such as C:\\inetpub\\logs\\FailedReqLogFiles');
    const [config] = values('config');
    const [reportTo] = values('report-to');
    const [dataDir] = values('data');
    const [to, muted, rights] = [values('to'), values('mute'), values('rights')];
    return deps.watch({ folders: args, to, reportTo, muted, rights, config, cwd: deps.cwd }, dataDir);
  },
};
