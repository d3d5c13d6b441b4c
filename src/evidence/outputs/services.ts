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

interface Service {
  name: string;
  line: number;
  state?: { is: State; line: number };
  exit?: { code: number; line: number };
}

function readScQuery(lines: readonly OutputLine[], gather: ObservationCollector): boolean {
  const services: Service[] = [];
  for (const { text, number } of lines) {
    const name = /^\s*SERVICE_NAME:\s+([A-Za-z][\w$.-]{0,80})\s*$/.exec(text)?.[1];
    if (name) services.push({ name, line: number });
    const service = services.at(-1);
    if (!service) continue;
    const state = /^\s*STATE\s*:\s*([1-7])\b/.exec(text)?.[1];
    if (state) service.state = { is: byNumber[state]!, line: number };
    const exit = /^\s*WIN32_EXIT_CODE\s*:\s*(\d{1,10})/.exec(text)?.[1];
    if (exit && exit !== '0') service.exit = { code: Number(exit), line: number };
  }
  observeServices(services, gather, { name: 'SERVICE_NAME', state: 'STATE' });
  return services.length > 0;
}

function readGetService(lines: readonly OutputLine[], gather: ObservationCollector): boolean {
  const ruled = lines.some(({ text }) => /^\s*-{4,}\s+-{4,}\s+-{4,}\s*$/.test(text));
  const services = lines.flatMap(({ text, number: line }): Service[] => {
    const found = /^\s*([A-Z][A-Za-z]{5,15})\s+([A-Za-z][\w$.-]{0,80})\s+\S/.exec(text);
    const is = byWord[found?.[1] ?? ''];
    return is ? [{ name: found![2]!, line, state: { is, line } }] : [];
  });
  if (!ruled || services.length === 0) return false;
  observeServices(services, gather, { name: 'Name', state: 'Status' });
  return true;
}

/** Without these two no site answers. */
const servesSites = /^(?:W3SVC|WAS)$/i;

/** The answer speaks of the first service: a stopped one, and of these the one that every site needs. */
function observeServices(
  services: readonly Service[],
  gather: ObservationCollector,
  fields: { name: string; state: string },
): void {
  const rank = ({ name, state }: Service) => (state?.is === 'stopped' ? (servesSites.test(name) ? 0 : 1) : 2);
  for (const { name, line, state, exit } of services.toSorted((a, b) => rank(a) - rank(b))) {
    gather.add('service.name', name, { event: line, field: fields.name });
    if (state) gather.add('service.state', state.is, { event: state.line, field: fields.state });
    if (exit) gather.add('service.exit-code', exit.code, { event: exit.line, field: 'WIN32_EXIT_CODE' });
  }
}
