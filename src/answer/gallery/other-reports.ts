import type { Report } from '../../diagnosis/report.js';
import { mixed, sameFault } from './group-reports.js';
import { hostile } from './hostile-report.js';
import { preflight } from './preflight-report.js';
import { singleReports } from './single-reports.js';

/** Every other verdict, many files, and a log whose text is hostile. */
export const otherReports: Readonly<Record<string, Report>> = {
  ...singleReports,
  'many-mixed': mixed,
  'many-same-fault': sameFault,
  preflight,
  hostile,
};
