import type { Knowledge } from '../knowledge/knowledge.js';
import type { CodeParts } from './codes.js';

/** What the family of a code says about it, and the evidence that would say more. */
export interface CodeFamily {
  says: string;
  /** Ids of `evidence-requests.yaml`. */
  next: string[];
  /** True when the family explains the code completely. */
  whole?: true;
}

/** Facilities of an HRESULT whose codes say more than a number. Microsoft, MS-ERREF 2.1.1 and winerror.h. */
const families: Record<number, (parts: CodeParts, knowledge: Knowledge) => CodeFamily> = {
  7: ({ code }) => ({
    says:
      code >= 10_000 && code < 11_100
        ? `It is the Windows Sockets error ${code}, so a network connection failed.`
        : code >= 12_000 && code < 12_200
          ? `It is error ${code} of WinHTTP or WinINet, so a request to another server failed.`
          : `It is the Windows error ${code} in the form of an HRESULT (facility WIN32).`,
    next: code >= 10_000 && code < 12_200 ? ['freb-log', 'backend-check'] : ['freb-log', 'event-log'],
  }),
  9: () => ({
    says: 'It comes from Windows security: a logon package (Negotiate, Kerberos, NTLM, Schannel) or a key.',
    next: ['freb-log', 'logon-events'],
  }),
  11: () => ({ says: 'It comes from the check of a certificate.', next: ['event-log'] }),
  19: () => ({
    says: 'It is the code of a .NET exception (facility URT); the type and message of the exception say more.',
    next: ['event-log', 'application-log'],
  }),
  25: ({ code }, knowledge) => ({
    says: `It is an HTTP status in the form of an HRESULT (facility HTTP): ${statusText(code, knowledge)}. A program got it from the server it called.`,
    next: ['access-log', 'httperr-log'],
    whole: true,
  }),
  36: () => ({
    says: 'It comes from the Windows Update agent of a client, not from IIS; of its codes 0x80244016 to 0x80244024 are HTTP statuses of the update server.',
    next: ['access-log', 'httperr-log'],
  }),
};

/** Describes any code by its facility alone, and names what to send. */
export function codeFamily(parts: CodeParts, knowledge: Knowledge): CodeFamily {
  if (parts.ntstatus) {
    return {
      says: `It reads as an NTSTATUS (severity ${parts.severity}, code 0x${parts.code.toString(16)}): as an exit or exception code it says why a process ended, in event 4625 why a logon failed.`,
      next: ['event-log'],
    };
  }
  const family = families[parts.facility];
  if (family && parts.severity === 'failure') return family(parts, knowledge);
  const name = parts.facilityName ?? String(parts.facility);
  return {
    says: `Its parts: ${parts.severity}, facility ${name}, code ${parts.code} (0x${parts.code.toString(16)}).`,
    next: ['freb-log', 'event-log'],
  };
}

function statusText(code: number, knowledge: Knowledge): string {
  const known = knowledge.statuses.get(String(code)) ?? knowledge.statuses.get(`${code}.0`);
  return known ? `${code}, ${known.name}` : String(code);
}
