import { closedLoop } from './closed-loop.js';
import { frebLog, rightsExport } from './logs.js';
import type { Scenario } from './types.js';

/** The case Frebot exists for: the dropped log, then the export that confirms it. */
export const flagship: Scenario = {
  name: 'the missing impersonation right, from the log to the confirmation',
  place: 'direct',
  turns: [
    {
      drops: [{ name: 'fr000032.xml', bytes: frebLog() }],
      shows: [
        'GET',
        '/secure/secret.html',
        '500',
        'Portal',
        'WEB03',
        '0x80070542',
        'MODULE_SET_RESPONSE_ERROR_STATUS',
        'AUTHENTICATE_REQUEST',
        'SeImpersonatePrivilege',
        'IIS_IUSRS',
        'secedit /export /areas USER_RIGHTS',
        'gpupdate /target:computer',
        'withheld',
      ],
      hides: ['CONTOSO\\ada', 'ada', 'Everyone', 'LocalSystem'],
    },
    {
      drops: [{ name: 'ur.inf', bytes: rightsExport() }],
      shows: ['that fits', 'IIS_IUSRS', 'S-1-5-32-568', 'ur.inf', 'fr000032.xml'],
    },
  ],
};

/** A question asked in a channel, and a follow-up in its thread. */
export const question: Scenario = {
  name: 'who should hold the right, asked in a channel',
  place: 'channel',
  turns: [
    {
      says: 'Who holds SeImpersonatePrivilege by default?',
      shows: ['Administrators', 'LOCAL SERVICE', 'NETWORK SERVICE', 'SERVICE', 'IIS_IUSRS'],
    },
    { says: 'I will be in late today', mentions: false, silent: true },
    { says: 'explain 0x80070542', shows: ['0x80070542', 'impersonation level'] },
  ],
};

/** A log whose every text tries to be more than text. */
export const hostile: Scenario = {
  name: 'a log that tries to inject markup',
  place: 'direct',
  turns: [
    {
      drops: [
        {
          name: 'fr000001.xml',
          bytes: frebLog({
            url: 'http://web03:80/[click](https://evil.example)<script>alert(1)</script>/{{DATE(2026-06-08T20:00:00Z)}}',
            pool: '**Portal** <at>everyone</at> <!channel> `x`',
            module: '<@U024BE7LH> _Module_',
          }),
        },
      ],
      shows: ['0x80070542', '<at>everyone</at>', '<script>'],
    },
  ],
};

/** What cannot be used gets a sentence that says what it is, and the conversation goes on. */
export const badInput: Scenario = {
  name: 'files that are no evidence',
  place: 'direct',
  turns: [
    { drops: [{ name: 'empty.xml', bytes: new Uint8Array() }], shows: ['empty'] },
    {
      drops: [
        { name: 'fr000001.xml', bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]) },
      ],
      shows: ['fr000001.xml'],
    },
    { drops: [{ name: 'pom.xml', bytes: new TextEncoder().encode('<project><x/></project>') }], shows: ['XML'] },
    { says: 'help', shows: ['diagnose', 'explain'] },
  ],
};

export const scenarios: Scenario[] = [flagship, question, hostile, badInput, closedLoop];
