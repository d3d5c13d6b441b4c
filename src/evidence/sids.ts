import { createHash } from 'node:crypto';

/**
 * Well-known security identifiers, the names Windows prints for them in several languages, and the SID of an
 * application pool. Numbers identify; a name is only a way to find the number.
 * SIDs: Microsoft, "Well-known SIDs" (win32 documentation).
 */
export const sid = {
  administrators: 'S-1-5-32-544',
  localService: 'S-1-5-19',
  networkService: 'S-1-5-20',
  service: 'S-1-5-6',
  batch: 'S-1-5-3',
  interactive: 'S-1-5-4',
  iisIusrs: 'S-1-5-32-568',
  iusr: 'S-1-5-17',
  localSystem: 'S-1-5-18',
  allPools: 'S-1-5-82-0',
} as const;

/** Who holds SeImpersonatePrivilege on a server with IIS (Microsoft KB 981949), in the order of their SIDs. */
export const iisHolders: readonly string[] = [
  sid.localService,
  sid.networkService,
  sid.administrators,
  sid.service,
  sid.iisIusrs,
];

/** English names by SID. Accounts of people are never here. */
const names: Record<string, string> = {
  'S-1-1-0': 'Everyone',
  'S-1-2-0': 'LOCAL',
  'S-1-2-1': 'CONSOLE LOGON',
  'S-1-3-0': 'CREATOR OWNER',
  'S-1-5-2': 'NETWORK',
  'S-1-5-3': 'BATCH',
  'S-1-5-4': 'INTERACTIVE',
  'S-1-5-6': 'SERVICE',
  'S-1-5-7': 'ANONYMOUS LOGON',
  'S-1-5-9': 'ENTERPRISE DOMAIN CONTROLLERS',
  'S-1-5-11': 'Authenticated Users',
  'S-1-5-13': 'TERMINAL SERVER USER',
  'S-1-5-14': 'REMOTE INTERACTIVE LOGON',
  'S-1-5-15': 'This Organization',
  'S-1-5-17': 'IUSR',
  'S-1-5-18': 'SYSTEM',
  'S-1-5-19': 'LOCAL SERVICE',
  'S-1-5-20': 'NETWORK SERVICE',
  'S-1-5-80-0': 'ALL SERVICES',
  'S-1-5-82-0': 'all application pools',
  'S-1-5-99-216390572-1995538116-3857911515-2404958512-2623887229': 'RESTRICTED SERVICES\\PrintSpoolerService',
  'S-1-5-113': 'Local account',
  'S-1-5-114': 'Local account and member of Administrators group',
  'S-1-5-32-544': 'Administrators',
  'S-1-5-32-545': 'Users',
  'S-1-5-32-546': 'Guests',
  'S-1-5-32-547': 'Power Users',
  'S-1-5-32-549': 'Server Operators',
  'S-1-5-32-550': 'Print Operators',
  'S-1-5-32-551': 'Backup Operators',
  'S-1-5-32-554': 'Pre-Windows 2000 Compatible Access',
  'S-1-5-32-555': 'Remote Desktop Users',
  'S-1-5-32-558': 'Performance Monitor Users',
  'S-1-5-32-559': 'Performance Log Users',
  'S-1-5-32-568': 'IIS_IUSRS',
  'S-1-5-32-573': 'Event Log Readers',
  'S-1-5-32-580': 'Remote Management Users',
};

/**
 * The five holders as Windows prints them in its languages. IIS_IUSRS and IUSR are never translated
 * (Microsoft, "Understanding built-in user and group accounts in IIS").
 */
const translations: Record<string, readonly string[]> = {
  [sid.administrators]: [
    'Administratoren', // German
    'Administrateurs', // French
    'Administradores', // Spanish, Portuguese
    'Amministratori', // Italian texts; the account itself is Administrators
    'Administratorzy', // Polish
    'Администраторы', // Russian
    'Administratörer', // Swedish
    'Administratorer', // Danish, Norwegian
    'Järjestelmänvalvojat', // Finnish
    'Rendszergazdák', // Hungarian
    'Yöneticiler', // Turkish
    'Správci', // Czech
  ],
  [sid.localService]: [
    'LOCALSERVICE',
    'LOKALER DIENST',
    'SERVICE LOCAL',
    'SERVICIO LOCAL',
    'SERVIZIO LOCALE',
    'SERVIÇO LOCAL',
    'USŁUGA LOKALNA',
    'ЛОКАЛЬНАЯ СЛУЖБА',
    'LOKAL TJÄNST',
    'LOKAL TJENESTE',
    'PAIKALLINEN PALVELU',
    'HELYI SZOLGÁLTATÁS',
    'YEREL HİZMET',
    'MÍSTNÍ SLUŽBA',
    'LOKALE SERVICE',
  ],
  [sid.networkService]: [
    'NETWORKSERVICE',
    'NETZWERKDIENST',
    'SERVICE RÉSEAU',
    'SERVICIO DE RED',
    'SERVIZIO DI RETE',
    'SERVIÇO DE REDE',
    'USŁUGA SIECIOWA',
    'СЕТЕВАЯ СЛУЖБА',
    'NÄTVERKSTJÄNST',
    'NETVÆRKSTJENESTE',
    'NETTVERKSTJENESTE',
    'VERKKOPALVELU',
    'HÁLÓZATI SZOLGÁLTATÁS',
    'AĞ HİZMETİ',
    'SÍŤOVÁ SLUŽBA',
    'NETWERKSERVICE',
  ],
  [sid.service]: [
    'DIENST',
    'SERVICIO',
    'SERVIZIO',
    'SERVIÇO',
    'USŁUGA',
    'СЛУЖБА',
    'TJÄNST',
    'TJENESTE',
    'PALVELU',
    'SZOLGÁLTATÁS',
    'HİZMET',
    'SLUŽBA',
  ],
};

