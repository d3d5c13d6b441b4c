import { matchNear } from '../bounded.js';
import type { FoundException } from './found-exception.js';
import { htmlText } from './html-text.js';

const phpKinds =
  '(Fatal error|Parse error|Recoverable fatal error|Catchable fatal error|Compile error|Core error|Warning|Startup error):';
const phpStart = new RegExp(phpKinds, 'g');
const phpMessage = new RegExp(
  `^${phpKinds}\\s{1,10}([\\s\\S]{1,2000}?) in ((?:[A-Za-z]:|\\\\\\\\|/)[^\\n]{1,400}?)(?: on line |:)(\\d{1,7})`,
);

/** PHP's messages, plain or as HTML; the language is always English. */
export function readPhpText(body: string): FoundException | null {
  if (!/error|warning/i.test(body)) return null;
  const text = body.includes('<b>') ? body.replace(/<\/?b>|<br ?\/?>/g, '') : body;
  const match = matchNear(text, phpStart, phpMessage, 2600, 40);
  if (!match) {
    const cut = /PHP (Fatal error|Parse error|Warning):\s{1,10}([^\n]{2,1000})/.exec(text);
    return cut ? { origin: 'php', type: cut[1]!, message: htmlText(cut[2]!) } : null;
  }
  const uncaught = /^Uncaught (?:exception ')?([A-Za-z_\\][\w\\]*)'?(?: with message '|: )([\s\S]*?)'?$/.exec(
    match[2]!,
  );
  return {
    origin: 'php',
    type: uncaught ? uncaught[1]! : match[1]!,
    message: htmlText(uncaught ? uncaught[2]! : match[2]!),
    file: match[3]!,
    line: Number(match[4]),
  };
}
