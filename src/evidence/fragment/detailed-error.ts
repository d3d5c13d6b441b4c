import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';
import { decodeMarkup } from '../markup.js';

/** Notifications as the page prints them, and as FREB logs name the same stages. */
const notifications: Record<string, string> = {
  BeginRequest: 'BEGIN_REQUEST',
  AuthenticateRequest: 'AUTHENTICATE_REQUEST',
  AuthorizeRequest: 'AUTHORIZE_REQUEST',
  ResolveRequestCache: 'RESOLVE_REQUEST_CACHE',
  MapRequestHandler: 'MAP_REQUEST_HANDLER',
  AcquireRequestState: 'REQUEST_ACQUIRE_STATE',
  PreExecuteRequestHandler: 'PRE_EXECUTE_REQUEST_HANDLER',
  ExecuteRequestHandler: 'EXECUTE_REQUEST_HANDLER',
  ReleaseRequestState: 'RELEASE_REQUEST_STATE',
  UpdateRequestCache: 'UPDATE_REQUEST_CACHE',
  LogRequest: 'LOG_REQUEST',
  EndRequest: 'END_REQUEST',
  SendResponse: 'SEND_RESPONSE',
  MapPath: 'MAP_PATH',
};

/**
 * Reads IIS's detailed error page: saved as HTML, or copied as text from the browser. Labels are translated, so it goes
 * by the values and their order: status in the heading; module, notification, handler, code; then URL and path.
 */
export function readDetailedError(file: string, text: string): Reading | null {
  if (!/[45]\d\d\.\d{1,2}/.test(text) || !/0x[0-9a-f]{8}/i.test(text)) return null;
  const cells = cellsOf(text);
  const at = cells.findIndex((c) => c in notifications);
  const codeAt = cells.findIndex((c, i) => i > at && /^0x[0-9a-f]{8}$/i.test(c));
  const status = /(?:^|[^\d.])([45]\d\d)\.(\d{1,2})(?![\d.])/.exec(text.slice(0, 20_000));
  if (at < 1 || codeAt < 0 || codeAt - at > 3 || !status) return null;
  const gather = new ObservationCollector();
  const code = cells[codeAt]!.toLowerCase();
  const add = (name: 'final' | 'decisive') => {
    gather.add(name === 'final' ? 'final-status' : 'decisive.status', Number(status[1]), { field: 'heading' });
    gather.add(name === 'final' ? 'final-substatus' : 'decisive.substatus', Number(status[2]), { field: 'heading' });
  };
  add('final');
  add('decisive');
  gather.add('decisive.module', cells[at - 1]!, { field: 'Module' });
  gather.add('decisive.notification', notifications[cells[at]!]!, { field: 'Notification', raw: cells[at] });
  if (codeAt === at + 2) gather.add('handler.name', cells[at + 1]!, { field: 'Handler' });
  if (!/^0x0+$/.test(code)) {
    gather.add('decisive.code', code, { field: 'Error Code' });
    gather.add('code.seen', code, { field: 'Error Code' });
  }
  observeTarget(gather, cells.slice(codeAt + 1));
  gather.add('iis.installed', true, { field: 'page' });
  return gather.reading(file, 'fragment', 'iis-detailed-error');
}

/** Requested URL without its query, physical path; the user behind them stays behind. */
function observeTarget(gather: ObservationCollector, cells: readonly string[]): void {
  const urlAt = cells.findIndex((c) => /^https?:\/\//i.test(c));
  if (urlAt < 0) return;
  const [path, query] = cells[urlAt]!.split('?');
  gather.add('request.url', path!, { field: 'Requested URL' });
  gather.countWithheld(query);
  const file = cells[urlAt + 1];
  if (file && /^([A-Z]:\\|\\\\)/i.test(file)) gather.add('file.requested', file, { field: 'Physical Path' });
  const user = cells[urlAt + 3];
  if (user && !/^(Anonymous|Anonym\w*|Not yet determined)$/i.test(user)) gather.countWithheld(user);
}

/** Values of the page's tables in order; in copied text the last cell of each line. */
function cellsOf(text: string): string[] {
  if (/<td\b/i.test(text)) {
    const cells = [...text.matchAll(/<td\b[^<>]{0,200}>([^<]{0,2000})/gi)].map((m) => decodeMarkup(m[1]!));
    return cells.map((c) => c.replace(/[\s\u00a0]+/g, ' ').trim());
  }
  return text
    .split('\n')
    .map((line) =>
      line
        .trim()
        .split(/\t+| {2,}/)
        .filter((c) => c !== ''),
    )
    .filter((cells) => cells.length > 0)
    .map((cells) => cells.at(-1)!.trim());
}
