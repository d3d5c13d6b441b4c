import { stageName } from '../codes.js';

/** Values that IIS writes without their names, or whose names are missing where a log was saved by another program. */
const names: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  NotificationStatus: { '0': 'NOTIFICATION_CONTINUE', '1': 'NOTIFICATION_PENDING', '2': 'NOTIFICATION_FINISH_REQUEST' },
  TokenImpersonationLevel: {
    '0': 'ImpersonationAnonymous',
    '1': 'ImpersonationIdentify',
    '2': 'ImpersonationImpersonate',
    '3': 'ImpersonationDelegate',
    '4': 'ImpersonationUnknown',
  },
};

/** Bits of the access permissions of a URL. */
const accessBits: readonly [number, string][] = [
  [1, 'Read'],
  [2, 'Write'],
  [4, 'Execute'],
  [8, 'Ssl'],
  [16, 'Source'],
  [32, 'SslNegotiateCert'],
  [64, 'SslRequireCert'],
  [128, 'SslMapCert'],
  [256, 'Ssl128'],
  [512, 'Script'],
  [1024, 'NoRemoteWrite'],
  [4096, 'NoRemoteRead'],
  [8192, 'NoRemoteExecute'],
  [16384, 'NoRemoteScript'],
  [32768, 'NoPhysicalDir'],
];

/** A name that IIS gives for a number; it is never localized. */
const iisName = /^[A-Za-z][\w.-]{0,79}$/;

/**
 * Returns what a number of a field stands for; undefined where it is only a number.
 * @param text the name that the log itself gives
 */
export function meaningOf(field: string, value: string, text: string | undefined): string | undefined {
  if (field === 'Notification') return stageName(value, text) ?? undefined;
  if (field === 'AccessPerms' && /^\d{1,6}$/.test(value)) return accessNames(Number(value));
  if (text !== undefined && iisName.test(text)) return text;
  return names[field]?.[value];
}

function accessNames(bits: number): string | undefined {
  const set = accessBits.filter(([bit]) => (bits & bit) !== 0).map(([, name]) => name);
  return set.length > 0 ? set.join(', ') : undefined;
}
