import type { Refusal } from './evidence.js';

/** First bytes of things people drop by mistake. `also` stands further behind. */
interface FirstBytes {
  bytes: readonly number[];
  at?: number;
  also?: { bytes: readonly number[]; at: number };
  /** Stands anywhere in the first megabyte. */
  holds?: readonly number[];
  what: string;
}

const ascii = (text: string) => [...text].map((char) => char.charCodeAt(0));
const utf16 = (text: string) => [...text].flatMap((char) => [char.charCodeAt(0), 0]);
const oleFile = [0xd0, 0xcf, 0x11, 0xe0];
/** The marker of the first event of a trace of 32 bits (1) or 64 bits (2). */
const traceMarker = (kind: number) => [2, 0, kind, 0xc0];
/** The id of the events in which Windows keeps counters: {933f3bb3-943e-490d-9ced-3cbb14c14479}. */
const counterEvents = [0xb3, 0x3b, 0x3f, 0x93, 0x3e, 0x94, 0x0d, 0x49, 0x9c, 0xed, 0x3c, 0xbb, 0x14, 0xc1, 0x44, 0x79];

/** A certificate with its key: its length in no, one, two or three bytes, and then version 3. */
const certificateWithKey = (at: number): FirstBytes => ({
  bytes: [0x30, 0x80 + at - 2],
  also: { bytes: [2, 1, 3, 0x30], at },
  what: 'a certificate with its private key (.pfx)',
});

