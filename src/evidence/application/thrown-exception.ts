import { boundField } from '../bounded.js';
import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';
import { accessOf } from '../pages/file-access.js';
import { refusedPath } from '../pages/refused-path.js';
import { findStackTrace } from './stack-trace.js';

/** A log with more lines is read from its end. */
const mostLines = 200_000;

/**
 * Reads an exception with its stack out of whatever text holds one: a log of the application, a console, a message that a page
 * printed. .NET, Java, Node.js and Python are known. Null for another text.
 */
export function readThrownException(file: string, text: string): Reading | null {
  const lines = text.split(/\r\n|\r|\n/, mostLines).map((line) => boundField(line).slice(0, 2400));
  const found = findStackTrace(lines);
  if (!found) return null;
  const gather = new ObservationCollector();
  const place = { event: found.line, field: 'exception' };
  gather.add('application.lines', lines.length);
  gather.add('application.failure', 'exception', {
    event: found.line,
    field: 'line',
    raw: lines[found.line - 1]!.trim(),
  });
  gather.add('exception.language', found.language, place);
  if (found.language === 'dotnet' && text.includes('Microsoft.AspNetCore'))
    gather.add('exception.origin', 'aspnetcore', place);
  if (found.language === 'node' && /iisnode/i.test(text)) gather.add('exception.origin', 'iisnode', place);
  if (found.type) gather.add('exception.type', found.type, place);
  gather.add('exception.message', found.message, place);
  if (found.code) gather.add('exception.code', found.code, place);
  const access = found.language === 'dotnet' ? accessOf(lines.slice(found.line - 1).join('\n')) : undefined;
  if (access) gather.add('exception.access', access, { event: found.line, field: 'stack trace' });
  const refused = refusedPath(found.message);
  if (refused) gather.add('exception.refused-path', refused, place);
  if (found.place) {
    gather.add('exception.file', found.place.file, { event: found.line, field: 'stack trace' });
    gather.add('exception.line', found.place.line, { event: found.line, field: 'stack trace' });
  }
  return gather.toReading(file, 'application-log', 'stack-trace');
}
