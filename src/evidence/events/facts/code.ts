import { fieldOf, type WindowsEvent } from '../windows-event.js';
import { serviceErrorIn } from './service-events.js';

/** A code as the event gives it, as an HRESULT or NTSTATUS in eight digits; numbers of Windows become HRESULTs. */
export function codeIn(event: WindowsEvent, provider: string, words: string): string | undefined {
  const status = event.id === 4625 || event.id === 4776 || event.id === 4771;
  const own = status
    ? [fieldOf(event, ['SubStatus']), fieldOf(event, ['Status'])].find((v) => v && Number(v) !== 0)
    : fieldOf(event, ['ErrorCode', 'ExceptionCode', 'Status', 'ErrorState']);
  if (own && /^0x[0-9a-f]{1,8}$/i.test(own)) return hresult(Number(own));
  // A process that ends with an exception of .NET: the code of the exception is behind that of the call.
  const ended = /\bErrorCode = '0x80004005 ?: ?(?:0x)?([ce]0[0-9a-f]{6})\b/i.exec(words);
  if (ended) return `0x${ended[1]!.toLowerCase()}`;
  const named = /\b(?:ErrorCode|hr|Exception code|HRESULT|Sub ?Status)\s{0,4}[=:]?\s{0,4}'?(0x[0-9a-f]{8})\b/i.exec(
    words,
  );
  if (named && Number(named[1]) !== 0) return hresult(Number(named[1]));
  const message = /%%(\d{1,5})\b/.exec(words);
  if (provider === 'service control manager') {
    const number = message ? Number(message[1]) : serviceErrorIn(words);
    if (number !== undefined) return hresult(number);
  }
  const binary = /^(?:was|w3svc|w3svc-wp|iis-configuration|httpevent)$/.test(provider) && littleEndian(event.binary);
  if (binary) return hresult(binary);
  const codes = [...words.matchAll(/\b0x([0-9a-f]{8})\b/gi)]
    .map((m) => Number(`0x${m[1]}`))
    .filter((n) => n >= 0x80000000);
  // Of two codes of a logon the second says more; their labels are translated.
  const loose = status ? codes.at(-1) : codes[0];
  return loose === undefined ? undefined : hresult(loose);
}

function littleEndian(hex: string | undefined): number {
  const digits = hex?.replace(/[\s-]/g, '').slice(0, 8) ?? '';
  if (!/^[0-9a-f]{8}$/i.test(digits)) return 0;
  return Number(`0x${digits.match(/../g)!.reverse().join('')}`);
}

function hresult(code: number): string | undefined {
  if (!Number.isFinite(code) || code === 0) return undefined;
  const full = code < 0x1_0000 ? 0x80070000 + code : code;
  return `0x${full.toString(16).padStart(8, '0')}`;
}
