/** What a text of a kind mostly holds, whole or in part; each sign that is there makes the kind nearer. */
const kinds: readonly { name: string; signs: readonly RegExp[] }[] = [
  {
    name: 'a FREB log',
    signs: [
      /failedRequest|freb/i,
      /\b[A-Z]{3,}_[A-Z_]{4,}\b/,
      /\b(?:ModuleName|HttpSubStatus|Notification)\b/,
      /<Event[\s>]/,
    ],
  },
  {
    name: 'a Windows event',
    signs: [
      /\bevent(?: ?id)?\b/i,
      /\b(?:Source|Provider|Level|Computer)\s*[:=]/i,
      /\bMicrosoft-Windows-/,
      /\bFault(?:ing)? (?:application|module)|\b(?:w3wp|dotnet|php-cgi)\.exe\b/i,
    ],
  },
  {
    name: 'an access log of IIS',
    signs: [
      /\b(?:GET|POST|PUT|HEAD|OPTIONS) \/\S*/,
      /\b[1-5]\d\d \d{1,3} \d{1,10}\b/,
      /\b\d{1,3}(?:\.\d{1,3}){3}\b/,
      /^#(?:Software|Version|Date|Fields)/m,
    ],
  },
  {
    name: 'an error page',
    signs: [
      /\bHTTP(?: Error)? [45]\d\d/i,
      /\bError Code\b|\b0x8[0-9a-f]{7}\b/i,
      /\bServer Error\b/i,
      /\bPhysical Path\b/i,
    ],
  },
  {
    name: 'the log of an application',
    signs: [
      /\b[\w.]{2,80}(?:Exception|Error)\b/,
      /^\s{1,8}(?:at|bei|à|en) \S{3,200}\(/m,
      /\b(?:fail|crit|warn|error|fatal|info)\b\s*[\]:]/i,
      /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d/m,
    ],
  },
  {
    name: 'the output of a command',
    signs: [
      /^[A-Z]:\\[^>\n]{0,200}>|^PS [A-Z]:\\/m,
      /^[ \t]{0,40}\w[\w ()-]{1,40}[ \t]{1,40}: \S/m,
      /^[ \t]*-{3,}(?:[ \t]+-{3,})+[ \t]*$/m,
      /^[ \t]*TCP\s/m,
    ],
  },
  {
    name: 'a configuration of IIS',
    signs: [
      /<\/?(?:add|remove|clear|handlers|modules|system\.\w+|location)\b/i,
      /\bweb\.config\b|applicationHost/i,
      /\w="[^"\n]{0,100}"/,
    ],
  },
  {
    name: 'a rights export or policy report',
    signs: [/\bSe[A-Z]\w{4,40}(?:Right|Privilege)\b/, /\bS-1-5-\d/, /\b(?:Group Policy|GPO|gpresult|secedit)\b/i],
  },
];

/** Characters of a long text that are looked at. */
const looked = 16_000;

/** Returns the three kinds of evidence that a text is nearest to, nearest first, as words; undefined when it has no sign of any. */
export function nearestKinds(text: string): string | undefined {
  const head = text.slice(0, looked);
  const near = kinds
    .map(({ name, signs }) => ({ name, share: signs.filter((sign) => sign.test(head)).length / signs.length }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share)
    .slice(0, 3)
    .map(({ name }) => name);
  if (near.length < 2) return near[0];
  return `${near.slice(0, -1).join(', ')} or ${near.at(-1)}`;
}
