/**
 * Returns an error code in one form: an HRESULT of eight lower-case hexadecimal digits. Logs hold it as an unsigned
 * decimal, seldom signed or in hexadecimal. A bare Win32 code becomes its HRESULT (5 -> 0x80070005), an NTSTATUS
 * wrapped in an HRESULT (0xd…) the NTSTATUS itself. Null for 0, which means "no code", and for anything unreadable.
 */
export function hresult(value: string | undefined): string | null {
  const text = value?.trim() ?? '';
  if (!/^(?:-?\d{1,10}|0x[0-9a-fA-F]{1,8})$/.test(text)) return null;
  const number = Number(text);
  if (number < -0x80000000 || number > 0xffffffff) return null;
  let code = number >>> 0;
  if (code === 0) return null;
  if (code < 0x10000) code = (0x80070000 | code) >>> 0;
  if (code >= 0xd0000000 && code < 0xe0000000) code = (code & 0xefffffff) >>> 0;
  return `0x${code.toString(16).padStart(8, '0')}`;
}

/** Names of the pipeline stages by the number that logs give them (httpserv.h, REQUEST_NOTIFICATION). */
const stages: Readonly<Record<string, string>> = {
  '0': 'PRE_BEGIN_REQUEST',
  '1': 'BEGIN_REQUEST',
  '2': 'AUTHENTICATE_REQUEST',
  '4': 'AUTHORIZE_REQUEST',
  '8': 'RESOLVE_REQUEST_CACHE',
  '16': 'MAP_REQUEST_HANDLER',
  '32': 'REQUEST_ACQUIRE_STATE',
  '64': 'PRE_EXECUTE_REQUEST_HANDLER',
  '128': 'EXECUTE_REQUEST_HANDLER',
  '256': 'RELEASE_REQUEST_STATE',
  '512': 'UPDATE_REQUEST_CACHE',
  '1024': 'LOG_REQUEST',
  '2048': 'END_REQUEST',
  '268435456': 'CUSTOM_NOTIFICATION',
  '536870912': 'SEND_RESPONSE',
  '1073741824': 'READ_ENTITY',
  '2147483648': 'MAP_PATH',
};

const stageNumbers = new Map(Object.entries(stages).map(([number, name]) => [name, number] as const));

/** The names of all stages. */
export const stageNames: readonly string[] = Object.values(stages);

/** Returns the number that logs give a stage, by its name; undefined for what is not a stage. */
export function stageNumber(name: string): string | undefined {
  return stageNumbers.get(name);
}

/** Returns the name of a stage: the log's own text when it is the name of one, else by number. */
export function stageName(number: string | undefined, text?: string): string | null {
  if (text && stageNumbers.has(text)) return text;
  if (number === undefined || number === '') return null;
  return stages[number] ?? (/^\d{1,10}$/.test(number) ? `stage ${number}` : null);
}

/** Codes with which a write or read ends because the other side closed the connection. */
const clientGoneCodes = new Set([
  '0x800703e3', // ERROR_OPERATION_ABORTED
  '0x800704cd', // ERROR_CONNECTION_INVALID
  '0x80070040', // ERROR_NETNAME_DELETED
  '0x800704d4', // ERROR_CONNECTION_ABORTED
  '0x80072746', // WSAECONNRESET
  '0x80072745', // WSAECONNABORTED
]);

/** True for a code that says the client's connection no longer existed. */
export function saysClientGone(code: string | null): boolean {
  return code !== null && clientGoneCodes.has(code);
}
