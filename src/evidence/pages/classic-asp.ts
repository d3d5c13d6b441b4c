import { hresult } from '../freb/codes.js';
import type { FoundException } from './found-exception.js';
import { htmlText } from './html-text.js';

/** The code of a script error: rare in any text, so everything else is looked for around it. */
const scriptCode = /'(?:[0-9a-fA-F]{8}|ASP \d{4}(?: : [0-9a-fA-F]{8})?)'/g;
const scriptPage =
  /<font[^<>]{0,200}>\s{0,20}(?:<p>)?\s{0,20}([^<]{2,120}?)\s{0,20}<\/font>\s{0,20}<font[^<>]{0,200}>\s{0,20}\S{1,20}\s{0,20}'([0-9a-fA-F]{8}|ASP \d{4}(?: : [0-9a-fA-F]{8})?)'\s{0,20}<\/font>\s{0,20}<p>\s{0,20}<font[^<>]{0,200}>([\s\S]{1,2000}?)<\/font>(?:[\s\S]{0,200}?<font[^<>]{0,200}>\s{0,20}(\/[^<]{1,300})<\/font>(?:\s{0,20}<font[^<>]{0,200}>\s{0,20},\s{0,20}\S{1,20}\s{1,20}(\d{1,7}))?)?/i;
const scriptEngine = /(?:^|\n|>)\s{0,20}([^<>\n]{2,80}?) \S{1,12} $/;
const scriptMessage = /^\s{0,20}(?:<[^<>]{0,100}>\s{0,20}){0,8}([^<\n]{2,500})/;
/** In some languages the word for line is behind its number. */
const scriptPlace = /^(?:<[^<>]{0,100}>|\s){0,40}(\/[^\s<,、]{1,300})[,、]? (?:\S{1,12} )?(\d{1,7})/;
/** Some errors name the page and no line: a time-out. */
const scriptPageOnly = /^(?:<[^<>]{0,100}>|\s){0,40}(\/[^\s<,]{1,300})\s{0,4}(?:\n|<|$)/;
const scriptPlaceInLine = /(\/[^\s<,、]{1,300})[,、]? (?:\S{1,12} )?(\d{1,7})/;

/** Script error of classic ASP: engine, code in quotes, message, page, line, each in its own font tag. */
export function readAspPage(body: string): FoundException | null {
  const codes = [...body.matchAll(scriptCode)].slice(0, 20);
  for (const { index } of codes) {
    const page = scriptPage.exec(body.slice(Math.max(0, index - 600), index + 3500));
    if (page) return scriptError(page[1]!, page[2]!, page[3]!, page[4] && htmlText(page[4]), page[5]);
  }
  for (const { 0: quoted, index } of codes) {
    const engine = scriptEngine.exec(body.slice(Math.max(0, index - 130), index));
    const behind = body.slice(index + quoted.length, index + 3000);
    const message = engine && scriptMessage.exec(behind);
    if (!message) continue;
    const rest = behind.slice(message[0].length);
    const place = scriptPlace.exec(rest) ?? scriptPageOnly.exec(rest);
    if (place) return scriptError(engine[1]!, quoted.slice(1, -1), message[1]!, place[1], place[2]);
    // Message and page may share a line.
    const inLine = scriptPlaceInLine.exec(message[1]!);
    if (inLine && inLine.index >= 2)
      return scriptError(engine[1]!, quoted.slice(1, -1), message[1]!.slice(0, inLine.index), inLine[1], inLine[2]);
  }
  return null;
}

function scriptError(engine: string, number: string, message: string, file?: string, line?: string): FoundException {
  const found: FoundException = {
    origin: 'asp',
    type: `${htmlText(engine)} '${number}'`,
    message: htmlText(message),
  };
  if (file) found.file = file;
  if (line) found.line = Number(line);
  const code = hresult(`0x${number.split(' : ').at(-1)}`);
  return code ? { ...found, codes: [code] } : found;
}

/** A script that catches its own error and prints `Error: Division by zero`; nothing but that line is taken. */
export function readAspOwnMessage(body: string): FoundException | null {
  const message = /(?:^|[\n>])\s{0,40}(?:Error|Err\.Description)\s{0,10}:\s{0,10}([^<>\n]{3,300})/i.exec(body);
  return message ? { origin: 'asp', message: htmlText(message[1]!) } : null;
}
