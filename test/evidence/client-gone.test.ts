import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { readEvidence } from '../../src/evidence/read.js';
import { knowledge } from '../diagnosis/readings.js';

const fields = (module: string, stage: string, code: string) =>
  `ModuleName: ${module}\nNotification: ${stage}\nHttpStatus: 500\nHttpReason: Internal Server Error\nHttpSubStatus: 19\nErrorCode: The connection was lost. (${code})\nConfigExceptionInfo:\n`;

describe('a client that leaves while its answer is made, reported as 500.19', () => {
  it.each([
    ['while a file is compressed', fields('StaticCompressionModule', 'SEND_RESPONSE', '0x800704cd')],
    ['while a page is compressed, cancelled', fields('DynamicCompressionModule', 'SEND_RESPONSE', '0x800703e3')],
    ['while the answer is sent', fields('IIS Web Core', 'SEND_RESPONSE', '0x80070040')],
    [
      'in the view of one line',
      'MODULE_SET_RESPONSE_ERROR_STATUS Warning ModuleName="DynamicCompressionModule", Notification="RELEASE_REQUEST_STATE", HttpStatus="500", HttpSubStatus="19", ErrorCode="Gone (0x800704cd)"',
    ],
    ['as decimals', fields('RequestFilteringModule', 'SEND_RESPONSE', '0x800704cd').replace(/The.*\)/, '2147943629')],
  ])('%s: the configuration is not blamed', (_, text) => {
    const file = diagnose([readEvidence('a.txt', Buffer.from(text))], knowledge).files[0]!;
    expect(file).toMatchObject({ verdict: 'aborted', cause: 'client-disconnected' });
    expect(file.detail).toMatch(/500\.19 isn't a fault of the configuration/);
  });
});

describe('what holds pictures of text', () => {
  const box = (brand: string) =>
    Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(`ftyp${brand}`), Buffer.alloc(16)]);
  it.each([
    ['a photo of a phone', box('heic'), /HEIC/],
    ['a photo of a phone, other brand', box('mif1'), /HEIC/],
    ['a picture of a browser', box('avif'), /AVIF/],
  ])('%s is told as a picture', (_, bytes, looks) => {
    const reading = readEvidence('x', bytes);
    expect(reading).toMatchObject({ kind: 'unknown', refusal: 'picture' });
    expect(reading.looksLike).toMatch(looks);
  });
});
