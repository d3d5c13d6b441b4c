import type { CommandOutput } from './output.js';

export const certificateOutputs: readonly CommandOutput[] = [
  {
    command: 'certutil',
    sign: /CertUtil:|0x80|revocation/i,
    kind: 'command-output',
    typed: /^certutil\b/i,
    read(lines, gather, typed) {
      const done = lines.find(({ text }) => /^CertUtil: -\w{3,20} /.test(text));
      if (!done && !typed) return false;
      const errors = lines.flatMap(({ text, number }) =>
        [...text.matchAll(/\b(0x80[0-9a-f]{6}) \(-?\d{1,12} ([A-Z][A-Z0-9_]{3,60})\)/gi)].map((hit) => ({
          code: hit[1]!.toLowerCase(),
          name: hit[2]!,
          number,
        })),
      );
      const passed = lines.find(({ text }) => /revocation check passed/i.test(text));
      if (!done && errors.length === 0 && !passed) return false;
      for (const { code, name, number } of errors) {
        gather.add('certificate.error', code, { event: number, field: 'error' });
        gather.add('certificate.error-name', name, { event: number, field: 'error' });
      }
      if (passed) gather.add('certificate.revocation-checked', true, { event: passed.number, field: 'revocation' });
      return true;
    },
  },
  {
    command: 'Get-ChildItem Cert:',
    sign: /Certificate::|[0-9A-F]{40}/,
    kind: 'command-output',
    typed: /\bCert:\\/i,
    read(lines, gather, typed) {
      const store = lines.some(({ text }) => /Certificate::\w{3,20}\\\w{2,40}\s*$/.test(text));
      const rows = lines.filter(({ text }) => /^[0-9A-F]{40}\s+\S/.test(text.trim()));
      if (!store && !(typed && rows.length > 0)) return false;
      gather.add('store.certificates', rows.length, { field: 'Thumbprint' });
      for (const { text } of rows) gather.countWithheld(text);
      return true;
    },
  },
  {
    command: 'Get-TlsCipherSuite',
    sign: /\bTLS_/,
    kind: 'command-output',
    read(lines, gather) {
      const suites = lines.filter(({ text }) => /^\s*(?:Name\s*:\s*)?TLS_[A-Z0-9_]{8,60}\s*$/.test(text));
      if (suites.length < 2) return false;
      gather.add('tls.suites', suites.length, { event: suites[0]!.number, field: 'Name' });
      const modern = suites.some(({ text }) => /ECDHE.*GCM|TLS_AES_/.test(text));
      gather.add('tls.modern', modern, {
        event: suites[0]!.number,
        field: 'Name',
        raw: /TLS_\w{8,60}/.exec(suites[0]!.text)?.[0],
      });
      return true;
    },
  },
];
