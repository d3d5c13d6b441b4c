import type { Code } from '../knowledge/code-schema.js';
import type { Knowledge } from '../knowledge/knowledge.js';

/** The parts of a 32-bit HRESULT or NTSTATUS. */
export interface CodeParts {
  /** `0x` and eight lower-case hexadecimal digits. */
  hex: string;
  unsigned: number;
  signed: number;
  severity: 'success' | 'informational' | 'warning' | 'failure';
  facility: number;
  facilityName: string | undefined;
  /** The lower 16 bits. */
  code: number;
  /** The Win32 code inside, for FACILITY_WIN32. */
  win32: number | undefined;
  ntstatus: boolean;
}

/** Facility numbers of an HRESULT that IIS traces meet. Microsoft, MS-ERREF 2.1.1. */
const facilities: Record<number, string> = {
  0: 'NULL (general)',
  1: 'RPC',
  2: 'DISPATCH (COM automation)',
  3: 'STORAGE',
  4: 'ITF (defined by the component that returned it)',
  7: 'WIN32',
  8: 'WINDOWS',
  9: 'SECURITY (SSPI, certificates)',
  10: 'CONTROL',
  11: 'CERT',
  12: 'INTERNET',
  14: 'MSMQ',
  15: 'SETUPAPI',
  17: 'COMPLUS',
  18: '.NET AAF',
  19: '.NET (common language runtime)',
  20: 'ACS',
  21: 'DPLAY',
  25: 'HTTP',
  32: 'BACKGROUNDCOPY (BITS)',
  33: 'CONFIGURATION (side by side)',
  36: 'WINDOWSUPDATE',
  51: 'WINRM',
};

/**
 * Returns the number of a code in any of its forms: `0x80070542`, `80070542`, `2147943746`, `-2147023550`, `1346`,
 * `500 0 1346` (W3C). Unsigned; undefined when it is no 32-bit number.
 */
export function parseCode(text: string): number | undefined {
  const clean = text.trim().replace(/^(win32|hresult|error|code|ntstatus)\s*[:=]?\s*/i, '');
  const w3c = /^\d{3}\s+\d{1,4}\s+(\d{1,10})$/.exec(clean);
  if (w3c) return parseCode(w3c[1]!);
  if (/^0x[0-9a-f]{1,8}$/i.test(clean)) return Number.parseInt(clean.slice(2), 16);
  if (/^[89a-f][0-9a-f]{7}$/i.test(clean)) return Number.parseInt(clean, 16);
  if (!/^-?\d{1,10}$/.test(clean)) return undefined;
  const number = Number(clean);
  if (number < -0x80000000 || number > 0xffffffff) return undefined;
  return number < 0 ? number + 0x1_0000_0000 : number;
}

/** Formats a 32-bit number as `0x80070542`. */
export function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}

/** Splits a code into severity, facility and code. A number above 0xBFFFFFFF is read as NTSTATUS, as Windows writes them. */
export function codeParts(value: number): CodeParts {
  const ntstatus = value >= 0xc0000000;
  const facility = ntstatus ? (value >>> 16) & 0xfff : (value >>> 16) & 0x7ff;
  const severities = ['success', 'informational', 'warning', 'failure'] as const;
  return {
    hex: hex(value),
    unsigned: value,
    signed: value > 0x7fffffff ? value - 0x1_0000_0000 : value,
    severity: ntstatus ? severities[value >>> 30]! : value >= 0x80000000 ? 'failure' : 'success',
    facility,
    facilityName: ntstatus ? undefined : facilities[facility],
    code: value & 0xffff,
    win32: !ntstatus && facility === 7 ? value & 0xffff : undefined,
    ntstatus,
  };
}

/** Returns the entry of the knowledge for a code: the number itself, or a bare Win32 code. */
export function knownCode(value: number, knowledge: Knowledge): Code | undefined {
  const direct = knowledge.codes.get(hex(value));
  if (direct) return direct;
  return value <= 0xffff ? knowledge.codes.get(hex(0x80070000 + value)) : undefined;
}

/** Returns the same for a code in any of its written forms; undefined for a text that is none. */
export function knownCodeOf(text: string, knowledge: Knowledge): Code | undefined {
  const value = parseCode(text);
  return value === undefined ? undefined : knownCode(value, knowledge);
}

/** Describes a code in one line: `2147943746 = 0x80070542 ERROR_BAD_IMPERSONATION_LEVEL`, or its parts when the code is not in the knowledge. */
export function codeLine(value: number, knowledge: Knowledge): string {
  const parts = codeParts(value);
  const known = knownCode(value, knowledge);
  if (known) return `${parts.unsigned} = ${known.hresult} ${known.name}`;
  if (parts.win32 !== undefined) return `${parts.unsigned} = ${parts.hex}, Win32 error ${parts.win32}`;
  const facility = parts.facilityName ?? `facility ${parts.facility}`;
  return `${parts.unsigned} = ${parts.hex} (not in my list: ${parts.ntstatus ? 'NTSTATUS' : facility}, code ${parts.code})`;
}

/** Known codes shown for an unknown one. */
const nearestShown = 3;

/** What a program returns when it ends with its own error: no number of Windows. */
const ownExits: ReadonlySet<number> = new Set([1, 0xff, 0xffffffff]);

/** Describes the code of a module in one line; FastCgiModule passes on what the program behind it returned. */
export function moduleCodeLine(value: number, module: string | null | undefined, knowledge: Knowledge): string {
  if (module === 'FastCgiModule' && ownExits.has(value))
    return `${value} = exit code ${value | 0} of the FastCGI program`;
  return codeLine(value, knowledge);
}

/** Returns the known codes of the same family whose numbers are nearest to an unknown code, nearest first. */
export function nearestCodes(parts: CodeParts, knowledge: Knowledge): Code[] {
  const near: { code: Code; distance: number }[] = [];
  for (const code of knowledge.codes.values()) {
    const other = codeParts(Number.parseInt(code.hresult.slice(2), 16));
    if (other.ntstatus !== parts.ntstatus || other.facility !== parts.facility) continue;
    if (other.unsigned === 0 || other.severity !== parts.severity) continue;
    near.push({ code, distance: Math.abs(other.code - parts.code) });
  }
  near.sort((a, b) => a.distance - b.distance);
  return near.slice(0, nearestShown).map(({ code }) => code);
}

/** Returns the number as a FREB log, a W3C log and a program that prints signed numbers show it. */
export function codeForms(parts: CodeParts, win32: number | undefined): { label: string; value: string }[] {
  const forms = [{ label: 'In a FREB log', value: String(parts.unsigned) }];
  if (win32 !== undefined) forms.push({ label: 'In a W3C log', value: `${win32} (sc-win32-status)` });
  return [...forms, { label: 'Signed', value: String(parts.signed) }];
}
