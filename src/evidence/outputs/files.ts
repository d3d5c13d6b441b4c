import type { CommandOutput } from './output.js';

export const fileOutputs: readonly CommandOutput[] = [
  {
    command: 'dir',
    sign: /\d[./-]\d/,
    kind: 'command-output',
    typed: /^(?:cmd(?:\.exe)? \/c "?)?dir\b/i,
    read(lines, gather, typed) {
      // Date, time, size or <DIR>, name; the formats of dates differ, their digits and signs do not.
      const rows = lines.flatMap(({ text, number }) => {
        const found =
          /^\s{0,4}\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\s+\d{1,2}:\d{2}(?: ?[AaPp]\.?[Mm]\.?)?\s+(<DIR>|[\d.,' \u00a0]{1,20})\s(\S.{0,255})$/.exec(
            text.trimEnd(),
          );
        return found ? [{ folder: found[1] === '<DIR>', name: found[2]!, number }] : [];
      });
      const missing = typed && rows.length === 0 && lines.some(({ text }) => text.trim() !== '');
      const files = rows.filter(({ folder }) => !folder);
      if (rows.length === 0 && !missing) return false;
      gather.add('listing.files', files.length, { field: 'files' });
      const first = files[0];
      if (first) gather.add('listing.first', first.name, { event: first.number, field: 'name' });
      return true;
    },
  },
  {
    command: 'attrib',
    sign: /[A-Za-z]:\\/,
    kind: 'command-output',
    typed: /^attrib\b/i,
    read(lines, gather, typed) {
      const row = lines.flatMap(({ text, number }) => {
        const found = /^((?:[ASHRIOPVX] {0,4}){0,9}) {2,}([A-Za-z]:\\.{1,255})$/.exec(text.trimEnd());
        return found ? [{ letters: found[1]!, number }] : [];
      })[0];
      if (!row || !(typed || /[ASHR]/.test(row.letters))) return false;
      gather.add('file.hidden', row.letters.includes('H'), {
        event: row.number,
        field: 'attributes',
        raw: row.letters.trim(),
      });
      return true;
    },
  },
  {
    command: 'where',
    kind: 'command-output',
    typed: /^(?:cmd(?:\.exe)? \/c )?where(?:\.exe)?\s/i,
    read(lines, gather, typed) {
      const rows = lines.filter(({ text }) => text.trim() !== '');
      if (!typed || rows.length === 0) return false;
      const found = rows.filter(({ text }) => /^[A-Za-z]:\\.{1,255}\.(?:exe|cmd|bat|com|dll)$/i.test(text.trim()));
      gather.add('program.found', found.length > 0, { event: rows[0]!.number, field: 'path' });
      gather.add('program.only-32-bit', found.length > 0 && found.every(({ text }) => text.includes('(x86)')), {
        event: rows[0]!.number,
        field: 'path',
        raw: found.length > 0 ? '(x86)' : undefined,
      });
      return true;
    },
  },
];
