import type { guardedDownload } from '../../src/service/download.js';

/** Domains of OneDrive, SharePoint and their storage in each cloud: Teams stores files of chats there. */
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

/** The guarded download, or a test's replacement. */
export type TeamsDownload = typeof guardedDownload;
