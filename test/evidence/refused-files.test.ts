import { describe, expect, it } from 'vitest';
import { errorAnswer } from '../../src/answer/errors.js';
import { renderText } from '../../src/answer/text.js';
import { readEvidence } from '../../src/evidence/read.js';

const bytes = (head: string | number[], rest = 600) =>
  Buffer.concat([Buffer.from(typeof head === 'string' ? Buffer.from(head, 'latin1') : head), Buffer.alloc(rest, 0xe7)]);

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
    ['lnk', bytes([0x4c, 0, 0, 0, 1, 0x14, 2, 0]), /a shortcut of Windows.*not the file it points to/],
    ['exe', bytes('MZ'), /a Windows program\. I read text, zips and event logs/],
    ['nothing', Buffer.alloc(0), /is empty: it has 0 bytes/],
    ['blanks', Buffer.from('  \n\t '.repeat(2000)), /is empty: it holds only blanks/],
    ['zeros', Buffer.alloc(5000), /is empty: it holds only zeros/],
  ])('also for a file of the kind "%s"', (_kind, file, expected) => {
    expect(answerTo(file)).toMatch(expected);
  });
});
