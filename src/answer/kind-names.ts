import type { FileVerdict } from '../diagnosis/report.js';
import type { EvidenceKind } from '../evidence/evidence.js';

/** The name of each kind of evidence in a sentence. */
export const kindNames: Record<EvidenceKind, string> = {
  'freb-log': 'FREB log',
  'rights-export': 'user rights export',
  'policy-report': 'Group Policy report',
  'token-listing': 'token listing',
  'access-log': 'access log',
  'event-export': 'event export',
  'server-config': 'IIS configuration',
  'application-log': 'log of the application',
  'acl-listing': 'access list',
  'command-output': 'output of a command',
  'error-page': 'error page',
  fragment: 'pasted text',
  unknown: 'file',
};

/** Returns the kind of a file in words; of an export, where it comes from. */
export function kindOf(file: Pick<FileVerdict, 'kind' | 'origin'>): string {
  if (file.kind !== 'rights-export') return kindNames[file.kind];
  if (file.origin === 'template') return 'security template of a policy';
  return file.origin === 'merged-policy' ? 'export of what Group Policy delivers' : kindNames[file.kind];
}
