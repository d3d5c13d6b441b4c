import { fieldOf, type WindowsEvent } from '../windows-event.js';
import type { EventFacts } from './event-facts.js';
import { numberIn } from './number.js';

/** `Logon Type 4, Status …`: people put the fields of an event into one line. */
const retold = /\b[Ll]ogon ?[Tt]ype\b[\s:=]{0,4}(\d{1,2})\b/;

/** 4625: which kind of logon failed, and which program of this computer asked for it. Of a text the shapes count. */
export function failedLogonIn(event: WindowsEvent, words: string): EventFacts {
  const type =
    fieldOf(event, ['LogonType']) ??
    /^[ \t]*[^:：\n]{2,60}[:：][ \t]*(\d{1,2})[ \t]*$/m.exec(words)?.[1] ??
    retold.exec(words)?.[1];
  const program = fieldOf(event, ['ProcessName']) ?? /[A-Za-z]:\\[^\n:*?"<>|]{1,240}\.exe\b/i.exec(words)?.[0];
  return { logonType: numberIn(type), process: program && /([^\\]{1,60}\.exe)$/i.exec(program)?.[1] };
}
