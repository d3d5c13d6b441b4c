import type { Term } from './term.js';

/** Why a configuration is not well-formed XML. */
const configFaults = [
  'not-closed',
  'attribute-twice',
  'attribute-form',
  'ampersand',
  'declaration-not-first',
  'second-root',
  'character',
] as const;

export type ConfigFault = (typeof configFaults)[number];

/** What is wrong with the hosting of an ASP.NET Core application. */
const hostingFaults = [
  'process-path-missing',
  'process-path-empty',
  'arguments-missing',
  'placeholder-left',
  'in-process-in-old-module',
  'hosting-model-unknown',
  'no-handler',
] as const;

export type HostingFault = (typeof hostingFaults)[number];

/** Settings by which a visitor, or the administrator, does not see why a request failed. */
const hidingSettings = [
  'customErrors On',
  'errorMode Custom',
  'existingResponse Replace',
  'existingResponse PassThrough',
  'iisnode devErrorsEnabled false',
  'stdoutLogEnabled false',
  'deployment retail',
] as const;

export type HidingSetting = (typeof hidingSettings)[number];

/** Facts of applicationHost.config, web.config and appcmd output. One observation per pool, in file order. */
export const configVocabulary = {
  'pool.name': { type: 'string', means: 'an application pool; the facts of the pool follow it' },
  'pool.identity': {
    type: ['ApplicationPoolIdentity', 'NetworkService', 'LocalService', 'LocalSystem', 'SpecificUser'],
    means: 'identityType of the pool, defaults applied',
  },
  'pool.account': { type: 'string', means: 'userName of a pool with SpecificUser: a pool identity' },
  'pool.manual-group-membership': { type: 'boolean', means: 'manualGroupMembership of the pool' },
  'pool.logon-type': { type: ['LogonBatch', 'LogonService'], means: 'logonType of the pool' },
  'pool.process-id': { type: 'number', means: 'worker process of the pool (appcmd list wp)' },
  'pool.sid': { type: 'string', means: 'SID of IIS APPPOOL\\name, computed from the name' },
  'config.impersonate': { type: 'boolean', means: 'system.web/identity impersonate' },
  'config.validates-integrated-mode': {
    type: 'boolean',
    means: 'system.webServer/validation validateIntegratedModeConfiguration',
  },
  'config.malformed': { type: configFaults, means: 'why the file is not well-formed XML; its line is where' },
  'config.section-set': { type: 'string', means: 'a section that the file sets, as system.webServer/handlers' },
  'config.section-unlisted': {
    type: 'string',
    means: 'a section outside of IIS that neither this file nor machine.config declares',
  },
  'config.section-declared': { type: 'string', means: 'a section that applicationHost.config declares' },
  'config.section-locked': {
    type: 'string',
    means: 'a section that applicationHost.config keeps from every web.config',
  },
  'config.section-unlocked-below': {
    type: 'string',
    means: 'a locked section that a location element of applicationHost.config opens for one path',
  },
  'config.entry': {
    type: 'string',
    means: 'an entry of a collection whose keys may occur once, without a remove before it: `mimeMap .json`',
  },
  'config.duplicate': { type: 'string', means: 'an entry that the same file adds a second time: `mimeMap .json`' },
  'config.entry-removed': { type: 'string', means: 'an entry that the file takes out of a collection: `module X`' },
  'config.entry-locked': { type: 'string', means: 'an entry that applicationHost.config locks with lockItem' },
  'config.part-locked': {
    type: 'string',
    means:
      'an attribute or element that applicationHost.config locks with lockItem, lockAttributes, lockElements or their opposites: `system.webServer/asp/@enableParentPaths`',
  },
  'config.part-open': { type: 'string', means: 'an attribute or element that a lock of all others leaves open' },
  'config.part-set': { type: 'string', means: 'an attribute or element that a web.config sets in a section of IIS' },
  'config.collection-cleared': { type: 'string', means: 'a collection that the file empties with clear: `module`' },
  'config.redirects-below': {
    type: 'string',
    means: 'httpRedirect to a path of the same site, which inherits the redirect where it lies below',
  },
  'config.handler-module': { type: 'string', means: 'a module that a handler of the file hands requests to' },
  'config.module-used': { type: 'string', means: 'a native module that the modules section switches on' },
  'config.module-registered': { type: 'string', means: 'a module that applicationHost.config registers' },
  'config.module-missing': {
    type: 'string',
    means: 'a module that a handler or the modules section names, and applicationHost.config does not register',
  },
  'config.pool-undefined': { type: 'string', means: 'a pool that an application is given and that is not there' },
  'config.wrong-bitness': {
    type: 'string',
    means: 'a handler or module whose DLL and precondition are of different bitness',
  },
  'config.rule-pattern-invalid': { type: 'string', means: 'a rule whose pattern is no regular expression' },
  'config.rule-without-match': { type: 'string', means: 'a rule of URL Rewrite without its match element' },
  'config.proxy-rule': { type: 'string', means: 'a rule that forwards to an address of another server or port' },
  'config.added-section': {
    type: 'string',
    means: 'a section of a module that is no part of Windows, set by the web.config beside an error page: aspNetCore',
  },
  'config.https-rule': {
    type: ['by-connection', 'always'],
    means:
      'a rule redirects to https: where this connection is not TLS and no header of a balancer is asked, or always',
  },
  'config.request-limit': {
    type: ['aspnet-lower', 'iis-lower'],
    means: 'which of maxRequestLength and maxAllowedContentLength refuses a large request first',
  },
  'config.request-limit-iis': { type: 'string', means: 'maxAllowedContentLength, in words' },
  'config.request-limit-aspnet': { type: 'string', means: 'maxRequestLength, in words' },
  'config.hides-errors': { type: hidingSettings, means: 'a setting that keeps the reason of a failure out of sight' },
  'config.all-managed-modules': { type: 'boolean', means: 'runAllManagedModulesForAllRequests' },
  'config.classic-entries': {
    type: ['httpModules', 'httpHandlers'],
    means: 'entries under system.web that the Integrated pipeline does not read',
  },
  'config.authentication-on': { type: 'list', means: 'authentication schemes that the file switches on' },
  'config.authentication-off': { type: 'list', means: 'authentication schemes that the file switches off' },
  'config.hosting-fault': { type: hostingFaults, means: 'what is wrong with the aspNetCore element' },
} as const satisfies Record<string, Term>;
