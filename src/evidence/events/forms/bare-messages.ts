import { crashLine } from './crash-line.js';
import { reportSignature } from './error-report.js';
import { eventSentences } from './event-sentences.js';

/** The text of an event by which it is known without its head. */
export interface BareMessage {
  provider: string;
  id?: number;
  /** Finds where such a text begins, in all of a longer text. */
  begins: RegExp;
  /** Occurs in every text that matches, so that other texts are skipped quickly. */
  holds?: string;
}

/** Texts that are known by their form in every language of Windows. */
const shapes: readonly BareMessage[] = [
  {
    provider: 'ASP.NET',
    id: 1309,
    begins: /^[^\n:：]{2,40}[:：] ?(?:3[01]\d\d|4\d\d\d|1\d\d\d\d\d) *\n[^\n]{1,300}\n[^\n]{0,200}\d[/.:]\d/gm,
  },
  { provider: 'IIS AspNetCore Module', begins: /\bprocess was created with commandline ['"]/gi },
  {
    provider: 'IIS AspNetCore Module',
    begins: /^.{0,40}'\/?(?:MACHINE\/WEBROOT\/APPHOST|LM\/W3SVC)\/[^'\n]{0,300}'/gm,
  },
  {
    provider: 'Application Error',
    id: 1000,
    // A mail or a forum may have wrapped the line before its time stamp.
    begins:
      /^[^\n:：]{4,60}[:：] ?[\w .-]{1,60}\.exe, [^\n]{0,300}\n(?:[^\n:：]{1,80}\n)?[^\n:：]{4,60}[:：] ?[^\n,]{1,80}, /gm,
  },
  // Server 2008 R2 and older write it in one line.
  { provider: 'Application Error', id: 1000, begins: everywhere(crashLine) },
  {
    provider: '.NET Runtime',
    id: 1023,
    begins: /^[^\n:：]{4,30}[:：] ?[\w .-]{1,60}\.exe\n[^\n]{0,200}\bv?\d{1,5}\.\d{1,5}[\s\S]{0,400}?\b80131506\b/gm,
    holds: '80131506',
  },
  {
    provider: '.NET Runtime',
    id: 1026,
    begins: /^[^\n:：]{4,30}[:：] ?[\w .-]{1,60}\.exe\n[^\n]{0,200}\bv?\d{1,5}\.\d{1,5}/gm,
    holds: '.exe\n',
  },
  // The address of the article about this event is in its text in every language.
  {
    provider: 'Microsoft-Windows-IIS-W3SVC-WP',
    id: 2282,
    begins: /^[^\n]{0,60}(?:[A-Za-z]:|%)[^\n]{1,240}\.dll\b[^\n]{0,600}LinkId=29349/gim,
    holds: '=29349',
  },
  { provider: 'Windows Error Reporting', id: 1001, begins: everywhere(reportSignature) },
  // Who lost a right, and who got it: the number is in a heading of the writer's own, or the English labels tell.
  messageOfChangedRight(4705, 'Removed'),
  messageOfChangedRight(4704, 'New'),
  // Two codes one below the other, Status and Sub Status: labels are translated, NTSTATUS codes of logons are not. The
  // logon type is some lines above.
  {
    provider: 'Microsoft-Windows-Security-Auditing',
    id: 4625,
    begins:
      /(?:^[^\n:：]{4,60}[:：][ \t]{0,8}\d{1,2}[ \t]*\n[\s\S]{0,800}?)?^[^\n:：]{4,60}[:：]\s{0,8}0xC000[0-9A-F]{4}\s{0,4}\n[^\n:：]{4,60}[:：]\s{0,8}0x(?:0|C000[0-9A-F]{4})\s{0,4}$/gim,
  },
];

/** All such texts. Where two begin at one place, the earlier here counts. */
export const bareMessages: readonly BareMessage[] = [...eventSentences, ...shapes];

function messageOfChangedRight(id: number, label: string): BareMessage {
  const headed = `[^\\n]{0,120}\\b${id}\\b[^\\n]{0,200}\\n[\\s\\S]{0,1200}?`;
  const labelled = `\\s{0,8}Subject:[\\s\\S]{0,900}?\\b${label} Right:[\\s\\S]{0,80}?`;
  return {
    provider: 'Microsoft-Windows-Security-Auditing',
    id,
    begins: new RegExp(`^(?:${headed}|${labelled})\\bSeImpersonatePrivilege\\b`, 'gm'),
    holds: 'SeImpersonatePrivilege',
  };
}

function everywhere(pattern: RegExp): RegExp {
  return new RegExp(pattern, `${pattern.flags}g`);
}
