import type { FileVerdict, Group } from '../../diagnosis/report.js';
import { right, sampleFinding, sampleReport } from './kit.js';
import { log } from './right-reports.js';
import { fileNotFound, noFault, unreadable } from './single-reports.js';

const group = (g: Partial<Group>): Group => ({ cause: null, count: 1, example: 'fr000001.xml', title: '', ...g });

/** Returns the same fault again under other names and paths. */
function copies(file: FileVerdict, count: number, first: number): FileVerdict[] {
  return Array.from({ length: count }, (_, i) => ({
    ...file,
    name: `fr${String(first + i).padStart(6, '0')}.xml`,
    request: file.request && { ...file.request, url: `http://portal:80/img/${i % 3}.png` },
  }));
}

const failing = copies(log, 12, 101);
const missing = copies(fileNotFound.files[0]!, 5, 201);
/** Many files with different faults. */
export const mixed = sampleReport(
  [...failing, ...missing, { ...noFault.files[0]!, name: 'fr000301.xml' }, unreadable.files[0]!],
  [
    sampleFinding(right, failing, { missing: ['rights-export', 'policy-report', 'pool-identity'] }),
    { ...fileNotFound.diagnosis.findings[0]!, files: missing.map((f) => f.name) },
  ],
  [
    group({
      cause: right,
      verdict: 'failure',
      count: 12,
      example: 'fr000101.xml',
      title: 'The worker process lost the right to impersonate users',
      by: {
        pool: [['Portal', 12]],
        site: [['2', 12]],
        url: [0, 1, 2].map((n): [string, number] => [`http://portal:80/img/${n}.png`, 4]),
        hour: [['2026-06-08T19', 12]],
      },
    }),
    group({
      cause: 'file-not-found',
      verdict: 'failure',
      count: 5,
      example: 'fr000201.xml',
      title: 'The file does not exist',
      by: { pool: [['DefaultAppPool', 5]], site: [['1', 5]], url: [['http://portal:80/img/0.png', 5]], hour: [] },
    }),
    group({ verdict: 'no-fault', count: 1, example: 'fr000301.xml', title: '200' }),
  ],
  'failure',
);

/** Many files with one fault. */
export const sameFault = sampleReport(
  failing,
  [sampleFinding(right, failing, { missing: ['rights-export', 'policy-report', 'pool-identity'] })],
  [
    group({
      cause: right,
      verdict: 'failure',
      count: 12,
      example: 'fr000101.xml',
      title: 'The worker process lost the right',
    }),
  ],
);
