import { right, sampleFinding, sampleReport, sampleTrace, statusEvent } from './kit.js';

/** Mentions, markup, links, terminal escapes, direction marks. */
const hostileText =
  '<!channel> <@U0001> *b* `c` [x](https://evil.example) <script>alert(1)</script> @everyone \u001b[31mred\u0007 \u202egnp.exe {line} {{x}}';

/** A log whose every text is hostile. */
export const hostile = (() => {
  const file = sampleTrace(
    {
      name: `${hostileText}.xml`,
      cause: right,
      confidence: 'likely',
      decisive: {
        event: 7,
        name: statusEvent,
        module: hostileText,
        notification: 'AUTHENTICATE_REQUEST',
        errorCode: '0x80070542',
      },
      evidence: [{ event: 7, eventName: statusEvent, field: 'ErrorCode', value: '2147943746' }],
      detail: hostileText,
      next: ['rights-export'],
    },
    { url: `http://h/${hostileText}`, appPool: hostileText, server: hostileText, verb: hostileText },
  );
  return sampleReport(
    [file],
    [
      sampleFinding(right, [file], {
        facts: { pool: hostileText, server: hostileText, gpo: hostileText, 'gpo.place': `GPO ${hostileText}` },
      }),
    ],
  );
})();
