/** What IIS writes beside a number: names of enumerations (never localized) and system messages (localized). */

export const stages = {
  PRE_BEGIN_REQUEST: 0,
  BEGIN_REQUEST: 1,
  AUTHENTICATE_REQUEST: 2,
  AUTHORIZE_REQUEST: 4,
  RESOLVE_REQUEST_CACHE: 8,
  MAP_REQUEST_HANDLER: 16,
  REQUEST_ACQUIRE_STATE: 32,
  PRE_EXECUTE_REQUEST_HANDLER: 64,
  EXECUTE_REQUEST_HANDLER: 128,
  RELEASE_REQUEST_STATE: 256,
  UPDATE_REQUEST_CACHE: 512,
  LOG_REQUEST: 1024,
  END_REQUEST: 2048,
  SEND_RESPONSE: 536870912,
  READ_ENTITY: 1073741824,
  MAP_PATH: 2147483648,
} as const;

export type Stage = keyof typeof stages;

const authTypes = { '1': 'Anonymous', '2': 'Basic', '4': 'NT', '16': 'Digest', '64': 'Passport', '128': 'MapCliCert' };

/** Names by field, then by number. */
export const enumerations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Notification: Object.fromEntries(Object.entries(stages).map(([name, number]) => [String(number), name])),
  NotificationStatus: {
    '0': 'NOTIFICATION_CONTINUE',
    '2': 'NOTIFICATION_FINISH_REQUEST',
    '134217730': 'SF_STATUS_REQ_NEXT_NOTIFICATION',
  },
  AuthTypeSupported: authTypes,
  RequestAuthType: authTypes,
  AuthType: authTypes,
  TokenImpersonationLevel: {
    '0': 'ImpersonationAnonymous',
    '1': 'ImpersonationIdentify',
    '2': 'ImpersonationImpersonate',
    '3': 'ImpersonationDelegate',
    '4': 'ImpersonationUnknown',
  },
  Scope: { '0': 'Global', '1': 'Distributed' },
  Type: { '0': 'Inbound', '1': 'Outbound' },
  PatternSyntax: { '0': 'Regex', '1': 'Wildcard', '2': 'ExactMatch' },
  Result: { '0': 'NOT_FOUND', '2': 'NOT_FREQUENTLY_HIT' },
  CachePolicy: { '0': 'NO_CACHE', '1': 'USER_INVALIDATES' },
};

/** Reason has other names in each event. */
export const reasons: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  HTTPSYS_CACHEABLE: { '21': 'NO_PIPELINE_ENABLE', '9': 'HANDLER_HTTPSYS_UNFRIENDLY' },
  DYNAMIC_COMPRESSION_NOT_SUCCESS: { '1': 'NO_ACCEPT_ENCODING', '9': 'NOT_SUCCESS_STATUS' },
  STATIC_COMPRESSION_NOT_SUCCESS: { '1': 'NO_ACCEPT_ENCODING', '14': 'NOT_FREQUENTLY_HIT' },
  GENERAL_NOT_SEND_CUSTOM_ERROR: { '1': 'SETSTATUS_SUCCESS', '2': 'SETSTATUS_TRYSKIP' },
};

/** Texts that FormatMessage gives, by language. A code without a text gets no description, as in IIS. */
export const messages: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'en-US': {
    0: 'The operation completed successfully.',
    1: 'Incorrect function.',
    2: 'The system cannot find the file specified.',
    3: 'The system cannot find the path specified.',
    5: 'Access is denied.',
    13: 'The data is invalid.',
    33: 'The process cannot access the file because another process has locked a portion of the file.',
    50: 'The request is not supported.',
    126: 'The specified module could not be found.',
    127: 'The specified procedure could not be found.',
    183: 'Cannot create a file when that file already exists.',
    193: '%1 is not a valid Win32 application.',
    258: 'The wait operation timed out.',
    1229: 'An operation was attempted on a nonexistent network connection.',
    1260: 'This program is blocked by group policy. For more information, contact your system administrator.',
    1314: 'A required privilege is not held by the client.',
    1326: 'The user name or password is incorrect.',
    1346: 'Either a required impersonation level was not provided, or the provided impersonation level is invalid.',
    1385: 'Logon failure: the user has not been granted the requested logon type at this computer.',
    1909: 'The referenced account is currently locked out and may not be logged on to.',
  },
  'de-DE': {
    0: 'Der Vorgang wurde erfolgreich beendet.',
    2: 'Das System kann die angegebene Datei nicht finden.',
    5: 'Zugriff verweigert',
    13: 'Die Daten sind unzulässig.',
    50: 'Die Anforderung wird nicht unterstützt.',
    183: 'Eine Datei kann nicht erstellt werden, wenn sie bereits vorhanden ist.',
    1346: 'Entweder wurde eine erforderliche Identitätswechselebene nicht zur Verfügung gestellt, oder die bereitgestellte Identitätswechselebene ist unzulässig.',
  },
  'ja-JP': {
    0: 'この操作を正しく終了しました。',
    2: '指定されたファイルが見つかりません。',
    5: 'アクセスが拒否されました。',
    183: '既に存在するファイルを作成することはできません。',
    1346: '必要な偽装レベルが提供されていないか、または提供された偽装レベルが無効です。',
  },
};

/** Names of the HTTP statuses, as HttpReason has them. */
export const httpReasons: Readonly<Record<number, string>> = {
  200: 'OK',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  412: 'Precondition Failed',
  413: 'Request Entity Too Large',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Time-out',
};
