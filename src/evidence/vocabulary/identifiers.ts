import { stageNames } from '../freb/codes.js';
import { httpMethods } from './http-methods.js';
import type { ObservationName } from './index.js';

/**
 * How the strings of an observation pass the gate. Without a pass they are free text and are scrubbed. `url` keeps the path of
 * a URL and the names of its query. A shape lets a string of exactly this form through and scrubs any other. With `only`, a
 * string of another form is withheld whole, because scrubbing finds nothing in a single word that a client chose.
 */
export type Pass = 'url' | RegExp | { only: RegExp };

/** The alphabet and length of a pool's name: IIS takes 64 characters; hosting panels put domains and brackets in it. */
const poolName = /^[\p{L}\p{N}{][\p{L}\p{N} ._()+#}-]{0,63}$/u;
/** SharePoint names pools by GUID. Any other name is scrubbed like a sentence, which leaves a name as it is. */
const poolGuid = /^(?:\d{4} )?\{?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\}?$/i;
/** An account with the authority that knows it. */
const accountName = /^(?:[\p{L}\p{N} ._-]{1,40}\\[\p{L}\p{N}._$-]{1,64}|[\p{L}\p{N}._-]{1,64}@[\p{L}\p{N}.-]{1,100})$/u;
/** A SID, or an account with the authority that knows it. */
export const holderShape =
  /^\*?(?:S-1-\d{1,3}(?:-\d{1,10}){1,15}|[\p{L}\p{N} ._-]{1,40}\\[\p{L}\p{N} ._$()-]{1,64})$/iu;
const sid = /^S-1-\d{1,3}(?:-\d{1,10}){1,15}$/;
/** Win32 codes, HRESULT, NTSTATUS and codes of runtimes. A number of another form may be an address. */
const code =
  /^0x(?:[0-9a-f]{1,6}|0[0-9a-f]{6,7}|[48][0-9a-f]{7}|[ce]0[0-9a-f]{6}|cfffffff|ffffff[0-9a-f]{2}|deadbeef)$/;
/** A back end may be known by its address alone. */
const backend = /^(?:(?:\d{1,3}\.){3}\d{1,3}|\[[0-9a-f:]{2,39}\])(?::\d{1,5})?$/i;
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
/** Events as text carry local times, without a zone. */
const eventTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?$/;
/** Accounts that are not persons. */
const builtInAccount = /^(?:IIS APPPOOL\\[\w .-]{1,64}|NT AUTHORITY\\[A-Z ]{4,20})$/i;
/** A well-known account or a pool on an access list, and what it may do there. */
const listedAccount = /^(?:IIS APPPOOL\\[\w .-]{1,64}|[A-Za-z][\w -]{1,40})(?:: (?:read|change))?$/;
const status = /^\d{3}(?:\.\d{1,4})?(?: \d{1,10})?$/;
/** The name or number of a stage of the pipeline, as logs or as IIS's error page write it. */
const stage = {
  only: new RegExp(
    `^(?:${[...stageNames, ...stageNames.map(inPascalCase), 'AcquireRequestState'].join('|')}|(?:stage )?\\d{1,10})$`,
  ),
};
const httpMethod = { only: new RegExp(`^(?:${httpMethods.join('|')})$`, 'i') };
/** The code of a browser's own page. */
const browserCode = { only: /^[A-Z][A-Z0-9]{1,20}(?:_[A-Z0-9]{1,20}){1,8}$/ };
const word = /^[A-Za-z][A-Za-z_]{0,79}$/;
/** The separator between two words is required: with an optional one, matching a long run of letters takes exponential time. */
const moduleName = /^[A-Za-z]{1,60}(?:[ _.,][A-Za-z]{1,60}){0,40}$/;
/** The path of a section of a configuration: `system.webServer/security/access`. */
const sectionPath = /^[A-Za-z][A-Za-z.]{0,59}(?:\/[A-Za-z.]{1,60}){0,6}$/;
/** A section, and an attribute or element in it, as XPath writes it. */
const partPath = /^[A-Za-z][A-Za-z.]{0,59}(?:\/@?(?:[A-Za-z.]{1,60}|\*)){1,12}$/;
const typeName = /^(?:[A-Za-z_]\w{0,60}[.\\+]){0,12}[A-Za-z_]\w{0,60}(?:Exception|Error|Fault|Warning)$/;

/** True for a text that can be the name of an application pool. */
export function isPoolName(text: string): boolean {
  return poolName.test(text);
}

function inPascalCase(name: string): string {
  return name.toLowerCase().replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The identifiers, and nothing else, that are shown as they stand. */
export const passes: Partial<Record<ObservationName, Pass>> = {
  'request.url': 'url',
  'rewrite.target': 'url',
  'access.url': 'url',
  'custom-error.page': 'url',
  'event.url': 'url',
  'outcome.url': 'url',
  'http.location': 'url',
  'urlacl.url': 'url',
  'urlacl.takes-the-site': 'url',
  'queue.url': 'url',
  'running.url': 'url',

  'request.app-pool': poolGuid,
  'pool.name': poolGuid,
  'token.pool': poolGuid,
  'right.pool-seen': poolGuid,
  'access.queue': poolGuid,
  'pool.event': poolGuid,
  'event.pool': poolGuid,
  'queue.name': poolGuid,
  'app.pool': poolGuid,
  'config.pool-undefined': poolGuid,
  'event.account': builtInAccount,
  'acl.pool-changes': listedAccount,
  'acl.through': listedAccount,
  'acl.denied': listedAccount,
  'acl.write-denied': listedAccount,
  'pool.account': accountName,
  'token.account': accountName,

  'right.holders': holderShape,
  'right.holds-pool': holderShape,
  'iis-right.batch-logon': holderShape,
  'iis-right.service-logon': holderShape,
  'iis-right.network-logon': holderShape,
  'iis-right.interactive-logon': holderShape,
  'iis-right.deny-batch-logon': holderShape,
  'iis-right.deny-service-logon': holderShape,
  'iis-right.deny-network-logon': holderShape,
  'iis-right.deny-interactive-logon': holderShape,
  'iis-right.assign-primary-token': holderShape,
  'iis-right.increase-quota': holderShape,
  'iis-right.audit': holderShape,
  'iis-right.change-notify': holderShape,
  'right.missing': sid,
  'audit.right-removed': sid,
  'audit.right-added': sid,
  'token.groups': sid,
  'pool.sid': sid,
  'logon.account': { only: new RegExp(`${sid.source}|^[\\w-]{16}:[\\w-]{22}$`) },

  'backend.host': backend,

  'decisive.code': code,
  'code.seen': code,
  'code.file-open': code,
  'exception.code': code,
  'policy.warning': code,
  'event.code': code,
  'certificate.error': code,
  'trigger-status': status,
  'status-overwritten': status,
  'access.status': status,
  'outcome.status': status,

  'request.time': time,
  'access.time': time,
  'access.last-time': time,
  'audit.time': eventTime,
  'policy.applied': time,
  'event.time': eventTime,
  'event.last-time': eventTime,
  'logon.time': eventTime,
  'outcome.time': time,
  'request.activity-id': /^\{[0-9A-Fa-f-]{36}\}$/,

  'request.verb': httpMethod,
  'outcome.verb': httpMethod,
  'request.extension': /^\.[a-z]{1,20}$/,
  'request.static-extension': /^\.[a-z0-9]{2,13}$/,
  'decisive.event': word,
  'decisive.module': moduleName,
  'running.module': moduleName,
  'module.listed': moduleName,
  'certificate.error-name': word,
  'config.section': word,
  'config.section-set': sectionPath,
  'config.section-declared': sectionPath,
  'config.section-locked': sectionPath,
  'config.section-unlocked-below': sectionPath,
  'config.part-locked': partPath,
  'config.part-open': partPath,
  'config.part-set': partPath,
  'config.handler-module': moduleName,
  'config.module-used': moduleName,
  'config.module-registered': moduleName,
  'config.module-missing': moduleName,
  'ticket.service': word,
  'decisive.notification': stage,
  'module.warning-module': moduleName,
  'handler.modules': moduleName,
  'auth.failed-event': word,
  'exception.type': typeName,
  'page.browser-code': browserCode,
  'decisive.config-element': word,
};

/** Raw texts of these are the list of a right's holders: accounts and SIDs in it are what the file was sent for. */
const holderLists: ReadonlySet<ObservationName> = new Set<ObservationName>([
  'right.defined',
  'right.holders',
  'right.holds-iis-iusrs',
  'right.holds-service',
  'right.holds-pool',
  'right.missing',
  'right.nobody',
  'iis-right.batch-logon',
  'iis-right.service-logon',
  'iis-right.network-logon',
  'iis-right.interactive-logon',
  'iis-right.deny-batch-logon',
  'iis-right.deny-service-logon',
  'iis-right.deny-network-logon',
  'iis-right.deny-interactive-logon',
  'iis-right.assign-primary-token',
  'iis-right.increase-quota',
  'iis-right.audit',
  'iis-right.change-notify',
]);

/** True when the raw text behind an observation is the list of a right's holders, each of which passes the gate alone. */
export function listsHolders(name: ObservationName): boolean {
  return holderLists.has(name);
}
