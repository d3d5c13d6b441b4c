import type { CommandOutput } from './output.js';

/** A line of php.ini: a directive and its value; a semicolon in front switches it off. */
const directive = /^\s{0,8}([a-z_]{3,40}(?:\.[a-z_]{2,40})?)\s{0,8}=\s{0,8}(.{0,200}?)\s*$/i;

/** Directives that only php.ini has. */
const known =
  /^(?:extension_dir|extension|zend_extension|cgi\.\w+|fastcgi\.\w+|memory_limit|upload_max_filesize|post_max_size|max_execution_time|error_log|display_errors|open_basedir|upload_tmp_dir|session\.save_path|date\.timezone)$/i;

/** What a line means under IIS, by its directive and value. */
function sortOf(name: string, value: string): string | undefined {
  const bare = value.replace(/^["']|["']$/g, '');
  if (name === 'extension_dir' && !/^[a-z]:[\\/]|^\\\\/i.test(bare)) return 'extension-folder-relative';
  if (name === 'cgi.force_redirect' && /^(?:1|on)$/i.test(bare)) return 'redirect-forced';
  if (name === 'fastcgi.impersonate' && /^(?:1|on)$/i.test(bare)) return 'impersonates';
  if (name === 'open_basedir' && bare !== '') return 'folders-limited';
  return undefined;
}

/** Two such lines at least, below the name of the file or a section; one line is quoted in a sentence. */
const fewest = 2;

export const phpIniOutputs: readonly CommandOutput[] = [
  {
    command: 'php.ini',
    sign: /^\s{0,8};?\s{0,8}(?:extension|cgi\.|fastcgi\.|upload_|post_max|memory_limit)/im,
    kind: 'command-output',
    read(lines, gather) {
      const rows = lines.flatMap(({ text, number }) => {
        const [, name, value] = directive.exec(text) ?? [];
        return name && known.test(name) ? [{ name: name.toLowerCase(), value: value!, number }] : [];
      });
      if (rows.length < fewest) return false;
      for (const { name, value, number } of rows) {
        const sort = sortOf(name, value);
        if (sort) gather.add('php.setting', sort, { event: number, field: name, raw: value });
      }
      return true;
    },
  },
];