/** Returns one spelling for comparing names: case, accents written in two ways, quotes and odd spaces do not count. */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/["'’`]/g, '')
    .replace(/[\s\u200b\ufeff]+/g, ' ')
    .trim()
    .toLocaleUpperCase('en')
    .replaceAll('İ', 'I')
    .replaceAll('ß', 'SS');
}

const byName = new Map<string, string>();
/** Names that count only with the authority in front of them. */
const byWholeName = new Map(
  Object.entries(names)
    .filter(([, name]) => name.includes('\\'))
    .map(([id, name]) => [foldName(name), id]),
);
for (const [id, name] of Object.entries(names)) byName.set(foldName(name.split('\\').pop()!), id);
for (const [id, list] of Object.entries(translations)) for (const name of list) byName.set(foldName(name), id);

/** True for the word in front of a built-in account: `NT AUTHORITY`, `NT-AUTORITÄT`, `AUTORITE NT`, `BUILTIN`, `VORDEFINIERT` … */
function isBuiltInAuthority(prefix: string): boolean {
  const folded = foldName(prefix);
  if (/^NT[ -](SERVICE|DIENST)$/.test(folded)) return false;
  if (/(^|[^\p{L}])NT([^\p{L}]|$)/u.test(folded)) return true;
  return /^(BUILTIN|VORDEFINIERT|INTEGRIERT|INCORPORADO|INTEGRADO|PREDEFINITO|WBUDOWANE|ВСТРОЕННЫЕ|INBYGGD|INNEBYGD|INDBYGGET|BEÉPÍTETT)$/.test(
    folded,
  );
}

/** Returns the English name of a well-known SID, or undefined. */
export function nameOfSid(value: string): string | undefined {
  return names[value.replace(/^\*/, '').toUpperCase()];
}

/** True for the text of a SID, with or without the `*` of a security template. */
export function isSid(value: string): boolean {
  return /^\*?S-1-\d+(-\d+)*$/i.test(value.trim());
}

/**
 * Returns the SID behind an account name as Windows prints it in any of the known languages, with or without the authority in
 * front. Undefined when the name is not a well-known one: an account of the domain called SERVICE is not S-1-5-6.
 */
export function sidOfName(name: string): string | undefined {
  const text = name.trim();
  if (isSid(text)) return text.replace(/^\*/, '').toUpperCase();
  const cut = text.lastIndexOf('\\');
  const last = foldName(text.slice(cut + 1));
  if (last === 'IIS_IUSRS') return sid.iisIusrs;
  const pool = poolOfName(text);
  if (pool !== undefined) return appPoolSid(pool);
  if (cut > 0 && !isBuiltInAuthority(text.slice(0, cut))) {
    return byWholeName.get(foldName(text));
  }
  return byName.get(last);
}

/** Returns the pool in `IIS APPPOOL\Portal`, or undefined. */
export function poolOfName(name: string): string | undefined {
  return /^IIS APP ?POOL\\(.+)$/i.exec(name.trim())?.[1];
}

/** True for the SID of one application pool (`S-1-5-82-` and five numbers). `S-1-5-82-0` stands for all of them. */
export function isPoolSid(value: string): boolean {
  return /^\*?S-1-5-82(-\d+){5}$/i.test(value.trim());
}

/**
 * Returns the SID of the virtual account `IIS APPPOOL\name`: `S-1-5-82-` and the SHA-1 of the lower-case name in UTF-16LE, its
 * 20 bytes read as five little-endian 32-bit numbers. Checked against the SIDs of real pools, see the tests.
 */
export function appPoolSid(pool: string): string {
  const hash = createHash('sha1').update(Buffer.from(pool.toLowerCase(), 'utf16le')).digest();
  return `S-1-5-82-${[0, 4, 8, 12, 16].map((at) => hash.readUInt32LE(at)).join('-')}`;
}

/** Pools that IIS or the .NET Framework creates during setup: their SIDs can be given a name without any other file. */
const usualPools = [
  'DefaultAppPool',
  '.NET v4.5',
  '.NET v4.5 Classic',
  '.NET v2.0',
  '.NET v2.0 Classic',
  'Classic .NET AppPool',
  'ASP.NET v4.0',
  'ASP.NET v4.0 Classic',
];
const usualPoolSids = new Map(usualPools.map((pool) => [appPoolSid(pool), pool]));

/** Returns the pool behind a pool SID when it is one of those that IIS creates during setup. */
export function usualPoolOfSid(value: string): string | undefined {
  return usualPoolSids.get(value.replace(/^\*/, '').toUpperCase());
}
