import type { ObservationCollector } from '../gather.js';
import type { serviceStates } from '../vocabulary/outputs.js';
import type { CommandOutput, OutputLine } from './output.js';

type State = (typeof serviceStates)[number];

/** dwCurrentState of SERVICE_STATUS (winsvc.h); the number is before the translated word. */
const byNumber: Record<string, State> = {
  1: 'stopped',
  2: 'starting',
  3: 'stopping',
  4: 'running',
  5: 'starting',
  6: 'paused',
  7: 'paused',
};

/** ServiceControllerStatus of .NET, as Get-Service prints it in every language. */
const byWord: Record<string, State> = {
  Running: 'running',
  Stopped: 'stopped',
  StartPending: 'starting',
  ContinuePending: 'starting',
  StopPending: 'stopping',
  Paused: 'paused',
  PausePending: 'paused',
};

export const serviceOutputs: readonly CommandOutput[] = [
  { command: 'sc query', sign: /SERVICE_NAME:/, kind: 'command-output', read: readScQuery },
  { command: 'Get-Service', sign: /-{4,}/, kind: 'command-output', read: readGetService },
];

function readScQuery(lines: readonly OutputLine[], gather: ObservationCollector): boolean {
  let found = false;
  for (const { text, number } of lines) {
    const name = /^\s*SERVICE_NAME:\s+([A-Za-z][\w$.-]{0,80})\s*$/.exec(text)?.[1];
    if (name) {
      found = true;
      gather.add('service.name', name, { event: number, field: 'SERVICE_NAME' });
    }
    if (!found) continue;
    const state = /^\s*STATE\s*:\s*([1-7])\b/.exec(text)?.[1];
    if (state) gather.add('service.state', byNumber[state]!, { event: number, field: 'STATE' });
    const exit = /^\s*WIN32_EXIT_CODE\s*:\s*(\d{1,10})/.exec(text)?.[1];
    if (exit && exit !== '0')
      gather.add('service.exit-code', Number(exit), { event: number, field: 'WIN32_EXIT_CODE' });
  }
  return found;
}

function readGetService(lines: readonly OutputLine[], gather: ObservationCollector): boolean {
  const ruled = lines.some(({ text }) => /^\s*-{4,}\s+-{4,}\s+-{4,}\s*$/.test(text));
  const rows = lines.flatMap(({ text, number }) => {
    const found = /^\s*([A-Z][A-Za-z]{5,15})\s+([A-Za-z][\w$.-]{0,80})\s+\S/.exec(text);
    const state = byWord[found?.[1] ?? ''];
    return state ? [{ name: found![2]!, state, number }] : [];
  });
  if (!ruled || rows.length === 0) return false;
  for (const { name, state, number } of rows) {
    gather.add('service.name', name, { event: number, field: 'Name' });
    gather.add('service.state', state, { event: number, field: 'Status' });
  }
  return true;
}
