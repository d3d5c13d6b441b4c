/**
 * How each field of an event is shown. Only these are: a field without a row is withheld whole, because nothing is known about
 * it. `number` shows numbers, flags and GUIDs; `text` is scrubbed as free text; `headers` and `header` show harmless headers.
 */
export type FieldForm =
  | 'number'
  | 'code'
  | 'text'
  | 'url'
  | 'query'
  | 'path'
  | 'verb'
  | 'module'
  | 'stage'
  | 'host'
  | 'user'
  | 'headers'
  | 'header';

const forms: Readonly<Record<string, FieldForm>> = {
  ...asForm(
    'number',
    'SiteId RawConnId fIsPostNotification fIsPostNotificationEvent NotificationStatus HttpStatus HttpSubStatus BytesSent',
    'BytesReceived CompletionBytes RecursiveLevel RemotePort LocalPort AccessPerms Replace Offset Size SupportsIsInRole',
    'AuthType AuthTypeSupported RequestAuthType NTLMUsed TokenImpersonationLevel Successful FileFromCache FileAddedToCache',
    'FileDirmoned LastModCheckErrorIgnored URLInfoFromCache URLInfoAddedToCache HttpsysCacheable Reason CachePolicy TimeToLive',
    'Result AccessResult OriginalSize CompressedSize IsNewProcess ProcessId RequestNumber Bytes LogicalGrouping MatchType Negate',
    'Succeeded Matched AppendQueryString LogRewrittenURL RedirectType StopProcessing PatternSyntax Scope Type IsHeader',
    'InternetStatus requestStatus LineNumber Line SizeOfStatement BufferSize DataType DataSize Status CurrentFlags NeededFlags',
    'PositionInQueue MaxInstances OriginalFileSize CompressedFileSize KMUsed ADConfigIsOK PasswordChanged TotalReqs CurrentReqs',
  ),
  ...asForm('code', 'ErrorCode HResult'),
  ...asForm(
    'text',
    'AppPoolId HttpReason ConfigExceptionInfo ErrorDescription RuleName Pattern Substitution Name Precondition FilterName',
    'OldHandlerName NewHandlerName NewHandlerModules NewHandlerType HeaderName FailureDescription Description CurrentStatement',
    'Message PackageName ResolverType Provider LastModifiedTime CommandLine',
    'MODULE_WARNING.Data1 MODULE_WARNING.Data2 MODULE_ERROR.Data1 MODULE_ERROR.Data2 MODULE_CRITICAL_ERROR.Data1',
    'MODULE_CRITICAL_ERROR.Data2 AspNetPipelineEnter.Data1 AspNetPipelineLeave.Data1 AspNetAppDomainEnter.Data1',
    'AspNetStartHandler.Data1 AspNetStartHandler.Data2 VIRTUAL_MODULE_UNRESOLVED.Type AspNetWebEventDeliverStart.Data1',
  ),
  ...asForm('number', 'AspNetWebEventRaiseStart.Data2 AspNetWebEventDeliverStart.Data3'),
  ...asForm(
    'url',
    'RequestURL RewriteURL RedirectURL RelativePath OldUrl NewUrl Uri FinalURL OrigURL MatchingURL RequestedURL ApplicationPath',
    'AspNetStart.Data2 PATTERN_MATCH.Input',
  ),
  ...asForm('query', 'QueryString'),
  ...asForm(
    'path',
    'PhysicalPath FileName FileNameOrURL FilePath GlobalASAPath NewHandlerScriptProcessor DllName File ImageName ConfigPath',
    'OriginalFileName CompressedFileName FinalPath OrigPath MatchingPath',
  ),
  ...asForm('verb', 'RequestVerb AspNetStart.Data1'),
  ...asForm('module', 'ModuleName'),
  ...asForm('stage', 'Notification'),
  ...asForm('host', 'HostName'),
  ...asForm(
    'user',
    'UserName RemoteUserName AuthUserName DomainName AccountName FinalUserName OrigUserName User APUserName',
  ),
  ...asForm('headers', 'Headers'),
  ...asForm('header', 'HeaderValue'),
};

function asForm(form: FieldForm, ...names: string[]): Record<string, FieldForm> {
  return Object.fromEntries(names.flatMap((line) => line.split(' ')).map((name) => [name, form]));
}

/** Fields that say the same in every event of a log. */
const constant = new Set(['ContextId', 'ConnID', 'ConnId', 'Context ID']);

/** True for a field that a view leaves out, because every event of the log repeats it. */
export function isConstantField(field: string): boolean {
  return constant.has(field);
}

/** Returns how a field is shown; undefined for a field that is withheld. */
export function fieldForm(event: string, field: string): FieldForm | undefined {
  const own = `${event}.${field}`;
  if (Object.hasOwn(forms, own)) return forms[own];
  return Object.hasOwn(forms, field) ? forms[field] : undefined;
}
