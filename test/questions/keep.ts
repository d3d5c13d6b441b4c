/** Whether IIS_IUSRS and the others may leave the list: as administrators, auditors and hardening teams ask it. */
export const keep: Record<string, string[]> = {
  'keep-iis-iusrs': [
    'can i remove IIS_IUSRS from Impersonate a client after authentication?',
    'is it safe to remove iis_iusrs from impersonate',
    'should i remove iis_iusrs from the right',
    'do i need iis_iusrs in impersonate a client',
    'can i take IIS_IUSRS out of SeImpersonatePrivilege',
    'CIS says only Administrators, LOCAL SERVICE, NETWORK SERVICE, SERVICE: what about IIS_IUSRS',
    'auditor wants IIS_IUSRS removed, what do I tell them',
    'is it a security risk to keep IIS_IUSRS there',
    'may we drop IIS_IUSRS from the impersonation right',
    'what breaks if I remove IIS_IUSRS from SeImpersonatePrivilege',
    'does a web server really need IIS_IUSRS in that policy',
    'is iis_iusrs required for seimpersonateprivilege',
    'the hardening guide does not list IIS_IUSRS, can we delete it',
  ],
  'keep-others': [
    'is it ok to delete administrators from SeImpersonatePrivilege',
    'can I remove NETWORK SERVICE from SeImpersonatePrivilege',
    'should LOCAL SERVICE be removed from impersonate a client',
    'who really needs SeImpersonatePrivilege',
    'can we leave Impersonate a client after authentication empty',
  ],
  'pool-sid | pool-identities | keep-iis-iusrs | never-do': [
    "can I use the pool's own account instead of IIS_IUSRS in the right",
  ],
  'why-service | keep-others': ['is it safe to take SERVICE out of the impersonate policy'],
};

/** Another half, put aside before anybody tuned on the first. */
export const keepHeldOut: Record<string, string[]> = {
  'keep-iis-iusrs': [
    'our security team wants to remove IIS_IUSRS from user rights, is that safe?',
    'do we have to keep iis_iusrs in impersonate a client after authentication',
    'is IIS_IUSRS really necessary in SeImpersonatePrivilege',
    'what happens if I remove IIS_IUSRS from impersonate a client after auth',
    'can IIS_IUSRS be removed from the user rights assignment',
    'scanner flags IIS_IUSRS in Impersonate a client, can I remove it',
    'potato attacks: should we strip IIS_IUSRS from the right',
    'should IIS_IUSRS have impersonate privilege',
    'does IIS_IUSRS belong in Impersonate a client after authentication',
    'pentest report recommends removing IIS_IUSRS from SeImpersonatePrivilege',
    'will my web sites break without IIS_IUSRS in the policy',
    'ok to leave IIS_IUSRS out of the GPO?',
    'how do I justify IIS_IUSRS to the auditor',
  ],
  'keep-others': [
    'can i delete Administrators from impersonate a client after authentication',
    'do we need LOCAL SERVICE in SeImpersonatePrivilege',
    'is it safe to remove network service from the impersonation right',
    'can the SeImpersonatePrivilege list be empty',
    'who actually needs the impersonate right on a web server',
  ],
  'pool-sid | pool-identities | keep-iis-iusrs | never-do': [
    'is it better to grant the app pool account the right instead of IIS_IUSRS',
  ],
  'why-service | keep-others': ['should we remove SERVICE from SeImpersonatePrivilege'],
};

/** The same in a thread about the lost right, where "it" and "there" are enough. */
export const keepThread: [question: string, topic: string, wanted: string][] = [
  ['can I remove IIS_IUSRS?', 'impersonation-right-missing', 'keep-iis-iusrs'],
  ['do we really need IIS_IUSRS there?', 'SeImpersonatePrivilege', 'keep-iis-iusrs'],
  ['is IIS_IUSRS required?', 'impersonation-right-missing', 'keep-iis-iusrs'],
  ['the auditor wants it removed', 'SeImpersonatePrivilege', 'keep-iis-iusrs'],
  ['is it a risk to keep IIS_IUSRS there?', 'impersonation-right-missing', 'keep-iis-iusrs'],
  ['who really needs it', 'SeImpersonatePrivilege', 'keep-others'],
  ['can we leave it empty', 'impersonation-right-missing', 'keep-others'],
  ['should we remove NETWORK SERVICE?', 'SeImpersonatePrivilege', 'keep-others'],
  ['how long does it take?', 'impersonation-right-missing', 'new-token'],
  ['and what happens then?', 'SeImpersonatePrivilege', 'without-the-right'],
];

/** How the answer to each begins. */
export const keepAnswers: [question: string, word: string][] = [
  ['can i remove IIS_IUSRS from Impersonate a client after authentication?', 'No'],
  ['is it safe to remove iis_iusrs from impersonate', 'No'],
  ['should i remove iis_iusrs from the right', 'No'],
  ['the hardening guide does not list IIS_IUSRS, can we delete it', 'No'],
  ['do i need iis_iusrs in impersonate a client', 'Yes'],
  ['is iis_iusrs required for seimpersonateprivilege', 'Yes'],
  ['is it a security risk to keep IIS_IUSRS there', 'Yes'],
  ['will my web sites break without IIS_IUSRS in the policy', 'Yes'],
  ["can I use the pool's own account instead of IIS_IUSRS in the right", 'It depends'],
  ['can I remove IIS_IUSRS from the right if all pools use ApplicationPoolIdentity', 'It depends'],
  ['can I remove IIS_IUSRS from SeImpersonatePrivilege on servers without IIS', 'It depends'],
  ['is it ok to delete administrators from SeImpersonatePrivilege', 'No'],
  ['can I remove NETWORK SERVICE from SeImpersonatePrivilege', 'No'],
  ['can we leave Impersonate a client after authentication empty', 'No'],
  ['is it safe to take SERVICE out of the impersonate policy', 'No'],
];
