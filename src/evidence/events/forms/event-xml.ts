import { attribute, decodeMarkup, findElement, findElements, textOf } from '../../markup.js';
import type { WindowsEvent } from '../windows-event.js';
import { readEventTime } from './event-time.js';

/** Event Viewer and browsers copy XML with a sign to fold each element before it. */
const foldingSign = /^[ \t]*[-–+][ \t]{1,8}(?=<)/gm;

/** Returns XML without the signs that a viewer puts before its elements. */
export function withoutFoldingSigns(text: string): string {
  return text.replace(foldingSign, '');
}

/** Of an event without its start tag these come first: the rest of its head is below. */
const startOfHead = /<System>|<Provider\s[^<>]{0,300}\bName=/;

/** Returns XML with the start tag that was left off above the head of an event, beginning there; undefined without a head. */
export function withEventOpened(text: string): string | undefined {
  const found = startOfHead.exec(text);
  if (!found || !/<EventID[\s>]/.test(text)) return undefined;
  return `<Event>${found[0] === '<System>' ? '' : '<System>'}${text.slice(found.index)}`;
}

/** People copy the head of an event, or a part of it, and leave off what is below. */
function withLastEventClosed(text: string): string {
  const at = Math.max(text.lastIndexOf('<Event '), text.lastIndexOf('<Event>'));
  if (at < 0 || text.includes('</Event>', at) || !text.includes('</EventID>', at)) return text;
  const whole = text.slice(0, text.lastIndexOf('>') < text.lastIndexOf('<') ? text.lastIndexOf('<') : undefined);
  const isOpen = (element: string) =>
    whole.lastIndexOf(`</${element}>`) < whole.lastIndexOf(`<${element}`, whole.length);
  const ends = ['Data', 'System'].filter((element) => whole.includes(`<${element}`, at) && isOpen(element));
  return `${whole}${ends.map((element) => `</${element}>`).join('')}</Event>`;
}

/**
 * Yields the Windows events in a text, with or without a root or namespaces: what wevtutil, Event Viewer, ToXml() and
 * the eventlog.xml of Azure App Service hold. An `<Event>` without a number is no Windows event: FREB logs have those.
 */
export function* findXmlEvents(text: string): Generator<WindowsEvent> {
  let number = 0;
  for (const found of findElements(withLastEventClosed(text), 'Event')) {
    const system = findElement(found.inner, 'System')?.inner;
    const id = system && Number(textOf(system, 'EventID'));
    if (!system || !id) continue;
    number++;
    const data = new Map<string, string>();
    const plain: string[] = [];
    for (const item of findElements(found.inner, 'Data')) {
      const name = attribute(item.attributes, 'Name');
      const value = decodeMarkup(item.inner).trim();
      if (name) data.set(name, value);
      else plain.push(value);
    }
    // Events of a provider with its own schema, WAS on some versions, name the elements themselves.
    const own = findElement(found.inner, 'UserData')?.inner ?? '';
    for (const item of own.matchAll(/<(?:[\w.-]{1,40}:)?([A-Za-z]\w{1,60})>([^<]{0,4000})</g))
      if (!data.has(item[1]!)) data.set(item[1]!, decodeMarkup(item[2]!).trim());
    yield {
      number,
      id,
      provider: attribute(findElement(system, 'Provider')?.attributes ?? '', 'Name') ?? '',
      time: readEventTime(attribute(findElement(system, 'TimeCreated')?.attributes ?? '', 'SystemTime')),
      computer: textOf(system, 'Computer') || undefined,
      data,
      plain,
      binary: textOf(found.inner, 'Binary') || undefined,
      // Classic events carry their text only where the exporter rendered it.
      message: textOf(found.inner, 'Message'),
    };
  }
}
