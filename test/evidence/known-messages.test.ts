import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { readEvidence, readPasted } from '../../src/evidence/read.js';
import { knowledge } from '../diagnosis/readings.js';
import { accessRules, headlessConfigError, httpAnswer, oldEvent } from '../generator/evidence/posted.js';
import { dotnetTrace, javaTrace, nodeTrace, pythonTrace } from '../generator/evidence/stack-traces.js';

const judge = (text: string) => diagnose([readEvidence('evidence.txt', Buffer.from(text))], knowledge).files[0]!;
const judgePasted = (text: string) => diagnose(readPasted(text), knowledge).files[0]!;

describe('a known message says more than the class of its exception', () => {
  it.each([
    [
      '.NET',
      dotnetTrace("Login failed for user 'IIS APPPOOL\\Portal'."),
      'database-logon-failed',
      /refused the account/,
    ],
    ['Python', pythonTrace('WSGI_HANDLER env var must be set'), 'fastcgi-process-died', /didn't see the setting/],
    [
      'Node.js',
      nodeTrace('listen EACCES: permission denied 0.0.0.0:80'),
      'node-process-error',
      /Rights aren't the reason/,
    ],
    ['Java', javaTrace('Address already in use: bind'), 'backend-unreachable', /must use the one it is given/],
  ])('of %s, in whatever text it stands', (_, text, cause, says) => {
    for (const file of [judge(text), judgePasted(`we see this since the update:\n\n${text}`)]) {
      expect([file.kind, file.cause]).toEqual(['application-log', cause]);
      expect(file.detail).toMatch(says);
    }
  });

  it('fills in what the message says', () => {
    const file = judge(headlessConfigError("Required attribute 'pageSize' not found."));
    expect(file.detail).toContain('"pageSize"');
    expect(file.message?.parts).toEqual({ attribute: 'pageSize' });
  });

  it('leaves an unknown message to its class, and shows it', () => {
    const file = judge(dotnetTrace('The stock of item 7 is negative'));
    expect(file.message).toBeUndefined();
    expect(file.detail).toContain('The stock of item 7 is negative');
  });

  it.each([
    ['C:\\Users\\build\\shop', /profile of a user/],
    ['C:\\inetpub\\shop\\bin\\Shop.dll', /DLL in the bin folder/],
    ['\\\\files\\share\\orders', /that share/],
    ['C:\\Windows\\system32\\orders.log', /folder of Windows/],
  ])('mends an access error by what its path is for: %s', (path, says) => {
    expect(judge(dotnetTrace(`Access to the path '${path}' is denied.`)).detail).toMatch(says);
  });
});

describe('known formats without their usual first line', () => {
  it('reads a yellow screen from its description on', () => {
    const file = judge(headlessConfigError("Unrecognized attribute 'targetFramework'. Note that attribute names"));
    expect([file.kind, file.cause]).toEqual(['error-page', 'aspnet-configuration-error']);
    expect(file.detail).toContain('CLR v2.0');
  });

  it('reads an event in the form of Windows Server 2003', () => {
    const file = judge(
      oldEvent('Kerberos', 4, 'The kerberos client received a KRB_AP_ERR_MODIFIED error from the server'),
    );
    expect([file.kind, file.cause]).toEqual(['event-export', 'kerberos-wrong-principal']);
  });

  it('reads an answer with its headers, and takes none of them for an event', () => {
    const allow = 'Allow: GET, HEAD, OPTIONS, TRACE';
    const file = judge(httpAnswer('405', [allow], '405 - HTTP verb used to access this page is not allowed.'));
    expect([file.form, file.cause]).toEqual(['http-response', 'verb-blocked-by-webdav']);
    expect(judge(httpAnswer('413', [], 'The page was not displayed because')).cause).toBe('request-too-large');
  });

  it('reads access rules as a list, and the number of a generic right', () => {
    const file = judge(accessRules([{ rights: '268435456', account: 'BUILTIN\\IIS_IUSRS' }]));
    expect([file.kind, file.verdict]).toEqual(['acl-listing', 'no-fault']);
  });
});
