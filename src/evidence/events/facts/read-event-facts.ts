import { refusedPath } from '../../pages/refused-path.js';
import { fieldOf, shortProvider, type WindowsEvent, wordsOf } from '../windows-event.js';
import { accountIn } from './account.js';
import { codeIn } from './code.js';
import { crashIn } from './crash.js';
import type { EventFacts } from './event-facts.js';
import { exceptionIn } from './exception.js';
import { failedLogonIn } from './failed-logon.js';
import { numberIn } from './number.js';
import { poolIn } from './pool.js';
import { serviceIn } from './service-events.js';
import { webEventIn } from './web-event.js';

/** Returns what an event says, read the way its provider writes. */
export function readEventFacts(event: WindowsEvent): EventFacts {
  const provider = shortProvider(event.provider);
  const words = wordsOf(event);
  const facts: EventFacts = { code: codeIn(event, provider, words), account: accountIn(words) };
  if (/^(was|w3svc|w3svc-wp)$/.test(provider)) {
    facts.pool = poolIn(event);
    facts.file = dllIn(words);
  } else if (provider === 'asp.net') Object.assign(facts, webEventIn(event));
  else if (provider === 'application error' || provider === 'windows error reporting')
    Object.assign(facts, crashIn(event, words));
  else if (provider === '.net runtime') {
    facts.process = /:\s{0,4}([\w .-]{1,60}\.exe)\b/i.exec(words)?.[1]?.trim();
    Object.assign(facts, exceptionIn(words));
  } else if (provider.startsWith('iis aspnetcore module')) Object.assign(facts, exceptionIn(words));
  else if (provider === 'service control manager') facts.service = fieldOf(event, ['param1'], 0) ?? serviceIn(words);
  else if (provider === 'schannel')
    facts.alert = numberIn(fieldOf(event, ['AlertDesc'], 0) ?? alertIn.exec(words)?.[1]);
  else if (event.id === 4625) Object.assign(facts, failedLogonIn(event, words));
  const refused = refusedPath(facts.exceptionMessage);
  return refused ? { ...facts, refusedPath: refused } : facts;
}

/** The number of a TLS alert ends the first sentence that ends with a number: `A fatal alert was received: 51.` */
const alertIn = /(?<![\w.:,-])(\d{1,3})(?=[.。](?:\s|$)|\s*$)/m;

function dllIn(words: string): string | undefined {
  return /(?:[A-Za-z]:|%\w{3,20}%)\\[^\n"'<>|*?]{1,240}?\.(?:dll|exe|config)\b/i.exec(words)?.[0];
}
