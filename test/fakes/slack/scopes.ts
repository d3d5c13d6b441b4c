/** The scopes that a workspace grants when the manifest is installed as it is. */
export const installedScopes = [
  'app_mentions:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'im:history',
  'reactions:write',
];

/** The scopes that it grants when the full manifest is installed. */
export const fullScopes = [
  ...installedScopes,
  'assistant:write',
  'channels:history',
  'channels:read',
  'groups:history',
  'groups:read',
  'mpim:history',
  'usergroups:read',
];
