import { describe, expect, it } from 'vitest';
import { errorAnswer } from '../../src/answer/errors.js';
import { renderText } from '../../src/answer/text.js';
import { readEvidence, readPasted } from '../../src/evidence/read.js';

const bytes = (head: string | number[], rest = 600) =>
  Buffer.concat([Buffer.from(typeof head === 'string' ? Buffer.from(head, 'latin1') : head), Buffer.alloc(rest, 0xe7)]);

/** The first buffer of a trace: 72 bytes, and then the marker of its first event. */
const trace = (kind: number) => Buffer.concat([Buffer.alloc(72), bytes([2, 0, kind, 0xc0])]);
const counterEvents = Buffer.from('b33b3f933e940d499ced3cbb14c14479', 'hex');

/** What the sender of a file reads. */
function answerTo(file: Uint8Array): string {
  const { refusal, looksLike } = readEvidence('site', file);
  if (refusal === undefined) throw new Error('read as evidence');
  return renderText(errorAnswer(refusal, { name: 'site', looksLike })).replace(/\s+/g, ' ');
}

describe('the answer to a file that is no log says what it is, and what to send', () => {
  it.each([
    ['7z', bytes([0x37, 0x7a, 0xbc, 0xaf]), /a 7-Zip archive.*only archives that I open are zips.*Unpack it/],
    ['rar', bytes('Rar!'), /a RAR archive.*Unpack it/],
    ['gz', bytes([0x1f, 0x8b, 8]), /a gzip archive.*Unpack it/],
    ['cab', bytes('MSCF'), /a CAB archive.*Unpack it/],
    ['tar', bytes('fr.xml'.padEnd(257, '\0') + 'ustar'), /a tar archive.*Unpack it/],
    ['xz', bytes([0xfd, 0x37, 0x7a, 0x58, 0x5a]), /an xz archive.*Unpack it/],
    ['bmp', bytes([0x42, 0x4d, 0x9a, 0x10, 0, 0, 0, 0, 0, 0]), /a bitmap image.*copy the text/],
    ['tiff', bytes([0x49, 0x49, 0x2a, 0]), /a TIFF image.*copy the text/],
    ['mp4', bytes('\0\0\0 ftypisom'), /a video.*copy the text/],
    ['msg', bytes([0xd0, 0xcf, 0x11, 0xe0]), /a mail of Outlook.*copy the text/],
    [
      'msg by its streams',
      Buffer.concat([bytes([0xd0, 0xcf, 0x11, 0xe0]), Buffer.from('__substg1.0_0037001F', 'utf16le')]),
      /a mail of Outlook \(\.msg\)\. I don't read mails.*Save what is attached/,
    ],
    [
      'eml',
      Buffer.from('Return-Path: <a@contoso.example>\r\nFrom: A\r\nTo: B\r\n\r\nThe shop is slow today.\r\n'),
      /a saved mail \(\.eml\)\. I don't read mails.*copy the text of the error/,
    ],
    [
      'reg',
      Buffer.from(
        '\ufeffWindows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\X]\r\n"a"="b"\r\n',
        'utf16le',
      ),
      /an export of the registry \(\.reg\).*reg query/,
    ],
    ['old reg', Buffer.from('REGEDIT4\r\n\r\n[HKEY_LOCAL_MACHINE\\X]\r\n'), /an export of the registry.*reg query/],
    ['etl', trace(2), /an event trace of Windows \(\.etl\)\. I can't read.*FREB log/],
    ['etl of 32 bits', trace(1), /an event trace of Windows \(\.etl\)/],
    [
      'blg',
      Buffer.concat([trace(2), counterEvents]),
      /a log of performance counters \(\.blg\)\. I can't read.*FREB log/,
    ],
    [
      'netlog',
      Buffer.from('{"constants":{"activeFieldTrialGroups":[]},"events":[]}'),
      /a network log of a browser.*delete it here/,
    ],
    ['cap', bytes('GMBU'), /a network capture of Network Monitor.*delete it here/],
    ['nanosecond pcap', bytes([0x4d, 0x3c, 0xb2, 0xa1]), /a network capture \(\.pcap\).*delete it here/],
    ['kdbx', bytes([0x03, 0xd9, 0xa2, 0x9a]), /a store of passwords.*delete it here/],
    ['dmp', bytes('MDMP'), /a memory dump.*delete it here.*1000 and 1026/],
    ['kernel dmp', bytes('PAGEDU64'), /a memory dump of Windows.*delete it here/],
    ['pcap', bytes([0xd4, 0xc3, 0xb2, 0xa1]), /a network capture.*delete it here/],
    ['pcapng', bytes([0x0a, 0x0d, 0x0d, 0x0a]), /a network capture.*delete it here/],
    ['pfx', bytes([0x30, 0x82, 0x0a, 0x11, 2, 1, 3, 0x30]), /private key \(\.pfx\).*delete it here/],
    [
      'pem',
      Buffer.from('-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n'),
      /a private key.*delete it here/,
    ],
    ['pgp key', Buffer.from('-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQ\n'), /a private key.*delete it here/],
    ['small pfx', bytes([0x30, 0x81, 0xf0, 2, 1, 3, 0x30]), /private key \(\.pfx\)/],
    ['large pfx', bytes([0x30, 0x83, 1, 2, 3, 2, 1, 3, 0x30]), /private key \(\.pfx\)/],
    ['pfx without a length', bytes([0x30, 0x80, 2, 1, 3, 0x30, 0x80]), /private key \(\.pfx\)/],
    ['pvk', bytes([0x1e, 0xf1, 0xb5, 0xb0]), /a private key \(\.pvk\).*delete it here/],
    ['ppk', Buffer.from('PuTTY-User-Key-File-3: ssh-rsa\r\nEncryption: none\r\n'), /PuTTY \(\.ppk\).*delete it here/],
    ['keytab', bytes([5, 2, 0, 0, 0, 0x3a]), /keys of Kerberos \(\.keytab\).*delete it here/],
    [
      'ovpn',
      Buffer.from('client\r\ndev tun\r\nremote vpn.example 1194\r\nauth-user-pass\r\n'),
      /a VPN \(\.ovpn\).*delete it here/,
    ],
    [
      'publishsettings',
      Buffer.from('<publishData><publishProfile userName="$a" userPWD="Zq1" /></publishData>'),
      /a publishing profile with its password.*delete it here/,
    ],
    ['hive', bytes('regf'), /a part of the registry.*delete it here/],
    ['ntds.dit', bytes([1, 2, 3, 4, 0xef, 0xcd, 0xab, 0x89]), /ntds\.dit.*delete it here/],
    ['mdf', bytes([1, 0x0f, 0, 0, 8, 1]), /a database of SQL Server \(\.mdf, \.ldf\).*delete it here/],
    ['bak', bytes('TAPE\0\0\x03\0'), /a backup of SQL Server \(\.bak\).*delete it here/],
    ['mdb', bytes('\0\x01\0\0Standard Jet DB'), /a database of Access.*delete it here/],
    ['hprof', bytes('JAVA PROFILE 1.0.2\0'), /a memory dump of Java.*delete it here/],
    ['vhdx', bytes('vhdxfile'), /a virtual disk.*delete it here/],
    ['nettrace', bytes('Nettrace\x14\0\0\0!FastSerialization.1'), /a trace of \.NET \(\.nettrace\)\. I can't read/],
    ['pst', bytes('!BDN'), /a mailbox of Outlook \(\.pst\)\. I don't read mails/],
    ['lnk', bytes([0x4c, 0, 0, 0, 1, 0x14, 2, 0]), /a shortcut of Windows.*not the file it points to/],
    ['exe', bytes('MZ'), /a Windows program\. I read text, zips and event logs/],
    ['nothing', Buffer.alloc(0), /is empty: it has 0 bytes/],
    ['blanks', Buffer.from('  \n\t '.repeat(2000)), /is empty: it holds only blanks/],
    ['zeros', Buffer.alloc(5000), /is empty: it holds only zeros/],
  ])('also for a file of the kind "%s"', (_kind, file, expected) => {
    expect(answerTo(file)).toMatch(expected);
  });
});

describe('a recording of a browser is not looked into', () => {
  const recording = (log: object) => JSON.stringify({ log }, null, 1);
  const entries = [
    {
      request: { method: 'GET', url: 'https://web03/a?code=1', headers: [{ name: 'Cookie', value: 'auth=ZqCookie' }] },
      response: { status: 500, content: { text: '<h2>500 - Internal server error.</h2> 0x80070542' } },
    },
  ];

  it.each([
    ['of Chrome', recording({ version: '1.2', creator: { name: 'WebInspector' }, pages: [], entries })],
    ['of Firefox', recording({ creator: { name: 'Firefox' }, browser: { name: 'Firefox' }, entries })],
    ['in one line', JSON.stringify({ log: { entries } })],
    ['that is cut off', recording({ version: '1.2', creator: {}, entries }).slice(0, 200)],
    ['of Windows PowerShell, in UTF-16', `\ufeff${recording({ version: '1.2', entries })}`],
  ])('also one %s', (how, text) => {
    const file = Buffer.from(text, how.endsWith('UTF-16') ? 'utf16le' : 'utf8');
    expect(readEvidence('site.har', file)).toMatchObject({ refusal: 'recording', observations: [] });
    expect(answerTo(file)).toMatch(/a recording of a browser \(\.har\).*delete it here.*FREB log/);
    expect(readPasted(text)).toMatchObject([{ refusal: 'recording', observations: [] }]);
  });

  it('while other JSON is', () => {
    expect(
      readEvidence('a.json', Buffer.from('{"log":"2026-06-08 19:53:49 GET /a.aspx - 500 0 1346"}')).refusal,
    ).not.toBe('recording');
  });
});

describe('a mail that holds evidence is read', () => {
  it('by the line of an access log in it', () => {
    const text = 'Received: from a\r\nFrom: A\r\nTo: B\r\n\r\n2026-06-08 19:53:49 GET /a.aspx - - 500 0 1346\r\n';
    expect(readEvidence('a.eml', Buffer.from(text)).kind).not.toBe('unknown');
  });
});
