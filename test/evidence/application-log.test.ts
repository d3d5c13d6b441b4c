import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { readEvidence, readPasted } from '../../src/evidence/read.js';
import { knowledge } from '../diagnosis/readings.js';
import { stdoutLog } from '../generator/evidence/server.js';
import { fact } from './facts.js';

const judged = (text: string) =>
  diagnose([readEvidence('stdout.log', new TextEncoder().encode(text))], knowledge).files[0]!;

describe('the stdout log of an ASP.NET Core application', () => {
  it.each([
    [
      'a start that fails',
      stdoutLog('System.InvalidOperationException', 'Unable to resolve service for type IOrders.'),
      'aspnetcore-start-failed',
    ],
    [
      'a start on the console',
      "Unhandled exception. System.IO.FileNotFoundException: Could not find file 'C:\\inetpub\\shop\\settings.json'.\n   at Program.Main()\n",
      'aspnetcore-start-failed',
    ],
    [
      'no runtime',
      "You must install or update .NET to run this application.\n\nFramework: 'Microsoft.AspNetCore.App', version '8.0.0' (x64)\n",
      'aspnetcore-start-failed',
    ],
    [
      'a port in use',
      'Unhandled exception. System.IO.IOException: Failed to bind to address http://127.0.0.1:5000: address already in use.\n',
      'aspnetcore-start-failed',
    ],
    [
      'a database that refuses the account',
      stdoutLog('Microsoft.Data.SqlClient.SqlException (0x80131904)', "Login failed for user 'IIS APPPOOL\\Shop'."),
      'database-logon-failed',
    ],
    [
      'a request that throws',
      'fail: Microsoft.AspNetCore.Server.Kestrel[13]\n      Connection id "0HM", Request id "0HM:1": An unhandled exception was thrown by the application.\n      System.NullReferenceException: Object reference not set to an instance of an object.\n',
      'aspnetcore-unhandled-exception',
    ],
    [
      'keys in memory',
      'warn: Microsoft.AspNetCore.DataProtection.Repositories.EphemeralXmlRepository[50]\n      Using an in-memory repository. Keys will not be persisted to storage.\n',
      'machine-key-differs',
    ],
  ])('is answered with its cause: %s', (_, text, cause) => {
    expect(judged(text)).toMatchObject({ kind: 'application-log', verdict: 'failure', cause });
    expect(readPasted(text)[0]).toMatchObject({ kind: 'application-log' });
  });

  it('names the innermost exception with its code', () => {
    const text = `${stdoutLog('System.AggregateException', 'One or more errors occurred.').trimEnd()}\r\n       ---> System.ComponentModel.Win32Exception (0x80004005): No such host is known.\r\n`;
    const reading = readEvidence('stdout.log', new TextEncoder().encode(text));
    expect([fact(reading, 'exception.type'), fact(reading, 'exception.code')]).toEqual([
      'System.ComponentModel.Win32Exception',
      '0x80004005',
    ]);
  });

  it('without a failure shows none', () => {
    const file = judged('info: Microsoft.Hosting.Lifetime[14]\n      Now listening on: http://localhost:5000\n');
    expect(file).toMatchObject({ kind: 'application-log', cause: null });
    expect(file.verdict).not.toBe('failure');
  });

  it.each(['We had an unhandled exception on Monday.', 'System.Exception: x is what I see'])('%s is no log', (text) =>
    expect(readPasted(text).filter((r) => r.kind === 'application-log')).toEqual([]),
  );
});
