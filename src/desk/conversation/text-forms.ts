/** True for a text that holds a FREB log or an export of user rights. Such a text counts as a dropped file. */
export function holdsEvidence(text: string): boolean {
  return /<failedRequest\s/.test(text) || /^[ \t]*Se\w+(Privilege|Right)\s*=\s*\*S-1-/m.test(text);
}

/** True for two lines and more, a fenced block, or a line in the form of a file. Such a text is read as evidence first. */
export function looksPasted(text: string): boolean {
  if (/```/.test(text)) return true;
  if (/^\s*</.test(text)) return true;
  if (/^[ \t]*Se[A-Z]\w+(Privilege|Right)\s*=/m.test(text)) return true;
  // A line of a W3C log: date and time, then words.
  if (/^\s*\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+ \S/.test(text)) return true;
  // What appcmd answers about a pool, below its command or bare: two lines are all of it.
  if (/^\s*SpecificUser\s*\n|\bappcmd(?:\.exe)?\s+list\s[^\n]{0,300}\n\s*\S/i.test(text)) return true;
  // What curl says of a failure is one line.
  if (/^\s*curl: \(\d{1,3}\) /m.test(text)) return true;
  // A line of FREB's compact view: the name of an event, then its fields.
  if (/^[\s\d.|]{0,12}[A-Z][A-Z0-9]{1,40}(?:_[A-Z0-9]{1,40}){1,8}\b.{0,80}\b[A-Z]\w{1,40}="/m.test(text)) return true;
  return text.trim().split('\n').length >= 2;
}

/** Characters of a question at most. */
const questionLength = 300;

/** True for a text in the form of evidence, or too long for a question. Reading it may take a second. */
export function mayBeEvidence(text: string): boolean {
  return text.length > questionLength || looksPasted(text);
}

/** True for a question. Narrow, because Frebot must not interrupt people who talk to each other. */
export function isQuestion(text: string): boolean {
  const line = text.trim();
  if (line.length === 0 || line.length > questionLength) return false;
  if (/<@|@\w/.test(line)) return false;
  return /[?？]$/.test(line) || /^(what|who|why|how|which|where|when|explain|and (on|for|in|with)\b)/i.test(line);
}

/** Returns the text between triple backticks; undefined when there is none. */
export function fencedText(text: string): string | undefined {
  const blocks = [...text.matchAll(/```(?:[a-z]+\n)?([\s\S]*?)(?:```|$)/g)].map((match) => match[1] as string);
  const inside = blocks.join('\n').trim();
  return inside === '' ? undefined : inside;
}
