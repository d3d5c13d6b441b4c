import { describe, expect, it } from 'vitest';
import { readEvidence } from '../../src/evidence/read.js';
import { readersByKind } from '../../src/evidence/readers.js';
import { sampleOf } from '../sweep.js';
import { asSent, carriers, hiddenForms } from './carriers.js';
import { type Form, pathForms, textForms } from './forms.js';

const harmless = 'Portal';

/** Returns the private values that a reading of the file shows, by their forms. */
function shownValues(file: (text: string) => string | Uint8Array, forms: Form[]): string[] {
  return forms
    .filter(({ text, secret }) => {
      const shown = JSON.stringify(readEvidence('evidence.xml', asSent(file(text)), { timeline: true })).toLowerCase();
      return shown.includes(secret.toLowerCase()) || shown.includes(encodeURIComponent(secret).toLowerCase());
    })
    .map(({ name, text }) => `${name}: ${text}`);
}

describe('no reader shows a private value, whatever its form', () => {
  it('every kind of evidence has fields to put them in', () => {
    expect(Object.keys(carriers).sort()).toEqual(
      ['FREB log', 'binary event log', ...Object.keys(readersByKind)].sort(),
    );
  });

  it('has at least 600 fields and forms', () => {
    const count = Object.values(carriers)
      .flat()
      .reduce((sum, { path }) => sum + (path ? pathForms() : textForms()).length, 0);
    expect(count).toBeGreaterThan(600);
  });

  const rows = Object.entries(carriers).flatMap(([kind, fields]) =>
    fields.map((carrier, i) => [kind, carrier.field, carrier, i] as const),
  );
  it.each(rows)('in the evidence "%s", the field %s', (_kind, field, { file, path }, turn) => {
    expect(readEvidence('evidence.xml', asSent(file(path ? '/a.aspx' : harmless))).kind).not.toBe('unknown');
    expect(shownValues(file, sampleOf(hiddenForms({ field, file, path }), 7, turn))).toEqual([]);
  });

  it.each([...textForms(), ...pathForms()])('in the name of a file: $name', ({ text, secret }) => {
    const { file } = readEvidence(`${text}/fr000001.xml`, asSent('x'));
    expect(file.toLowerCase()).not.toContain(secret.toLowerCase());
  });
});

describe('a diagnosis survives the gate', () => {
  it.each([
    'Access is denied. (0x80070005)',
    'Either a required impersonation level was not provided, or the provided impersonation level is invalid. (0x80070542)',
    'The page you are requesting cannot be served because of the extension configuration.',
    "Config Error: Cannot add duplicate collection entry of type 'add' with unique key attribute 'fileExtension' set to '.bak'",
    'This configuration section cannot be used at this path. This happens when the section is locked at a parent level. Locking is either by default (overrideModeDefault="Deny"), or set explicitly by a location tag with overrideMode="Deny" or the legacy allowOverride="false".',
    'Calling LoadLibraryEx on ISAPI filter "C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\aspnet_filter.dll" failed',
    'Handler "ExtensionlessUrlHandler-ISAPI-4.0_64bit" has a bad module "ManagedPipelineHandler" in its module list',
    "Could not load file or assembly 'System.Web.Mvc, Version=5.2.7.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35' or one of its dependencies.",
    'Retrieving the COM class factory for component with CLSID {00024500-0000-0000-C000-000000000046} failed due to the following error: 80070005',
    "Unexpected token 'export' in /app/server.js",
    'Server.CreateObject("Scripting.FileSystemObject")',
    'The underlying connection was closed: Basic authentication failed for NT AUTHORITY\\NETWORK SERVICE',
    "CREATE DATABASE permission denied in database 'master'.",
    'iis apppool\\portal may not read D:\\sites\\shop\\App_Data\\x.mdf',
    'Uncaught Illuminate\\QueryException: SQLSTATE[HY000] [2002] Connection refused',
  ])('with the message: %s', (text) => {
    const reading = readEvidence(
      'a.xml',
      asSent(carriers['FREB log']!.find(({ field }) => field === 'MODULE_WARNING')!.file(text)),
    );
    expect(reading.observations.find(({ name }) => name === 'module.warning')?.value).toBe(text);
  });

  it.each([
    'DefaultAppPool',
    'example.com(domain)(4.0)(pool)',
    'Portal 2',
    '.NET v4.5 Classic',
    '{1f8e3c7a-a0c9-4b8f-8ab0-d3e5c6e6a7b8}',
    '1f8e3c7aa0c94b8f8ab0d3e5c6e6a7b8',
    'Büro',
  ])('with the pool %s', (pool) => {
    const reading = readEvidence(
      'a.xml',
      asSent(carriers['FREB log']!.find(({ field }) => field === 'pool')!.file(pool)),
    );
    expect(reading.observations.find(({ name }) => name === 'request.app-pool')?.value).toBe(pool);
  });

  it('the message of a WAS event is not taken for a pool', () => {
    const was = carriers['Windows events']!.find(({ field }) => field === 'WAS');
    const reading = readEvidence('e.xml', asSent(was!.file("A process serving application pool 'Portal' failed.")));
    expect(reading.observations.find(({ name }) => name === 'pool.event')?.value).toBe('5059');
  });
});
