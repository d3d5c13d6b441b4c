import type { ObservationCollector } from '../../gather.js';
import { mark } from '../../scrub/rule.js';
import type { ObservationName } from '../../vocabulary/index.js';
import { plainPath } from '../../windows-path.js';
import { hresult } from '../codes.js';
import { headersOf, isSecretHeader } from '../headers.js';
import type { FrebEvent } from '../log/event.js';
import { type FieldForm, fieldForm } from './field-forms.js';
import { meaningOf } from './field-meanings.js';

/** A field as a view shows it. */
export interface ShownField {
  name: string;
  value: string;
  means?: string;
  withheld?: true;
  /** The error code among the values. */
  code?: string;
}

const numberShape = /^(?:-?\d{1,20}|0x[0-9a-f]{1,16}|true|false|\{[0-9a-f-]{36}\})$/i;
/** Headers are shown up to this length together, in characters. */
const longestHeaders = 2000;

/** Withheld values up to this length count once however often they occur, in characters. */
const longestCompared = 1000;

/** The observation whose pass a form gets at the gate. */
const passLike: Partial<Record<FieldForm, ObservationName>> = {
  url: 'request.url',
  verb: 'request.verb',
  module: 'decisive.module',
  stage: 'decisive.notification',
  host: 'backend.host',
};

/** Returns a field of an event as it may be shown: its value through the gate, or withheld. */
export function showField(gate: ObservationCollector, event: FrebEvent, field: string, raw: string): ShownField {
  const form = fieldForm(event.name, field);
  const name = form === undefined ? gate.field(field) : field;
  if (raw.trim() === '') return { name, value: '' };
  if (form === 'code') return showCode(gate, event, field, raw);
  if (form === 'headers') return { name, value: showHeaders(gate, raw) };
  if (form === undefined || (form === 'number' && !numberShape.test(raw.trim()))) return withhold(gate, name, raw);
  if (
    form === 'header' &&
    isSecretHeader((event.get('HeaderName') ?? 'unknown').trim().replace(/:$/, '').toLowerCase())
  )
    return withhold(gate, name, raw);
  if (form === 'number' || form === 'stage') {
    const means = meaningOf(field, raw.trim(), event.text(field));
    const value = form === 'number' ? raw.trim() : gate.field(raw.trim(), passLike.stage);
    return means === undefined || means === value ? { name, value } : { name, value, means: gate.field(means) };
  }
  const value = showText(gate, form, raw);
  return value === mark ? { name, value, withheld: true } : { name, value };
}

function showText(gate: ObservationCollector, form: FieldForm, raw: string): string {
  if (form === 'user') return gate.scrub.user(raw.trim());
  if (form === 'query') return gate.scrub.query(raw).slice(0, longestHeaders);
  if (form === 'path') return gate.field(plainPath(raw));
  return gate.field(raw, passLike[form]);
}

function withhold(gate: ObservationCollector, name: string, raw: string): ShownField {
  // A long value is a body: keeping all of them to tell which are alike would take the memory of the file.
  if (raw.length > longestCompared) gate.countWithheld(raw);
  else gate.scrub.withhold(raw);
  return { name, value: mark, withheld: true };
}

/** Shows an error code as the log has it, with its number in hexadecimal; the text beside it is in the server's language. */
function showCode(gate: ObservationCollector, event: FrebEvent, field: string, raw: string): ShownField {
  if (!numberShape.test(raw.trim())) return withhold(gate, field, raw);
  const code = hresult(raw);
  const shown: ShownField = { name: field, value: raw.trim() };
  if (code === null) return { ...shown, means: 'no code' };
  const text = event.text(field)?.replace(/\s*\(0x[0-9a-f]{1,8}\)\s*$/i, '');
  return { ...shown, means: text ? `${code}: ${gate.field(text)}` : code, code };
}

/** Shows all headers, one a line; the values of those that may identify a person are withheld. */
function showHeaders(gate: ObservationCollector, raw: string): string {
  const lines = headersOf(raw).map(({ name, value }) => {
    if (!isSecretHeader(name)) return `${gate.field(name)}: ${gate.field(value)}`;
    gate.scrub.withhold(value);
    return `${gate.field(name)}: ${mark}`;
  });
  return lines.join('\n').slice(0, longestHeaders);
}
