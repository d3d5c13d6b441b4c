/** The kinds of evidence, as readings name them and as cards ask for them. */
export const evidenceKinds = [
  'freb-log',
  'rights-export',
  'policy-report',
  'token-listing',
  'access-log',
  'event-export',
  'server-config',
  'application-log',
  'acl-listing',
  'command-output',
  'error-page',
  'fragment',
] as const;

/** Whose list a rights export holds: a machine's effective one, one template's, or what Group Policy delivers. */
export const origins = ['machine', 'template', 'merged-policy', 'unknown'] as const;
