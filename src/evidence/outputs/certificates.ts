import type { CommandOutput, OutputLine } from './output.js';

/** `NotAfter : 11/28/2027 …` of a list, and the last column of a table that has it. */
const listedEnd = /^\s*NotAfter\s{0,12}: (\d{1,4}[./-]\d{1,2}[./-]\d{1,4})\b/;
const endInRow = /^\s*[0-9A-F]{40}\s.{0,300}?\b(\d{1,4}[./-]\d{1,2}[./-]\d{1,4})\b[\s\d:.APMapm]{0,24}$/;

/** The certificate with which Exchange signs the sessions of OWA and ECP. */
const authCertificate = /CN=Microsoft Exchange Server Auth Certificate/i;

/** How certutil says that a certificate has no private key here. */
const missingKey =
  /Missing stored keyset|Cannot find the certificate and private key|Encryption test FAILED|\bNTE_BAD_KEYSET\b|No key provider information/;

/** The days on which certificates end, as they are written, and by a number that orders them. */
function endsOf(lines: readonly OutputLine[]): { day: string; order: number; number: number }[] {
  const isTable = lines.some(({ text }) => /^\s*Thumbprint\b.*\bNotAfter\b/.test(text));
  return lines.flatMap(({ text, number }) => {
    const day = (listedEnd.exec(text) ?? (isTable ? endInRow.exec(text) : null))?.[1];
    return day === undefined ? [] : [{ day, order: orderOf(day), number }];
  });
}

/** Days are written by the settings of the server: the year is the longest number, and with dots the day comes first. */
function orderOf(day: string): number {
  const [a = 0, b = 0, c = 0] = day.split(/[./-]/).map(Number);
  if (a > 31) return a * 10_000 + b * 100 + c;
  const dayFirst = day.includes('.') || a > 12;
  return c * 10_000 + (dayFirst ? b * 100 + a : a * 100 + b);
}

export const certificateOutputs: readonly CommandOutput[] = [
  {
    command: 'certutil',
    sign: /CertUtil:|0x80|revocation|stored keyset/i,
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
      const keyless = lines.find(({ text }) => missingKey.test(text));
      if (!done && errors.length === 0 && !passed && !keyless) return false;
      const listed = lines.filter(({ text }) => /^={4,} [^=]{3,40} \d{1,4} ={4,}\s*$/.test(text)).length;
      if (keyless)
        gather.add('certificate.key-missing', true, {
          event: keyless.number,
          field: 'certutil',
          raw: missingKey.exec(keyless.text)?.[0],
        });
      if (listed > 0) gather.add('certificate.in-store', listed, { field: 'certificates' });
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
    sign: /Certificate::|[0-9A-F]{40}|NotAfter/,
    kind: 'command-output',
    typed: /\bCert:\\|\bGet-ExchangeCertificate\b/i,
    read(lines, gather, typed) {
      const store = lines.some(({ text }) => /Certificate::\w{3,20}\\\w{2,40}\s*$/.test(text));
      const rows = lines.filter(({ text }) => /^[0-9A-F]{40}\s+\S/.test(text.trim()));
      const ends = endsOf(lines);
      if (!store && !(typed && rows.length > 0) && ends.length === 0) return false;
      const first = [...ends].sort((a, b) => a.order - b.order)[0];
      if (first) gather.add('certificate.ends', first.day, { event: first.number, field: 'NotAfter' });
      if (ends.length > 0) gather.add('certificate.listed', ends.length, { field: 'NotAfter' });
      if (ends.length > 0 && lines.some(({ text }) => authCertificate.test(text)))
        gather.add('certificate.is-exchange-auth', true, { field: 'Subject' });
      if (rows.length === 0 && !store) return true;
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
