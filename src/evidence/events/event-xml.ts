import { attribute, decodeMarkup, findElement, findElements, textOf } from '../markup.js';
import { readEventTime } from './event-time.js';
import type { WindowsEvent } from './windows-event.js';

/** Event Viewer and browsers copy XML with a sign to fold each element before it. */
const foldingSign = /^[ \t]*[-–+][ \t]{1,8}(?=<)/gm;

/** Returns XML without the signs that a viewer puts before its elements. */
export function withoutFoldingSigns(text: string): string {
  return text.replace(foldingSign, '');
}

/** People copy the head of an event, and leave off what is below it. */
function withLastEventClosed(text: string): string {
  const at = Math.max(text.lastIndexOf('<Event '), text.lastIndexOf('<Event>'));
  const isCut = at >= 0 && !text.includes('</Event>', at) && text.includes('</System>', at);
  return isCut ? `${text}</Event>` : text;
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
