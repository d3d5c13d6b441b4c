import type { CommandOutput } from './output.js';

/** A service principal name of the web: HTTP/host, HTTP/host:port. */
const principal = /^\s*([A-Za-z]{2,20}\/[\w.-]{1,255}(?::[\w-]{1,60})?(?:\/[\w.-]{1,255})?)\s*$/;
/** The account that a name is registered on, as a distinguished name. */
const account = /(?:^|[\s:：(])CN=[^,]{1,100},/;
/** `-X`: a name, then words that end in a colon; the accounts are below. */
const shared = /^\s*([A-Za-z]{2,20}\/[\w.-]{1,255}(?::[\w-]{1,60})?)\s[^\n]{3,120}[:：]\s*$/;
/** `-S` and `-A` refuse a name that another account has. */
const refused = /^Duplicate SPN found/i;

export const kerberosOutputs: readonly CommandOutput[] = [
  {
    command: 'setspn',
    sign: /\bCN=|SPN/,
    kind: 'command-output',
    typed: /^setspn\b/i,
    read(lines, gather, typed) {
      const groups = lines.flatMap(({ text, number }) => {
        const found = /\b(\d{1,6})\b[^\d]{1,60}\bSPNs?\b\.?\s*$/i.exec(text);
        const count = refused.test(text.trim()) ? 1 : found ? Number(found[1]) : undefined;
        return count === undefined ? [] : [{ count, number }];
      })[0];
      const names = lines.filter(({ text }) => principal.test(text));
      const accounts = lines.filter(({ text }) => account.test(text));
      const missing = lines.find(({ text }) => /^No such SPN found\.?\s*$/.test(text.trim()));
      // `-L` names the account in its first line, which ends in a colon.
      const listed = lines.find(({ text }) => account.test(text) && /[:：]\s*$/.test(text));
      if (!groups && !missing && !listed && !(accounts.length > 0 && (names.length > 0 || typed))) return false;
      for (const { text, number } of names)
        gather.add('spn.name', principal.exec(text)![1]!, { event: number, field: 'SPN' });
      for (const { text, number } of lines) {
        const name = shared.exec(text)?.[1];
        if (name) gather.add('spn.duplicate-name', name, { event: number, field: 'SPN' });
      }
      for (const { text } of accounts) gather.countWithheld(text);
      // Names of the class HOST are on computers alone.
      const host = names.find(({ text }) => /^\s*(?:HOST|RestrictedKrbHost)\//i.test(text));
      const web = names.find(({ text }) => /^\s*HTTP\//i.test(text));
      if (host && web && accounts.length === 1)
        gather.add('spn.on-computer', true, { event: host.number, field: 'SPN', raw: host.text.trim() });
      if (groups) gather.add('spn.duplicates', groups.count, { event: groups.number, field: 'duplicate SPNs' });
      if (listed && !groups) {
        const web = names.find(({ text }) => /^\s*(?:HTTP|HOST)\//i.test(text));
        gather.add('spn.of-web', web !== undefined, { event: (web ?? listed).number, field: 'SPN' });
      }
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
      const failed = lines.find(({ text }) => /^\s*klist\b.{0,80}0x[cC][\da-fA-F]{7}\b/.test(text));
      const listed = tickets.length > 0 || (head && lines.some(({ text }) => /0x[\da-f]{2,8}\s*$/i.test(text)));
      if (!listed && !failed) return false;
      if (failed) {
        const code = /0x[\da-f]{8}/i.exec(failed.text)![0].toLowerCase();
        gather.add('ticket.refused', code, { event: failed.number, field: 'klist' });
      } else gather.add('ticket.count', tickets.length, { field: 'tickets' });
      // Of the computer itself and of NETWORK SERVICE; every other session is the one of a user.
      const session = lines.find(({ text }) => /\b0:0x3e[47]\s*$/i.test(text));
      if (session) gather.add('ticket.of-computer', true, { event: session.number, field: 'LogonId' });
      for (const { text, number } of lines) {
        const [, name, service] = /:\s*(([A-Za-z]{2,20})\/[\w.-]{1,255})\s*@/.exec(text) ?? [];
        if (service) gather.add('ticket.service', service, { event: number, field: 'Server', raw: name });
      }
      return true;
    },
  },
];
