import type { CommandOutput } from './output.js';

const managedTest = /^(?:PS [^>]{0,80}> ?)?Test-ADServiceAccount\b/i;

export const domainOutputs: readonly CommandOutput[] = [
  {
    command: 'nltest',
    sign: / 0x[\da-f]{1,8} |\\\\\\\\/i,
    kind: 'command-output',
    typed: /^nltest\b/i,
    read(lines, gather) {
      const status = lines.flatMap(({ text, number }) => {
        const found = /= (\d{1,10}) 0x[\da-f]{1,8} ([A-Z][A-Za-z0-9_]{3,60})\s*$/.exec(text);
        return found ? [{ code: Number(found[1]), name: found[2]!, number }] : [];
      });
      const controller = lines.find(({ text }) => /^\s*(?:Trusted )?DC(?: Name)?:? {1,10}\\\\\S/.test(text));
      if (status.length === 0 && !controller) return false;
      for (const { code, name, number } of status) {
        gather.add('domain.status', code, { event: number, field: 'Status' });
        gather.add('domain.status-name', name, { event: number, field: 'Status' });
      }
      if (controller) gather.add('domain.controller-found', true, { event: controller.number, field: 'DC' });
      return true;
    },
  },
  {
    command: 'w32tm',
    sign: /0x[\dA-F]{8} \(|: \d{1,2} \(/i,
    kind: 'command-output',
    typed: /^w32tm\b/i,
    read(lines, gather, typed) {
      const id = lines.find(({ text }) => /^\s*[^:]{3,30}:\s*0x[\dA-F]{8} \(/i.test(text));
      const stratum = lines.flatMap(({ text, number }) => {
        const found = /^\s*[^:]{3,30}:\s*(\d{1,2})(?: \(.{3,80}\))?\s*$/.exec(text);
        return found ? [{ value: Number(found[1]), number }] : [];
      })[0];
      if (!id && !(typed && stratum)) return false;
      const local = lines.flatMap(({ text, number }) => {
        const found = /Local CMOS Clock|Free-running System Clock/.exec(text);
        return found ? [{ event: number, raw: found[0] }] : [];
      })[0];
      gather.add('time.synchronised', !local, { event: id?.number, ...local, field: 'Source' });
      return true;
    },
  },
  {
    command: 'net user',
    sign: /Account active/,
    kind: 'command-output',
    typed: /^net(?:1)?(?:\.exe)?\s+user\b/i,
    read(lines, gather) {
      // Two columns; only English words are known here.
      const active = lines.flatMap(({ text, number }) => {
        const found = /^Account active\s{2,}(Yes|No|Locked)\s*$/.exec(text);
        return found ? [{ word: found[1]!.toLowerCase() as 'yes' | 'no' | 'locked', number }] : [];
      })[0];
      if (!active) return false;
      gather.add('account.active', active.word, { event: active.number, field: 'Account active' });
      const expires = lines.find(({ text }) => /^Password expires\s{2,}\S/.test(text));
      if (expires)
        gather.add('account.password-never-expires', /Never\s*$/.test(expires.text), {
          event: expires.number,
          field: 'Password expires',
        });
      for (const { text } of lines) if (/^(?:User name|Full Name)\s{2,}\S/.test(text)) gather.countWithheld(text);
      return true;
    },
  },
  {
    command: 'Test-ADServiceAccount',
    sign: /^\s*(?:True|False)\s*$/im,
    kind: 'command-output',
    typed: managedTest,
    read(lines, gather, typed) {
      const said = lines.filter(({ text }) => text.trim() !== '');
      const answer = said.find(({ text }) => /^\s*(?:True|False)\s*$/i.test(text));
      const warned = said.some(({ text }) => /Test failed for Managed Service Account/i.test(text));
      // Without its prompt the line of the command is right above the answer.
      const above = said[said.indexOf(answer!) - 1]?.text ?? '';
      if (!answer || !(typed || warned || managedTest.test(above.trim()))) return false;
      gather.add('account.usable-here', /^\s*true/i.test(answer.text), { event: answer.number });
      return true;
    },
  },
  {
    command: 'auditpol',
    sign: /No Auditing|Success|Failure/,
    kind: 'command-output',
    typed: /^auditpol\b/i,
    read(lines, gather, typed) {
      const rows = lines.flatMap(({ text, number }) => {
        const found = /^\s*(\S.{2,60}?)\s{2,}(No Auditing|Success and Failure|Success|Failure)\s*$/.exec(text);
        return found ? [{ name: found[1]!, setting: found[2]!, number }] : [];
      });
      const heading = lines.some(({ text }) => /^Category\/Subcategory\b/.test(text.trim()));
      if (rows.length === 0 || !(heading || typed)) return false;
      gather.add('audit.subcategories', rows.length, { event: rows[0]!.number, field: 'Setting' });
      for (const { name, setting, number } of rows) {
        if (name === 'Authorization Policy Change')
          gather.add('audit.rights-are-audited', /Success/.test(setting), { event: number, field: name, raw: setting });
      }
      return true;
    },
  },
];
