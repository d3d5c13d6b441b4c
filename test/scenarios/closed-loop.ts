import { frebLog, rightsExport, rightsExportInOrder } from './logs.js';
import type { Scenario } from './types.js';

const notFound: [number, string] = [2147942402, 'The system cannot find the file specified. (0x80070002)'];

/** From the first log over a fix that did not take to the proof that it did. */
export const closedLoop: Scenario = {
  name: 'a fix followed to its proof: the list, the old token, another fault, fixed',
  place: 'direct',
  turns: [
    { drops: [{ name: 'fr000032.xml', bytes: frebLog() }], shows: ['0x80070542'], hides: ['Seen '] },
    { drops: [{ name: 'ur.inf', bytes: rightsExport() }], shows: ['IIS_IUSRS is missing from the list; that fits'] },
    {
      drops: [{ name: 'ur2.inf', bytes: rightsExportInOrder() }],
      shows: ['Fixed in the list', 'keeps its old token', 'case 1'],
    },
    {
      drops: [{ name: 'fr000033.xml', bytes: frebLog({ time: '2026-06-08T20:10:00.000Z' }) }],
      shows: ['The same', 'from process 7120', 'old token', '2026-06-08 20:10:00'],
    },
    {
      drops: [
        {
          name: 'fr000034.xml',
          bytes: frebLog({
            time: '2026-06-08T20:20:00.000Z',
            processId: 8844,
            status: 404,
            notification: [128, 'EXECUTE_REQUEST_HANDLER'],
            errorCode: notFound,
          }),
        },
      ],
      shows: ['Changed', 'still fails, but for a different reason', '8844', '0x80070002'],
      hides: ['old token'],
    },
    {
      drops: [
        {
          name: 'fr000035.xml',
          bytes: frebLog({ time: '2026-06-08T20:30:00.000Z', processId: 8844, status: 200, works: true }),
        },
      ],
      shows: ['Fixed:', 'GET /secure/secret.html', 'answers 200 now'],
      hides: ['Likely cause', 'old token'],
    },
    { says: 'case', shows: ['Case 1: fixed', 'Fingerprint', 'FREB log'], hides: ['secret.html'] },
    { says: 'case 7', shows: ['no case 7'] },
  ],
};
