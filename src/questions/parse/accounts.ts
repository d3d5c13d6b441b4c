/** Accounts and groups of Windows and IIS that questions are about, by their names and SIDs. The longest names first. */
const accounts: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['iis_iusrs', /\biis[ _-]{0,2}iu?se?rs\b|\biis[ _]users\b|\bs-1-5-32-568\b/g],
  ['iusr', /\biusr(?:_\w+)?\b|\bs-1-5-17\b/g],
  ['local-service', /\blocal ?service\b|\bs-1-5-19\b/g],
  ['network-service', /\bnetwork ?service\b|\bs-1-5-20\b/g],
  ['local-system', /\blocal ?system\b|\bnt authority\\system\b|\b(?:as|under|the) system\b|\bs-1-5-18\b/g],
  ['pool-identity', /\bapplication ?pool ?identity\b|\biis ?app ?pool\\\S+|\bvirtual accounts?\b|\bs-1-5-82\S*/g],
  ['gmsa', /\bgmsas?\b|\b(?:group )?managed service accounts?\b/g],
  ['everyone', /\beveryone\b|\beverybody\b|\bs-1-1-0\b/g],
  ['authenticated-users', /\bauthenticated users\b|\bdomain users\b|\bs-1-5-11\b/g],
  ['administrators', /\badministrators?\b|\badmins?\b|\bs-1-5-32-544\b/g],
  ['guests', /\bguests?\b|\bs-1-5-32-546\b/g],
  [
    'service-account',
    /\bservice accounts?\b|\b(?:custom|domain|named) (?:accounts?|users?)\b|\bspecific ?user\b|(?<![\\\w.-])(?!nt |builtin|iis )[a-z][\w.-]*\\[a-z][\w.$-]*(?![\\\w])/g,
  ],
  ['service', /(?<![-\w] )\bservice\b(?= (?:group|sid|entry|from|in|on|missing|is|was)\b)|\bs-1-5-6\b/g],
];

/** Names the accounts in a folded question, each once, in the order of the table. */
export function findAccounts(text: string): string[] {
  let rest = text;
  const found: string[] = [];
  for (const [name, pattern] of accounts) {
    const without = rest.replace(pattern, ' ');
    if (without !== rest) found.push(name);
    rest = without;
  }
  return found;
}

/** Types of servers as people write them, in the words of the table of defaults. */
const servers: readonly (readonly [name: string, pattern: RegExp])[] = [
  [
    'domain controller',
    /\bdomain ?controllers?\b|\bdcs?\b|domänencontroller\w*|contrôleurs? de domaine|controlador(?:es)? de dominio|ドメイン ?コントローラー?|域控制器|網域控制站/,
  ],
  [
    'member server',
    /\bmember ?servers?\b|mitgliedsserver\w*|serveurs? membres?|servidor(?:es)? miembros?|メンバー ?サーバー|成员服务器/,
  ],
  [
    'stand-alone server',
    /\bstand ?-?alone\b|\bworkgroup\b|eigenständig\w*|autonom\w*|independiente|スタンドアロン|独立服务器/,
  ],
  ['client computer', /\bclient (?:computers?|pcs?|machines?)\b|\bworkstations?\b|\bwindows 1[01]\b|\bdesktops?\b/],
];

/** The types of servers that a folded question names. */
export function findServers(text: string): string[] {
  return servers.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);
}
