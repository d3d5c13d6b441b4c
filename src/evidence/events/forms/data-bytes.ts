import type { WindowsEvent } from '../windows-event.js';

/** The bytes of an event's data field as people copy them: `Data: 50000780`, `0000: 50 00 07 80`, or four alone in a line. */
const bytes =
  /(?:\bdata(?: (?:field|bytes))?(?: is)?[:：=]?\s{0,4}|^\s{0,8}0000: {1,4}|^\s{0,8}(?=(?:[0-9a-f]{2}[ -]){3}[0-9a-f]{2}\s*$))\(?((?:[0-9a-f]{2}[ -]?){3}[0-9a-f]{2})(?![0-9a-f])/im;

/** Returns these bytes in the order of the field, as hexadecimal digits; undefined for a text without them. */
function dataBytesIn(text: string): string | undefined {
  const digits = bytes.exec(text)?.[1]?.replace(/[ -]/g, '').toLowerCase();
  if (digits === undefined || /^0+$/.test(digits)) return undefined;
  // Event Viewer can also show them as one number: then the severity comes first.
  return /^[8c]00[0-9a-f]{5}$/.test(digits) ? reverseBytes(digits) : digits;
}

function reverseBytes(digits: string): string {
  return digits.match(/../g)!.reverse().join('');
}

/** Returns the event with the bytes that its text shows, where the form holds none of its own. */
export function withDataBytes(event: WindowsEvent): WindowsEvent {
  const binary = event.binary ?? dataBytesIn(event.message ?? '');
  return binary === undefined ? event : { ...event, binary };
}

/** A text without the lines in which Event Viewer prints the bytes: the code is told decoded. */
export function withoutDataBytes(text: string): string {
  return text.replace(/^\s{0,8}(?:data[:：]\s{0,4})?[0-9a-f]{4}: {1,4}[0-9a-f]{2}[^\n]{0,120}$/gim, '').trim();
}
