import type { FrebEvent } from './log/event.js';
import type { TraceObserver } from './trace-observer.js';

/** Adds who handled the request and what modules reported on the way. */
export function observePipeline(facts: TraceObserver): void {
  observeHandler(facts);
  observeWarnings(facts);
  observeAuthentication(facts);
  observeRewrite(facts);
  observeBackend(facts);
}

/** Returns the last part of a Windows path. Scrub the path first, because half of a private value has no shape to find. */
function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

function observeHandler(facts: TraceObserver): void {
  const handlerChange = facts.last('HANDLER_CHANGED');
  if (handlerChange) {
    const name = handlerChange.get('NewHandlerName');
    if (name) facts.add('handler.name', name, handlerChange, 'NewHandlerName');
    const modules = handlerChange.get('NewHandlerModules');
    if (modules) facts.add('handler.modules', modules, handlerChange, 'NewHandlerModules');
    const processor = handlerChange.get('NewHandlerScriptProcessor')?.split('|')[0];
    if (processor) {
      facts.add(
        'handler.script-processor',
        fileName(facts.scrub.text(processor)),
        handlerChange,
        'NewHandlerScriptProcessor',
      );
    }
  }
  const isapiCall = facts.last('CALL_ISAPI_EXTENSION');
  const dll = isapiCall?.get('DllName');
  if (isapiCall && dll)
    facts.add('isapi.dll', fileName(facts.scrub.text(dll)).toLowerCase(), isapiCall, 'DllName', dll);
  const customError = facts.last('GENERAL_SEND_CUSTOM_ERROR');
  const page = customError?.get('FileNameOrURL');
  if (customError && page)
    facts.add(
      'custom-error.page',
      /^\\\\|^[A-Za-z]:/.test(page) ? page.replace(/^\\\\\?\\/, '') : page,
      customError,
      'FileNameOrURL',
    );
}

function observeWarnings(facts: TraceObserver): void {
  for (const { event } of facts.trace.events) {
    if (!/^MODULE_(?:WARNING|ERROR|CRITICAL_ERROR)$/.test(event.name)) continue;
    const text = event.get('Data1') || event.get('Data2');
    if (text) facts.add('module.warning', text, event, event.get('Data1') ? 'Data1' : 'Data2');
    const module = event.get('ModuleName');
    if (module) facts.add('module.warning-module', module, event, 'ModuleName');
  }
  // FastCGI and CGI report their own problems in events without a module name.
  for (const { event } of facts.trace.events) {
    if (!/^(?:FASTCGI|CGIF?)_/.test(event.name) || event.level > 3 || event.level < 1) continue;
    facts.add('module.warning', event.name, event);
    facts.add('module.warning-module', event.name.startsWith('CGI_') ? 'CgiModule' : 'FastCgiModule', event);
  }
}

const levels = ['anonymous', 'identify', 'impersonate', 'delegate'] as const;
const failedAuthentication =
  /^AUTH_(?:.*_FAILED|INVALID_ANON_ACCOUNT|TYPE_NOT_SUPPORTED|BAD_BASIC_HEADER|NTLM_NULL_SESSION|(?:ANON_)?PASSWD_CHANGE_\w+)$/;

function observeAuthentication(facts: TraceObserver): void {
  const authentication = facts.last('AUTH_SUCCEEDED');
  const level = authentication?.get('TokenImpersonationLevel');
  if (authentication && level) {
    const index = /^[0-3]$/.test(level) ? Number(level) : -1;
    facts.add('auth.level', levels[index] ?? 'unknown', authentication, 'TokenImpersonationLevel', level);
  }
  const root = facts.trace.root.attributes;
  const token = root.get('tokenUserName');
  const state = token === undefined ? 'absent' : token === 'NOT_AVAILABLE' ? 'not-available' : 'present';
  if (!facts.trace.root.cut) facts.add('auth.token-user', state, undefined, 'tokenUserName');
  const seenNames = new Set<string>();
  for (const { event } of facts.trace.events) {
    if (!failedAuthentication.test(event.name) || seenNames.has(event.name)) continue;
    seenNames.add(event.name);
    facts.add('auth.failed-event', event.name, event);
  }
}

