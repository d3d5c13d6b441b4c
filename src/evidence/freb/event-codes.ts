import { hresult } from './codes.js';
import type { FrebEvent } from './log/event.js';

/** The event with which a module sets an error status. */
export const errorStatus = 'MODULE_SET_RESPONSE_ERROR_STATUS';

/** True for the warning with which FastCGI passes on what PHP wrote to stderr: it always says "Access is denied (5)". */
export function isNoise(event: FrebEvent): boolean {
  return event.name === 'MODULE_WARNING' && event.get('ModuleName') === 'FastCgiModule';
}

/** Returns the error code of an event, whatever its field is called; null for 0 and for noise. */
export function codeOf(event: FrebEvent): string | null {
  return isNoise(event) ? null : hresult(codeText(event));
}

/** The error code of an event as it is written. */
export function codeText(event: FrebEvent): string | undefined {
  return event.get('ErrorCode') ?? event.get('HResult');
}

/** Returns the name of the field that holds the error code of an event. */
export function codeField(event: FrebEvent): string {
  return event.get('ErrorCode') === undefined ? 'HResult' : 'ErrorCode';
}
