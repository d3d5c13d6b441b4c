#!/usr/bin/env node
import { runTerminal, type TerminalDeps } from '../adapters/terminal/index.js';
import { composeDesk } from './run/desk.js';
import { systemClock } from './service/clock.js';
import { readConfig } from './service/config.js';
import { OperatorError } from './service/operator-error.js';
import { packageRoot, packageVersion } from './service/package-root.js';

const makeReport: TerminalDeps['report'] = async (answer, logs) => {
  const { reportPage } = await import('../adapters/web/index.js');
  const [traces, table] = 'groups' in logs ? [[], logs] : [logs, undefined];
  return reportPage(packageRoot(), systemClock.now)(answer, traces, table);
};

async function main(): Promise<number> {
  const cwd = process.env.INIT_CWD ?? process.cwd();
  const out = (text: string) => void process.stdout.write(text);
  // A terminal that does not know its width says 0.
  const columns = (process.stdout.isTTY && process.stdout.columns) || 100;
  const printError = (text: string) => void process.stderr.write(text);
  let composed: ReturnType<typeof composeDesk> | undefined;
  try {
    return await runTerminal(process.argv.slice(2), {
      desk: () => {
        composed ??= composeDesk(readConfig(process.env), { emit: () => {} });
        return composed.desk;
      },
      serve: async (settings) => (await import('./run/serve.js')).serveFrebot(settings),
      doctor: async () => (await import('./run/doctor.js')).checkInstallation(),
      train: async () => (await import('./run/train.js')).trainKnowledge(),
      report: makeReport,
      watch: async (request, dataDir) => {
        const io = { out, columns, note: (sentence: string) => printError(`frebot: ${sentence}\n`) };
        return (await import('./run/watch.js')).watchFolders(request, dataDir, io);
      },
      mcp: async () => (await import('./run/agent.js')).serveAgent(cwd, printError),
      cwd,
      stdin: process.stdin,
      piped: !process.stdin.isTTY,
      out,
      error: printError,
      // Returns to the begin of the line and clears it.
      showProgress: process.stderr.isTTY ? (line) => void process.stderr.write(`\r\x1b[2K${line}`) : undefined,
      columns,
      colours: process.stdout.isTTY && process.stdout.hasColors(),
      version: packageVersion(),
    });
  } catch (error) {
    // An error that the operator can fix is printed as one sentence; any other error is a defect.
    if (!(error instanceof OperatorError)) throw error;
    process.stderr.write(`frebot: ${error.message}\n`);
    return 2;
  } finally {
    await composed?.close();
  }
}

// A reader that has seen enough (`head`, a pager) closes the pipe: that is not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
process.exitCode = await main();
