import { mark, type Rule } from './rule.js';
import { personWords, secretWords } from './secret-words.js';
import { withholdValues } from './values.js';

const element = new RegExp(
  `(<|&lt;)((?:[\\w.-]{1,40}:)?[\\p{L}\\p{N}_.-]{0,40}?(?:${secretWords}|${personWords})[\\p{L}\\p{N}_.-]{0,24})(?:\\s[^<>]{0,200})?(>|&gt;)(?:<!\\[CDATA\\[|(?:<|&lt;)[\\w:.-]{1,40}(?:>|&gt;)){0,2}([^<>&]{1,4096}(?:&(?!lt;)[^<>&]{0,4096}){0,50}?)(?=<|&lt;|\\]\\]>|$)`,
  'giu',
);
/** `<add key="Pwd">…</add>`: an attribute names the secret. */
const namedElement = new RegExp(
  `((?:key|name|id)\\s?=\\s?\\\\{0,32}(?:"|'|&quot;)[^"'<>&]{0,60}(?:${secretWords})[^"'<>&]{0,40}(?:"|'|&quot;)\\s{0,8}(?:>|&gt;))([^<>&]{1,4096})`,
  'giu',
);
const pair = new RegExp(
  `((?:key|name|id)\\s?=\\s?\\\\{0,32}(?:"|'|&quot;)[^"'<>&]{0,60}(?:${secretWords})[^"'<>&]{0,40}(?:"|'|&quot;)\\s{1,8}value\\s?=\\s?\\\\{0,32}(?:"|'|&quot;))([^"'<>]{1,4096})`,
  'giu',
);
/** The same with the value in front of the name. */
const pairBackwards = new RegExp(
  `(?<=\\bvalue\\s?=\\s?\\\\{0,32}(?:"|'|&quot;))([^"'<>]{1,4096}?)(?=\\\\{0,32}(?:"|'|&quot;)\\s{1,8}(?:key|name|id)\\s?=\\s?\\\\{0,32}(?:"|'|&quot;)[^"'<>&]{0,60}(?:${secretWords}))`,
  'giu',
);
/** `<password value="…"/>`, `<input type="password" value="…">`: the tag names the secret. */
const tagWithValue = new RegExp(
  `(?:<|&lt;)[^<>]{0,120}?(?:${secretWords})[^<>]{0,120}?\\svalue\\s?=\\s?\\\\{0,32}(?:"|'|&quot;)([^"'<>]{1,4096})`,
  'giu',
);
const quote = '\\\\{0,32}["\']';
const objectPair = new RegExp(
  `(${quote}(?:key|name)${quote}\\s?:\\s?${quote}[^"']{0,60}(?:${secretWords})[^"']{0,40}${quote}\\s?,\\s?${quote}value${quote}\\s?:\\s?${quote})([^"']{1,4096})`,
  'giu',
);

const objectPairBackwards = new RegExp(
  `(?<=${quote}value${quote}\\s?:\\s?${quote})([^"']{1,4096}?)(?=${quote}\\s?,\\s?${quote}(?:key|name)${quote}\\s?:\\s?${quote}[^"']{0,60}(?:${secretWords}))`,
  'giu',
);

/** `<password>…</password>` and `<add key="password" value="…"/>`, as they stand or escaped. */
export const markedSecrets: Rule = (text, withhold) => {
  if (!/[<"']|&lt;|&quot;/.test(text)) return text;
  const shown = [element, namedElement, pair, objectPair, tagWithValue].reduce(
    (rest, pattern) => withholdValues(rest, pattern, withhold),
    text,
  );
  return shown
    .replace(pairBackwards, (all) => (all === mark ? all : withhold(all)))
    .replace(objectPairBackwards, (all) => (all === mark ? all : withhold(all)));
};
