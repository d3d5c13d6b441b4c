import { mark, type Rule } from './rule.js';

/** Authorities of accounts that belong to Windows or IIS, in several languages: they name no person. */
const builtInDomain =
  /^(?:NT[ -]?(?:AUTHORITY|AUTORIT(?:Ä|Y|E)T?|SERVICE|VIRTUAL MACHINE)|NT-AUTORITÄT|AUTORIT[EÉ] NT|NT INSTANS|BUILTIN|VORDEFINIERT|PREDEFINITO|INTEGRADO|IIS[ ]?APPPOOL|Font Driver Host|Window Manager|WORKGROUP\$?)$/i;
const builtInUser =
  /^(?:IUSR(?:_[\w-]+)?|SYSTEM|LOCAL ?SERVICE|NETWORK ?SERVICE|LocalSystem|ANONYMOUS LOGON|ANONYMOUS|NOT_AVAILABLE|DefaultAppPool|IIS_IUSRS|NETZWERKDIENST|LOKALER DIENST|ANONYMOUS-ANMELDUNG|SERVICE R[EÉ]SEAU|SERVICE LOCAL)$/i;
const builtInStart =
  /^\s*["']?(?:NT[ -](?:AUTHORITY|SERVICE|VIRTUAL MACHINE)|NT-AUTORITÄT|AUTORIT[EÉ] NT|BUILTIN|VORDEFINIERT|IIS APPPOOL)\\/i;

/** True for an account that is part of Windows or an application pool: `NT AUTHORITY\IUSR`, `IIS APPPOOL\Portal`. */
export function isBuiltInAccount(name: string): boolean {
  const trimmed = name.trim();
  const slash = trimmed.indexOf('\\');
  if (slash < 0) return builtInUser.test(trimmed);
  // In text that was escaped once more, the backslash is doubled.
  return (
    builtInDomain.test(trimmed.slice(0, slash)) && /^\\{1,4}[\p{L}\p{N} ._$()-]{1,64}$/u.test(trimmed.slice(slash))
  );
}

/** True for a text that begins with such an account, whatever follows it. */
export function startsBuiltIn(text: string): boolean {
  return builtInStart.test(text);
}

const fileEnding =
  /\.(?:dll|exe|config|aspx?|asax|ascx|ashx|asmx|axd|svc|cs|vb|cshtml|vbhtml|php\d?|inc|m?js|ts|json|html?|xml|xsl|css|log|txt|mdb|mdf|ldf|accdb|csv|dat|tmp|pdb|png|jpe?g|gif|ico|bmp|zip|bak|ini|inf|cmd|bat|ps1|vbs|cer|pfx|key|resx?|master|browser|sitemap|compiled|resources|xaml|sql|db|woff2?|svg|map|py|pl|cgi|sys)$/i;

/** True for a name with the ending of a file that a server holds. */
export function isFileName(name: string): boolean {
  return fileEnding.test(name);
}

/** A domain in capitals, as Windows writes it. Folders and namespaces have small letters, but for these. */
const domainInCapitals =
  /^(?!(?:BIN|OBJ|APP_\w+|WINDOWS|WINNT|SYSTEM32|WWWROOT|INETPUB|TEMP|TMP|HK[A-Z_]+)$)[\p{Lu}\p{N}-]{2,15}$/u;

/** True for a file in a folder, `bin\Shop.dll`, which looks like an account. */
function isFileInFolder(folder: string, name: string): boolean {
  return isFileName(name) && !domainInCapitals.test(folder);
}

const typeName = /(?:Exception|Error|Fault|Warning|Controller|Handler|Module)$/;
const account =
  /(?<![\p{L}\p{N}_\\/.%-]|(?<!\p{L}{2}):)((?:NT AUTHORITY|IIS APPPOOL|NT SERVICE|NT-AUTORITÄT|AUTORITE NT|AUTORITÉ NT|NT INSTANS|(?:\p{N}{1,4}(?=\p{Lu}))?\p{L}[\p{L}\p{N}_.-]{0,30}))(\\{1,32})(#?[\p{L}\p{N}_$.@-]+(?:['’]\p{L}[\p{L}\p{N}_$.@-]+)*)(?![\p{L}\p{N}_]|\2(?!["']|r\\n))/giu;
/** An account of this computer: `.\name`. A relative path goes on, or ends like a file. */
const localAccount = /(?<![\p{L}\p{N}_\\/:.])(\.\\{1,8})([\p{L}\p{N}_$.@-]+)(?![\p{L}\p{N}_/]|\\(?!["']|r\\n))/gu;
/** An account as SharePoint and others write its claim: `i:0#.f|membership|anna`. */
const claim = /(?<![\p{L}\p{N}])([ic]:0[^\s|]{2,3}\|)([^\s"'<>]{1,200})/gu;
/** Inside quotes a name may have blanks. */
const quotedAccount = /(["'«‘“])(\p{L}[\p{L}\p{N}_.-]{0,30}\\{1,32}[\p{L}\p{N}_$.@ -]{1,64})(?=\\{0,32}["'»’”])/gu;

/** `CONTOSO/name`, as Unix programs write it; protocols, services and paths of IIS have slashes too. */
const slashedAccount =
  /(?<![\w/.\\:-])([A-Z][A-Z0-9-]{2,14})\/([A-Za-z](?=[\w.-]{0,63}[a-z])[\w.-]{1,63})(?![\w/]|\\(?!["']))/g;
const noDomain =
  /^(?:HTTPS?|HTTPAPI|HOST|LDAP|CIFS|TERMSRV|WSMAN|DNS|RPCSS|TCP|UDP|SSL|TLS|ASP|IIS|PHP|GET|POST|PUT|HEAD|DELETE|OPTIONS|APPHOST|WEBROOT|MACHINE|W3SVC|UTF|ISO|MIME)$/;

/** `DOMAIN\name`, with letters of any language, and `DOMAIN/name`. */
export const accounts: Rule = (text, withhold) => {
  const withoutClaims = text.includes('|')
    ? text.replace(claim, (_all, kind: string, name: string) => kind + withhold(name))
    : text;
  const shown = withoutClaims.includes('/')
    ? withoutClaims.replace(slashedAccount, (all, domain: string, user: string) =>
        noDomain.test(domain) || isFileName(user) || typeName.test(user) ? all : withhold(all),
      )
    : withoutClaims;
  if (!shown.includes('\\')) return shown;
  return shown
    .replace(quotedAccount, (all, quote: string, name: string) => {
      const [domain, user] = name.split(/\\+/) as [string, string];
      if (builtInDomain.test(domain) || isFileName(user) || typeName.test(user) || user.includes(' ') === false)
        return all;
      return quote + withhold(name);
    })
    .replace(account, (all, domain: string, _slash: string, name: string) => {
      if (
        builtInDomain.test(domain) ||
        isFileInFolder(domain, name) ||
        typeName.test(name) ||
        /^HK[A-Z_]+$/.test(domain)
      )
        return all;
      return withhold(all);
    })
    .replace(localAccount, (all, here: string, name: string) => (isFileName(name) ? all : here + withhold(name)));
};

const quotedUser =
  /(?<![\p{L}\p{N}])(users?|login|account|identity|principal|benutzer|utilisateur|usu[aá]rio|utente|gebruiker|пользовател\p{L}{1,3}|користувач\p{L}{0,3}|użytkownik\p{L}{0,3}|uživatel\p{L}{0,3}|kullanıcı|felhasználó|användare\p{L}{0,2}|bruker\p{L}{0,2}|ユーザー|用户|使用者|사용자)(\s{0,8}(?:name\s{1,8}|id\s{1,8})?|\s{0,8}[=:]\s{0,8})(\\{0,4}(?:["'«„‘“]|&quot;|&#39;))([^'"»“’”&\\]{1,80}(?:\\{1,4}[^'"»“’”&\\]{1,80})?)(?=\\{0,4}(?:["'»“’”]|&quot;|&#39;))/giu;

/** `Login failed for user 'anna'`. */
export const quotedUsers: Rule = (text, withhold) =>
  text.replace(quotedUser, (all, word: string, sign: string, open: string, name: string) =>
    name === mark || isBuiltInAccount(name) ? all : `${word}${sign}${open}${withhold(name)}`,
  );

const folder =
  'Users|Profiles|Benutzer|Documents and Settings|DOCUME~1|home\\$|Dokumente und Einstellungen|Utilisateurs|Usuarios|Utenti|Gebruikers|Brukere|Användare|home|Пользователи';
const profile = new RegExp(
  `((?:[A-Z]:[\\\\/]+(?:[^\\\\/:*?"<>|\\r\\n]{1,64}[\\\\/]){0,3}?|[\\\\/]{2,8}[\\p{L}\\p{N}_.-]{1,64}[\\\\/]+(?:[A-Z]\\$[\\\\/]+)?|(?<=[\\s"'(=]|^)/(?:mnt/[a-z]/)?)(?:${folder})\\$?[\\\\/]+)([^\\\\/:*?"<>|\\r\\n]{1,64}(?=[\\\\/])|[^\\\\/\\s"'<>|,;)]+)`,
  'giu',
);
const sharedProfile = /^(?:Public|Default|Default User|All Users|DefaultAppPool|\.NET.*|…)$/i;

/** The folder of a person: `C:\Users\Anna Berg\…`, `C:/Users/anna`, `/home/anna`. */
export const profiles: Rule = (text, withhold) =>
  text.replace(profile, (all, before: string, name: string) =>
    sharedProfile.test(decodeName(name)) ? all : `${before}${withhold(name)}`,
  );

function decodeName(name: string): string {
  return name.replaceAll('%20', ' ').trim();
}

const domainSid = /(?<!\w)(S-1-(?:5-21|12-1))((?:-\d{1,10}){2,15})(?![\w-])/gi;
const rdn = '(?:CN|OU|DC|UID|SN|GN|ST|STREET|emailAddress|O|L|C|E|S)\\s?=\\s?';
const part = '(?:"[^"\\r\\n]{1,128}"|(?:\\\\.|[^,;+"\'<>()\\r\\n\\\\=…]){1,128})';
const distinguishedName = new RegExp(
  `(?<![\\p{L}\\p{N}_])((?:CN|OU|DC|UID)\\s?=)\\s?(DC\\s?=\\s?[\\p{L}\\p{N}-]+|${part})((?:\\s?[,;+]\\s?${rdn}(?:(?<=DC\\s?=\\s?)[\\p{L}\\p{N}-]{1,63}|(?<!DC\\s?=\\s?)${part}))*)`,
  'giu',
);
const hostName = /^\s*(?:\*\.)?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+\s*$/u;

/** SIDs of accounts of a domain, and names in a directory: `CN=Anna Berg,OU=Staff,DC=contoso,DC=com`. */
export const directoryNames: Rule = (text, withhold) => {
  let shown = text;
  if (/S-1-/i.test(shown)) shown = shown.replace(domainSid, (all, start: string) => withhold(all, `${start}-${mark}`));
  if (!/(?:CN|OU|DC|UID)\s?=/i.test(shown)) return shown;
  return shown.replace(distinguishedName, (all, start: string, value: string, more: string) =>
    // The subject of a certificate names a host, which is what its error is about.
    more === '' && hostName.test(value) ? all : withhold(all, `${start}${mark}`),
  );
};
