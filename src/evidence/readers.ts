import { readAccessLog } from './access/access-log.js';
import { readApplicationLog } from './application/application-log.js';
import { readErrorMessage } from './application/error-message.js';
import { readThrownException } from './application/thrown-exception.js';
import { readAppcmd, readIdentityWord } from './config/appcmd.js';
import { readReportServer } from './config/report-server.js';
import { readServerConfig } from './config/xml-config.js';
import { readEventText, readWindowsEvents } from './events/windows-events.js';
import type { Reading } from './evidence.js';
import { readCommandOutput } from './outputs/command-output.js';
import { readErrorPage } from './pages/error-page.js';
import { readPolicyHtml } from './policy/gpresult-html.js';
import { readGpresultText } from './policy/gpresult-text.js';
import { readGpoReport, readGpresultXml } from './policy/policy-xml.js';
import { readRightsExport } from './rights/export.js';
import { readAccessChk } from './tokens/accesschk.js';
import { readWhoami } from './tokens/whoami.js';

/** Reads a text as one kind of evidence; null when it is something else. Never throws. */
export type TextReader = (file: string, text: string) => Reading | null;

/** Output of a command and saved pages are short; a long text that no other reader knows is not searched for them. */
const small =
  (reader: TextReader): TextReader =>
  (file, text) =>
    text.length > 4_000_000 ? null : reader(file, text);

/** The readers of everything but FREB logs by what they read, asked in this order: the first that recognises the text reads it. */
export const readersByKind = {
  'rights export': readRightsExport,
  'gpresult XML': readGpresultXml,
  'GPO report': readGpoReport,
  'policy HTML': readPolicyHtml,
  'policy text': readGpresultText,
  'Windows events': readWindowsEvents,
  'event text': readEventText,
  'server configuration': readServerConfig,
  'report server': readReportServer,
  'error page': small(readErrorPage),
  'access log': readAccessLog,
  accesschk: small(readAccessChk),
  appcmd: small(readAppcmd),
  whoami: small(readWhoami),
  'identity of a pool': small(readIdentityWord),
  'command output': readCommandOutput,
  'application log': readApplicationLog,
  'thrown exception': readThrownException,
  'error message': small(readErrorMessage),
} as const satisfies Record<string, TextReader>;

export const textReaders: readonly TextReader[] = Object.values(readersByKind);
