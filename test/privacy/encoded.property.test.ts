import { describe, expect, it } from 'vitest';
import { readEvidence } from '../../src/evidence/read.js';
import { Scrubber } from '../../src/evidence/scrub/scrubber.js';
import { sampleOf } from '../sweep.js';
import { asSent, type Carrier, carriers } from './carriers.js';
import { decodeAll, encodings } from './encodings.js';
import { type Form, pathForms, textForms } from './forms.js';

/** Where a URL has room for a text. */
const places: ((text: string) => string)[] = [
  (text) => `/app/${text}`,
  (text) => `/app/${text}/page.aspx`,
  (text) => `/app/page.aspx?${text}=1`,
  (text) => `/app/page.aspx?id=${text}&x=1`,
  (text) => `/app/page.aspx#${text}`,
  (text) => `/app/${text}.aspx`,
  (text) => `/app/${text}.asmx/Do`,
];
/** Behind these words a part of a path is the name of a page: they are in queries only. */
const mayBePage = /^(?:user at the|account with a slash)/;
/** The same in a sentence. */
const sentences: ((text: string) => string)[] = [
  (text) => text,
  (text) => `could not open ${text} now`,
  (text) => `see http://web03${text} now`,
];

const isPath = ({ text }: Form) => text.startsWith('/') && !text.startsWith('//');

/** Returns the texts that a field may hold for an encoded form. Over the turns, each form is in each place. */
function placed(form: Form, encoded: string, carrier: Carrier, turn: number): string {
  const place = mayBePage.test(form.name) ? 2 + (turn % 3) : turn % places.length;
  const path = isPath(form) ? encoded : places[place]!(encoded);
  if (carrier.path) return path;
  return sentences[turn % sentences.length]!(turn % sentences.length === 0 ? encoded : path);
}

const fields = carriers['FREB log']!.filter(({ field, path }) => path || field === 'MODULE_WARNING');

describe('an encoded private value is withheld like a plain one', () => {
  const rows = Object.entries(encodings).map(([name, encode], i) => [name, encode, i] as const);
  it.each(rows)('in the fields of a log, %s', (_n, encode, first) => {
    const forms = [...textForms(), ...pathForms()].map((form, i) => ({ form, turn: i + first }));
    const shown = sampleOf(forms, 5, first).flatMap(({ form, turn }) => {
      const carrier = fields[turn % fields.length]!;
      const text = placed(form, encode(form.text, isPath(form)), carrier, turn);
      const reading = JSON.stringify(readEvidence('e.xml', asSent(carrier.file(text)), { timeline: true }));
      return decodeAll(reading).includes(decodeAll(form.secret)) ? [`${carrier.field}, ${form.name}: ${text}`] : [];
    });
    expect(shown).toEqual([]);
  });

  it.each(rows)('also in the place of a host, %s', (_name, encode, first) => {
    // Without a sign that has to be encoded it is the name of a host, which is shown.
    const forms = textForms().filter(
      ({ name, text }) => /[^\w.()-]/.test(text) && !(mayBePage.test(name) && encode(text, false).includes('/')),
    );
    const shown = sampleOf(forms, 5, first).flatMap((form) => {
      const url = new Scrubber().url(`http://${encode(form.text, false)}/page.aspx`);
      return decodeAll(url).includes(decodeAll(form.secret)) ? [`${form.name}: ${url}`] : [];
    });
    expect(shown).toEqual([]);
  });

  it('also in quoted-printable that goes on in the next line', () => {
    const shown = textForms().flatMap((form) => {
      const encoded = form.text.replaceAll('=', '=3D').replace(/(?<=\w)(?=\w)/, '=\r\n');
      const text = new Scrubber().text(`could not open ${encoded} now`).replaceAll('=\r\n', '');
      return decodeAll(text).includes(decodeAll(form.secret)) ? [`${form.name}: ${text}`] : [];
    });
    expect(shown).toEqual([]);
  });

  it('also in the name of a file', () => {
    const shown = [...textForms(), ...pathForms()].flatMap((form, turn) => {
      const [name, encode] = Object.entries(encodings)[turn % Object.keys(encodings).length]!;
      const file = new Scrubber().fileName(`${encode(form.text, false)}/fr000001.xml`);
      return decodeAll(file).includes(decodeAll(form.secret)) ? [`${name}, ${form.name}: ${file}`] : [];
    });
    expect(shown).toEqual([]);
  });
});

describe('what is encoded and not private stays as it was sent', () => {
  it.each([
    '/a%252Fb/page.aspx',
    '/caf%C3%A9/my%20page.aspx',
    '/%E9t%E9/page.aspx',
    '/a+b/c%2Bd.aspx',
    '/100%/page.aspx',
    '/%u00e9/page.aspx',
    '/a%2',
    'http://+:80/x',
    'https://*:443/x',
    '/50%25/off%.aspx',
    '/%%20/a%%b.aspx',
    '/app%5Cdefault.aspx.cs',
  ])('in the address %s', (url) => {
    expect(new Scrubber().url(url)).toBe(url);
    expect(new Scrubber().text(`cannot open ${url} now`)).toBe(`cannot open ${url} now`);
  });

  it.each([
    ['/users/anna%40contoso.example/edit', '/users/…/edit'],
    ['/caf%C3%A9/users/anna%40contoso.example', '/caf%C3%A9/users/…'],
    ['/a%3Fid=5', '/a%3F…'],
    ['/a%u003Fid=5', '/a%u003F…'],
    ['/app/FIRMA%5CJ%FCrgen/x', '/app/…/x'],
    ['/app/password=hunter%202/x', '/app/password=…'],
  ])('%s is shown as %s', (url, shown) => {
    expect(new Scrubber().url(url)).toBe(shown);
  });
});
