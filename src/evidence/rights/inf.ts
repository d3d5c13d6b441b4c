/** One `key = value` of a security template, with the number of its line. */
export interface InfEntry {
  key: string;
  value: string;
  line: number;
}

/** A security template or export: its sections in file order. */
export interface Inf {
  sections: { name: string; line: number; entries: InfEntry[] }[];
}

/**
 * Reads the INI form that secedit and the Group Policy editor write ([MS-GPSB] 2.2). Keeps everything, refuses nothing:
 * copies come with other encodings, line ends, spaces and comments.
 */
export function parseInf(text: string): Inf {
  const sections: Inf['sections'] = [];
  let number = 0;
  for (const raw of text.split(/\r\n|\r|\n/)) {
    number++;
    const line = raw.replace(/^\ufeff/, '').trim();
    if (line === '' || line.startsWith(';')) continue;
    const head = /^\[([^\]\r\n]{1,60})\]$/.exec(line);
    if (head) {
      sections.push({ name: head[1]!.trim().toLowerCase(), line: number, entries: [] });
      continue;
    }
    const cut = line.indexOf('=');
    const section = sections.at(-1);
    if (section && cut > 0)
      section.entries.push({ key: line.slice(0, cut).trim(), value: line.slice(cut + 1).trim(), line: number });
  }
  return { sections };
}

/** Returns all entries of a section, which may occur more than once; null when it does not occur. */
export function entriesOf(inf: Inf, name: string): InfEntry[] | null {
  const sections = inf.sections.filter((s) => s.name === name);
  return sections.length === 0 ? null : sections.flatMap((s) => s.entries);
}
