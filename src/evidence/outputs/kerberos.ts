import type { CommandOutput } from './output.js';

/** A service principal name of the web: HTTP/host, HTTP/host:port. */
const principal = /^\s*([A-Za-z]{2,20}\/[\w.-]{1,255}(?::[\w-]{1,60})?(?:\/[\w.-]{1,255})?)\s*$/;
/** The account that a name is registered on, as a distinguished name. */
const account = /^\s*(?:[^:]{0,120}:\s*)?CN=[^,]{1,100},/;

export const kerberosOutputs: readonly CommandOutput[] = [
  {
    command: 'setspn',
    sign: /\bCN=|SPN/,
    kind: 'command-output',
    typed: /^setspn\b/i,
    read(lines, gather, typed) {
      const groups = lines.flatMap(({ text, number }) => {
        const found = /\b(\d{1,6})\b[^\d]{1,60}\bSPNs?\b\.?\s*$/i.exec(text);
        return found ? [{ count: Number(found[1]), number }] : [];
      })[0];
      const names = lines.filter(({ text }) => principal.test(text));
      const accounts = lines.filter(({ text }) => account.test(text));
      const missing = lines.find(({ text }) => /^No such SPN found\.?\s*$/.test(text.trim()));
      if (!groups && !missing && !(accounts.length > 0 && (names.length > 0 || typed))) return false;
      for (const { text, number } of names)
        gather.add('spn.name', principal.exec(text)![1]!, { event: number, field: 'SPN' });
      for (const { text } of accounts) gather.countWithheld(text);
      if (groups) gather.add('spn.duplicates', groups.count, { event: groups.number, field: 'duplicate SPNs' });
      if (missing)
        gather.add('spn.registered', false, { event: missing.number, field: 'SPN', raw: 'No such SPN found' });
      else if (names.length > 0) gather.add('spn.registered', true, { event: names[0]!.number, field: 'SPN' });
      return true;
    },
  },
  {
    command: 'klist',
    sign: /#\d{1,4}>|0x[\da-f]{2,8}/i,
    kind: 'command-output',
    read(lines, gather) {
      const tickets = lines.filter(({ text }) => /^\s*#\d{1,4}>/.test(text));
      const head = lines.find(({ text }) => /\(\s*\d{1,5}\s*\)\s*$/.test(text) && /:\s*\(/.test(text));
      if (tickets.length === 0 && !(head && lines.some(({ text }) => /0x[\da-f]{2,8}\s*$/i.test(text)))) return false;
      gather.add('ticket.count', tickets.length, { field: 'tickets' });
      for (const { text, number } of lines) {
        const service = /:\s*([A-Za-z]{2,20})\/[\w.-]{1,255}\s*@/.exec(text)?.[1];
        if (service) gather.add('ticket.service', service, { event: number, field: 'Server' });
      }
      return true;
    },
  },
];
