import type { pathKinds } from './vocabulary/reading.js';

/** What a folder or file is for: that decides how an access error or a missing file is fixed. */
type PathKind = (typeof pathKinds)[number];

/** Forms of paths, the narrower first. */
const forms: readonly (readonly [PathKind, RegExp])[] = [
  ['iis-configuration', /\\inetsrv\\config\b|\b(?:applicationHost|redirection)\.config\b/i],
  ['machine-keys', /\\RSA\\MachineKeys\b/i],
  ['temporary-aspnet', /\\Temporary ASP\.NET Files\b/i],
  ['temp', /\\(?:Windows|Local)\\Temp\b/i],
  ['system-folder', /[a-z]:\\windows\\(?:system32|syswow64)(?:\\inetsrv)?\\[^\\\s'"]{0,200}(?=['"\s]|$)/i],
  ['node-modules', /[\\/]node_modules\b/i],
  ['app-data', /[\\/]App_Data\b/i],
  ['bin', /[\\/]bin[\\/]/i],
  ['profile', /[a-z]:\\users\\(?!public\b)[^\\\s]/i],
  ['share', /(?:^|[\s'"(=])\\\\(?![?.]\\)[\w.-]{1,64}\\[\w$.-]/],
  ['web-config', /[\\/]web\.config\b/i],
];

/** Returns what the paths in a line are for. */
export function pathKindsIn(line: string): PathKind[] {
  return forms.flatMap(([kind, form]) => (form.test(line) ? [kind] : []));
}
