/** What is never said, and never typed: one list for every text that reaches a user, wherever it comes from. */

/** A sentence that warns of something does not suggest it. */
const warns = /\b(no|not|never|nor|don't|do not|without|instead of|rather than|wrong|does not)\b/i;

/** Advice in words. */
const advice: readonly [name: string, pattern: RegExp][] = [
  ['the account in Administrators', /\badd(ing)?\b.*\b(to|into)\b.*\bAdministrators\b/i],
  ['a pool as LocalSystem', /\b(run|set|switch|change)\b.*\bpool\b.*\bLocalSystem\b/i],
  ['everybody', /\b([Aa]dd|[Gg]rant|[Gg]ive)\b.*\b(Everyone|Authenticated Users|(?<!Remote Desktop )Users)\b/],
  ['everybody with full control', /\bEveryone\b.*(full control|:\(?F\b)|\/grant "?Everyone/i],
  ['a policy unlinked', /\bunlink\b/i],
  ['recycling as enough', /\brecycl\w+\b.*\b(is|will be) enough\b/i],
  ['a reboot as a must', /\b(must|have to|need to) (reboot|restart the (computer|server))\b/i],
  ['DisableLoopbackCheck', /(?<!prefer it to )DisableLoopbackCheck/i],
  ['a hand edit of SYSVOL', /\b(edit|change|correct|open)\b.*\b(SYSVOL|GptTmpl\.inf)\b/i],
  ['a password in a chat', /\b(send|paste|drop|post|tell|type|write)\b.*\bpasswords?\b.*\b(here|chat|me)\b/i],
];

/** Lines that may not stand anywhere, warned of or not: they could be copied. */
const lines: readonly [name: string, pattern: RegExp][] = [
  // A template as a whole would set every right it names.
  ['a whole template', /secedit(\.exe)? \/configure(?!.*\/areas )/i],
  // The process of a log is gone when its number is typed.
  [
    'a process id of an old log',
    /\b(accesschk(\.exe)? (-[a-z]+ )*-p (-[a-z]+ )*|procdump(\.exe)? (-(accepteula|ma|mm|mp|h|t) )*|taskkill\b.*\/pid |(Stop|Get)-Process\b.*-Id )\d+/i,
  ],
  ['an account in Administrators', /net localgroup "?Administrators"? .*\/add|Add-LocalGroupMember\b.*Administrators/i],
  ['a pool as LocalSystem', /identityType[:=]\s*['"]?(LocalSystem\b|0\b)/i],
  ['everybody', /icacls\b.*\/grant\b.*(Everyone|\*?S-1-1-0\b)/i],
  ['DisableLoopbackCheck', /(reg add|Set-ItemProperty|New-ItemProperty)\b.*DisableLoopbackCheck/i],
  ['a hand edit of SYSVOL', /(notepad|Set-Content|Add-Content|copy|Copy-Item|move)\b.*\bSYSVOL\b/i],
  ['something done by itself', /\bI('ve| have)? (fixed|repaired|changed)\b/i],
];

/** Returns what a text says that must never be said, by name, with the sentence or line. */
export function harmIn(text: string): string[] {
  const sentences = text.split(/\n|(?<=[.:;!?])\s+/).map((sentence) => sentence.trim());
  return [
    ...sentences.flatMap((s) =>
      advice.filter(([, pattern]) => pattern.test(s) && !warns.test(s)).map(([name]) => `${name}: ${s}`),
    ),
    ...text
      .split('\n')
      .flatMap((line) => lines.filter(([, pattern]) => pattern.test(line)).map(([name]) => `${name}: ${line.trim()}`)),
  ];
}

export const iisreset = /\biisreset\b/i;
