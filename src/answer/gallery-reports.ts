import type { Report } from '../diagnosis/report.js';
import { otherReports } from './gallery/other-reports.js';
import { rightReports } from './gallery/right-reports.js';

/**
 * Reports as the diagnosis yields them, made up for the gallery and fixed for good: one for every shape an answer can
 * take. Causes are named by id; a gallery entry is left out where the knowledge at hand has no such card.
 */
export const galleryReports: Readonly<Record<string, Report>> = { ...rightReports, ...otherReports };
