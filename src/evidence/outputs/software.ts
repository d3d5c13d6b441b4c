import { type CommandOutput, colonValues } from './output.js';

export const softwareOutputs: readonly CommandOutput[] = [
  {
    command: 'dotnet',
    sign: /\[|:\s*$/m,
    kind: 'command-output',
    typed: /^dotnet(?:\.exe)?\s/i,
    read(lines, gather) {
      const runtimes = lines.flatMap(({ text, number }) => {
        const found = /^\s*(Microsoft\.[A-Za-z.]{3,40}\.App) (\d{1,3}\.\d{1,3}\.[\w.-]{1,30}) \[(.{3,200})\]\s*$/.exec(
          text,
        );
        return found ? [{ name: `${found[1]} ${found[2]}`, x86: /\(x86\)/.test(found[3]!), number }] : [];
      });
      const sdk = lines.some(({ text }) => /^\s*(?:Host(?: \(.{1,40}\))?|\.NET SDKs? ?.{0,40}):\s*$/.test(text));
      if (runtimes.length === 0 && !sdk) return false;
      for (const { name, x86, number } of runtimes)
        gather.add('runtime.installed', x86 ? `${name} (32-bit)` : name, { event: number, field: 'runtime' });
      gather.add(
        'runtime.has-aspnetcore',
        runtimes.some(({ name }) => name.startsWith('Microsoft.AspNetCore.App')),
        {
          field: 'runtime',
        },
      );
      return true;
    },
  },
  {
    command: 'php',
    sign: /PHP |VCRUNTIME/i,
    kind: 'command-output',
    read(lines, gather) {
      const version = lines.flatMap(({ text, number }) => {
        const found =
          /^PHP (\d{1,2}\.\d{1,3}\.\d{1,3})\S{0,20} \(([\w-]{2,20})\) \(built: [^)]{4,60}\)(.{0,120})$/.exec(
            text.trim(),
          );
        return found
          ? [{ version: found[1]!, threadSafe: !/\bNTS\b/.test(found[3]!), build: found[3]!.trim(), number }]
          : [];
      })[0];
      const missing = lines.find(({ text }) => /\bVCRUNTIME\d{2,3}(?:_1)?\.dll\b/i.test(text));
      if (!version && !missing) return false;
      if (version) {
        gather.add('runtime.installed', `PHP ${version.version}`, { event: version.number, field: 'PHP' });
        gather.add('php.thread-safe', version.threadSafe, { event: version.number, field: 'PHP', raw: version.build });
      }
      if (missing)
        gather.add('php.runtime-missing', true, {
          event: missing.number,
          field: 'message',
          raw: /\bVCRUNTIME\w{2,6}\.dll\b/i.exec(missing.text)?.[0],
        });
      return true;
    },
  },
  {
    command: 'dism',
    sign: /: (?:IIS|NetFx|WCF|WAS)-/,
    kind: 'command-output',
    read(lines, gather) {
      const values = colonValues(lines);
      const feature = [...values.values()].find(({ value }) => /^(?:IIS|NetFx|WCF|WAS)-[\w-]{2,60}$/.test(value));
      if (
        !feature ||
        !lines.some(({ text }) => /^Deployment Image Servicing|^\s*\S.{0,40}\s:\s(?:IIS|NetFx|WCF|WAS)-/.test(text))
      )
        return false;
      gather.add('feature.name', feature.value, { event: feature.number, field: 'Feature Name' });
      const shown = values.get('state');
      const state = shown?.value.toLowerCase();
      if (state === 'enabled' || state === 'disabled' || state === 'disabled with payload removed')
        gather.add('feature.enabled', state === 'enabled', { event: shown!.number, field: 'State', raw: shown!.value });
      return true;
    },
  },
  {
    command: 'reg query',
    sign: /HKEY_|:\s/,
    kind: 'command-output',
    typed: /^reg(?:\.exe)?\s+query\b/i,
    read(lines, gather, typed) {
      const values = lines.flatMap(({ text, number }) => {
        const found = /^\s*(\S.{0,80}?)\s{2,}(REG_[A-Z_]{2,20})(?:\s{2,}(.{0,300}))?$/.exec(text.trimEnd());
        return found ? [{ name: found[1]!, data: found[3] ?? '', number }] : [];
      });
      const key = lines.some(({ text }) => /^\s*HKEY_[A-Z_]{4,20}\\/.test(text));
      const missing = typed && !key && lines.some(({ text }) => /^\s*\S{3,20}:\s/.test(text));
      if (!missing && !(key && (values.length > 0 || typed))) return false;
      gather.add('registry.found', !missing, { field: 'key' });
      for (const { name, data, number } of values) {
        gather.add('registry.value', name, { event: number, field: 'name' });
        // What a value holds may be anything; a number can hold no secret.
        if (/^0x[\da-f]{1,8}$/i.test(data)) gather.add('registry.number', Number(data), { event: number, field: name });
        else gather.countWithheld(data);
      }
      return true;
    },
  },
];