const actions: Readonly<Record<string, 'rewrite' | 'redirect' | 'abort' | 'status'>> = {
  REWRITE_ACTION: 'rewrite',
  REWRITE_FROM_CACHE_ACTION: 'rewrite',
  REDIRECT_ACTION: 'redirect',
  REDIRECT_FROM_CACHE_ACTION: 'redirect',
  ABORT_REQUEST_ACTION: 'abort',
  ABORT_REQUEST_FROM_CACHE_ACTION: 'abort',
  CUSTOM_RESPONSE_ACTION: 'status',
  CUSTOM_RESPONSE_FROM_CACHE_ACTION: 'status',
};

function observeRewrite(facts: TraceObserver): void {
  let rule: FrebEvent | undefined;
  for (const { event } of facts.trace.events) {
    if (event.name === 'RULE_EVALUATION_START') {
      rule = event;
      continue;
    }
    const action = actions[event.name];
    if (!action) continue;
    const name = rule?.get('RuleName');
    if (rule && name) facts.add('rewrite.rule', name, rule, 'RuleName');
    facts.add('rewrite.action', action, event);
    const field = event.get('RewriteURL') !== undefined ? 'RewriteURL' : 'RedirectURL';
    const target = event.get(field);
    if (target) facts.add('rewrite.target', target, event, field);
    if (target && isUnfilled(target)) facts.add('rewrite.target-unfilled', true, event, field);
    const host = hostOf(target ?? '');
    if (action === 'rewrite' && host) facts.add('backend.host', host, event, field);
  }
}

/** Returns host and port of an absolute http address, without credentials; null for a path. */
function hostOf(url: string): string | null {
  const match = /^https?:\/\/(?:[^@/?#]*@)?([^/?#]+)/i.exec(url);
  return match ? match[1]! : null;
}

/** Placeholders of scripts and rules: shell variables, and IIS's own back references and variables. */
const placeholder = /\$\{|\$\(|\$env\b|\{(?:[CR]:\d+|[A-Z]+_[A-Z_]+)\}/;

/** True for a target that holds a variable. A `$` or a brace in a path is legal: OData has `/$metadata`. */
function isUnfilled(target: string): boolean {
  return placeholder.test(target) || /[${}]/.test(/^https?:\/\/([^/?#]*)/i.exec(target)?.[1] ?? '');
}

function observeBackend(facts: TraceObserver): void {
  const { trace } = facts;
  const modules = `${facts.last('HANDLER_CHANGED')?.get('NewHandlerModules') ?? ''},${facts
    .eventsNamed('MODULE_SET_RESPONSE_ERROR_STATUS')
    .map((e) => e.event.get('ModuleName'))
    .join(',')}`;
  const arrStart = facts.last('ARR_REQUEST_HEADERS_START');
  const forward = facts.last('ANCM_REQUEST_FORWARD_START');
  const process = facts.last('FASTCGI_ASSIGN_PROCESS');
  if (arrStart || /\bApplicationRequestRouting\b/.test(modules)) {
    facts.add('backend.kind', 'arr', arrStart);
    if (arrStart) {
      const connected = trace.count('ARR_REQUEST_HEADERS_START') <= trace.count('ARR_REQUEST_HEADERS_END');
      facts.add('backend.connected', connected, facts.last('ARR_REQUEST_HEADERS_END') ?? arrStart);
    }
    const farm = facts.last('ARR_WEBFARM_NOT_ROUTED');
    const host = farm?.get('HostName');
    if (farm && host && !facts.gather.has('backend.host')) facts.add('backend.host', host, farm, 'HostName');
  } else if (/\bAspNetCoreModule(?:V\d)?\b/.test(modules) || forward) {
    facts.add('backend.kind', 'ancm', forward);
  } else if (process || /\bFastCgiModule\b/.test(modules)) {
    facts.add('backend.kind', 'fastcgi', process);
    const command = process?.get('CommandLine');
    if (process && command)
      facts.add('backend.process', fileName(facts.scrub.text(command).split('"').join('')), process, 'CommandLine');
  } else if (/\biisnode\b/.test(modules)) {
    facts.add('backend.kind', 'iisnode');
  }
  for (const { event } of trace.events) {
    if (!event.name.startsWith('ANCM_')) continue;
    const text = event.get('FailureDescription') ?? event.get('Description');
    if (text) {
      facts.add('ancm.failure', text, event, event.get('FailureDescription') ? 'FailureDescription' : 'Description');
    } else if (event.name === 'ANCM_HRESULT_FAILED' && event.get('File')) {
      const where = `${fileName(facts.scrub.text(event.get('File')!))}${event.get('Line') ? `:${event.get('Line')}` : ''}`;
      facts.add('ancm.failure', where, event, 'File');
    }
  }
}
