import type { WindowsEvent } from '../windows-event.js';
import type { EventFacts } from './event-facts.js';
import { typeName } from './exception.js';
import { numberIn } from './number.js';

/** Places of an ASP.NET event's values, the same since ASP.NET 2.0. */
const webEvent = { code: 0, application: 11, exceptionType: 17, exceptionMessage: 18, path: 20, stack: 29 } as const;

/** Returns the exception, the application and the request that an event of ASP.NET tells. */
export function webEventIn(event: WindowsEvent): EventFacts {
  if (event.plain.length > webEvent.exceptionMessage) {
    const path = event.plain[webEvent.path];
    return {
      webCode: numberIn(event.plain[webEvent.code]),
      exceptionType: event.plain[webEvent.exceptionType] || undefined,
      exceptionMessage: firstLine(event.plain[webEvent.exceptionMessage]),
      application: folderIn([event.plain[webEvent.application] ?? '']),
      method: ownMethodIn(`${event.plain[webEvent.exceptionMessage]}\n${event.plain[webEvent.stack] ?? ''}`),
      url: path?.startsWith('/') ? path : undefined,
    };
  }
  const lines = (event.message ?? '').slice(0, 16_000).split(/\r?\n/);
  const values = lines.map((line) => /^[^:：\n]{2,60}[:：][ \t]?(.*)$/.exec(line)?.[1]?.trim() ?? '');
  const type = values.findIndex((value) => value.length < 200 && typeName.exec(value)?.[0] === value);
  return {
    webCode: numberIn(values.find((value) => /^\d{4,6}$/.test(value))),
    ...(type >= 0 && { exceptionType: values[type], exceptionMessage: values[type + 1] || undefined }),
    application: folderIn(type >= 0 ? values.slice(0, type) : values),
    method: ownMethodIn(lines.join('\n')),
    url: values.find((value, i) => i > type && /^\/[^\s/][^\s]*$/.test(value)),
  };
}

/** The folder among the values: ASP.NET ends it with a backslash. One with spaces might be a sentence, and is left out. */
function folderIn(values: readonly string[]): string | undefined {
  return values.find((value) => /^[A-Za-z]:\\(?:Program Files(?: \(x86\))?\\)?[\w.()\\-]{1,200}\\$/.test(value));
}

/** Returns the first method of the stack that is not of .NET: its name tells whose code it is. The word before it is translated. */
function ownMethodIn(stack: string): string | undefined {
  for (const line of stack.slice(0, 16_000).split(/\r?\n/)) {
    const method =
      line.length > 1000 ? null : /^\s{1,12}\S{1,8} ((?:[\w<>`+$]{1,100}\.){1,12}[\w<>`$]{1,100})\(/.exec(line);
    if (method && !/^(?:System|Microsoft|ASP)\./.test(method[1]!)) return method[1];
  }
  return undefined;
}

function firstLine(text: string | undefined): string | undefined {
  return text?.split('\n', 1)[0]?.trim() || undefined;
}