/** What each kind is refused as; the first signature that fits wins. */
export const signatures: readonly [Refusal, readonly FirstBytes[]][] = [
  [
    'picture',
    [
      { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'a PNG image' },
      { bytes: [0xff, 0xd8, 0xff], what: 'a JPEG image' },
      { bytes: ascii('GIF8'), what: 'a GIF image' },
      { bytes: ascii('BM'), also: { bytes: [0, 0, 0, 0], at: 6 }, what: 'a bitmap image' },
      { bytes: [0x49, 0x49, 0x2a, 0], what: 'a TIFF image' },
      { bytes: [0x4d, 0x4d, 0, 0x2a], what: 'a TIFF image' },
      { bytes: ascii('ftyphei'), at: 4, what: 'a HEIC image' },
      { bytes: ascii('ftypmif'), at: 4, what: 'a HEIC image' },
      { bytes: ascii('ftypavi'), at: 4, what: 'an AVIF image' },
      { bytes: ascii('ftyp'), at: 4, what: 'a video' },
      { bytes: [0x1a, 0x45, 0xdf, 0xa3], what: 'a video' },
      { bytes: ascii('WEBP'), at: 8, what: 'a WebP image' },
      { bytes: ascii('%PDF'), what: 'a PDF document' },
    ],
  ],
  [
    'other-archive',
    [
      { bytes: [0x1f, 0x8b], what: 'a gzip archive' },
      { bytes: [0x37, 0x7a, 0xbc, 0xaf], what: 'a 7-Zip archive' },
      { bytes: ascii('Rar!'), what: 'a RAR archive' },
      { bytes: ascii('MSCF'), what: 'a CAB archive' },
      { bytes: ascii('ustar'), at: 257, what: 'a tar archive' },
      { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: 'an xz archive' },
      { bytes: ascii('BZh'), what: 'a bzip2 archive' },
    ],
  ],
  [
    'binary-events',
    [
      { bytes: ascii('ElfFile'), what: 'a binary Windows event log (.evtx)' },
      { bytes: ascii('LfLe'), at: 4, what: 'an event log of Windows Server 2003 or older (.evt)' },
    ],
  ],
  [
    'holds-secrets',
    [
      { bytes: ascii('MDMP'), what: 'a memory dump' },
      { bytes: ascii('PAGEDU'), what: 'a memory dump of Windows' },
      { bytes: [0x03, 0xd9, 0xa2, 0x9a], what: 'a store of passwords (.kdbx)' },
      { bytes: ascii('JAVA PROFILE 1.'), what: 'a memory dump of Java (.hprof)' },
      { bytes: [0x7f, 0x45, 0x4c, 0x46], also: { bytes: [4, 0], at: 16 }, what: 'a memory dump of Linux' },
      { bytes: [0xfe, 0xed, 0xfe, 0xed], what: 'a store of keys (.jks)' },
      { bytes: [0xce, 0xce, 0xce, 0xce], what: 'a store of keys (.jceks)' },
      ...[2, 3, 4, 5].map(certificateWithKey),
      { bytes: [0x1e, 0xf1, 0xb5, 0xb0], what: 'a private key (.pvk)' },
      { bytes: [5, 2, 0, 0, 0], what: 'keys of Kerberos (.keytab)' },
      { bytes: ascii('regf'), what: 'a part of the registry' },
      { bytes: [0xef, 0xcd, 0xab, 0x89], at: 4, what: 'a database of Windows (.edb, ntds.dit)' },
      { bytes: [1, 0x0f, 0, 0], what: 'a database of SQL Server (.mdf, .ldf)' },
      { bytes: ascii('TAPE'), also: { bytes: [0, 0], at: 4 }, what: 'a backup of SQL Server (.bak)' },
      { bytes: ascii('Standard Jet DB'), at: 4, what: 'a database of Access (.mdb)' },
      { bytes: ascii('Standard ACE DB'), at: 4, what: 'a database of Access (.accdb)' },
      { bytes: ascii('SQLite format 3'), what: 'a SQLite database' },
      { bytes: ascii('vhdxfile'), what: 'a virtual disk (.vhdx)' },
      { bytes: ascii('conectix'), what: 'a virtual disk (.vhd)' },
      { bytes: ascii('KDMV'), what: 'a virtual disk (.vmdk)' },
    ],
  ],
  [
    'recording',
    [
      { bytes: [0xd4, 0xc3, 0xb2, 0xa1], what: 'a network capture (.pcap)' },
      { bytes: [0xa1, 0xb2, 0xc3, 0xd4], what: 'a network capture (.pcap)' },
      { bytes: [0x4d, 0x3c, 0xb2, 0xa1], what: 'a network capture (.pcap)' },
      { bytes: [0xa1, 0xb2, 0x3c, 0x4d], what: 'a network capture (.pcap)' },
      { bytes: [0x0a, 0x0d, 0x0d, 0x0a], what: 'a network capture (.pcapng)' },
      { bytes: ascii('snoop\0\0\0'), what: 'a network capture' },
      { bytes: ascii('GMBU'), what: 'a network capture of Network Monitor (.cap)' },
    ],
  ],
  ['mail', [{ bytes: ascii('!BDN'), what: 'a mailbox of Outlook (.pst)' }]],
  ['mail', [{ bytes: oleFile, holds: utf16('__substg1.0_'), what: 'a mail of Outlook (.msg)' }]],
  ['picture', [{ bytes: oleFile, what: 'an old Office document or a mail of Outlook' }]],
  [
    'event-trace',
    [
      { bytes: ascii('Nettrace'), what: 'a trace of .NET (.nettrace)' },
      { bytes: ascii('!FastSerialization'), at: 4, what: 'a trace or a heap of .NET (.gcdump)' },
      // The first event of a trace is its own description; the counters of Windows are written as such a trace.
      { bytes: traceMarker(2), at: 72, holds: counterEvents, what: 'a log of performance counters (.blg)' },
      { bytes: traceMarker(2), at: 72, what: 'an event trace of Windows (.etl)' },
      { bytes: traceMarker(1), at: 72, holds: counterEvents, what: 'a log of performance counters (.blg)' },
      { bytes: traceMarker(1), at: 72, what: 'an event trace of Windows (.etl)' },
    ],
  ],
  [
    'not-text',
    [
      { bytes: [0x50, 0x4b, 3, 4], what: 'a zip archive' },
      { bytes: [0x50, 0x4b, 5, 6], what: 'an empty zip archive' },
      { bytes: ascii('MZ'), what: 'a Windows program' },
      { bytes: [0x7f, 0x45, 0x4c, 0x46], what: 'a Linux program' },
      { bytes: [0x4c, 0, 0, 0, 1, 0x14, 2, 0], what: 'a shortcut of Windows (.lnk), not the file it points to' },
    ],
  ],
];
