import type { guardedDownload } from '../../src/service/download.js';

/** Where Teams keeps what people drop into a chat: OneDrive and SharePoint, in each cloud, and their storage. */
export const teamsFileHosts = [
  'sharepoint.com',
  'sharepoint.us',
  'sharepoint-mil.us',
  'sharepoint.cn',
  'sharepoint.de',
  'svc.ms',
  '1drv.com',
  '1drv.ms',
  'onedrive.com',
  'onedrive.live.com',
];

/** Limits of one download: what a log may weigh, and how long it may take. */
export const teamsFileLimits = { limitBytes: 100 * 1024 * 1024, timeoutMs: 60_000 };

/** The guarded download, or a test's own. */
export type TeamsDownload = typeof guardedDownload;
