/** One private value in a text as an attacker, or an honest program, would write it. */
export interface Form {
  name: string;
  text: string;
  /** The value that no surface may show. */
  secret: string;
}

type Make = (secret: string, n: number) => string | [text: string, secret: string];

const address = (n: number) => `203.${(n >> 8) & 255}.${n & 255}.77`;

/** Returns a number of 16 digits whose last one checks the others. */
function cardNumber(n: number): string {
  const body = `4929${String(n).padStart(4, '0')}0315778`;
  const sum = [...body].reverse().reduce((s, c, i) => {
    const d = Number(c) * (i % 2 === 0 ? 2 : 1);
    return s + (d > 9 ? d - 9 : d);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

const hex = (n: number) => n.toString(16).padStart(8, '0');
const guid = (n: number) => `${hex(n + 0x3f2504e0)}-4f89-41d3-9a0c-0305e82c3301`;
const scrambled = (n: number) => `q7Zk${n}xW9r2Bv5Lm8Tn3Yp6Hd1Js4`;

/** Forms in free text: exception messages, descriptions, reasons, source lines, notes. */
const inText: Record<string, Make> = {
  'key and value': (s) => `Password=${s} was used`,
  'key of a connection string': (s) => `Server=db1;Database=shop;User Id=sa;Password=${s};Timeout=5`,
  'value with blanks': (s) => `Server=db1;Password=p w ${s} x;Timeout=5`,
  'ODBC braces': (s) => `Driver={SQL};PWD={p;${s}};Server=db1`,
  'doubled quotes': (s) => `Password="a""${s}";Server=db1`,
  'doubled single quotes': (s) => `Password='it''${s}';Server=db1`,
  JSON: (s) => `{"user":"x","password":"${s}"}`,
  'JSON with blanks': (s) => `{ "clientSecret" : "${s}" }`,
  'JSON escaped': (s) => `{\\"password\\":\\"${s}\\"}`,
  'JSON escaped twice': (s) => `{\\\\\\"password\\\\\\":\\\\\\"${s}\\\\\\"}`,
  'JSON in single quotes': (s) => `{'apiKey': '${s}'}`,
  'JSON with pairs': (s) => `[{"name":"password","value":"${s}"}]`,
  'XML element': (s) => `<password>${s}</password>`,
  'XML element escaped': (s) => `&lt;Password&gt;${s}&lt;/Password&gt;`,
  'XML attribute': (s) => `<identity userName="x" password="${s}" />`,
  'XML attribute escaped': (s) => `password=&quot;${s}&quot;`,
  'XML pair': (s) => `<add key="SmtpPassword" value="${s}" />`,
  'prefixed key': (s) => `db_password=${s}`,
  'key in capitals': (s) => `PGPASSWORD=${s} psql`,
  'dotted key': (s) => `spring.datasource.password: ${s}`,
  'key in one word': (s) => `MyAppSecret=${s}`,
  'short key with prefix': (s) => `SMTP_PWD=${s}`,
  'short key in one word': (s) => `dbPass=${s};`,
  'German key': (s) => `Passwort=${s}`,
  'German key with a blank': (s) => `Kennwort: ${s}`,
  'French key': (s) => `mot de passe : ${s}`,
  'Spanish key': (s) => `contraseña=${s}`,
  'Portuguese key': (s) => `senha=${s}`,
  'Dutch key': (s) => `wachtwoord=${s}`,
  'Russian key': (s) => `пароль: ${s}`,
  'Chinese key': (s) => `密码：${s}`,
  'Japanese key': (s) => `パスワード=${s}`,
  'arrow of PHP': (s) => `'password' => '${s}'`,
  'spoken password': (s) => `the password is ${s} here`,
  'quoted password': (s) => `wrong password '${s}' for the account`,
  'credentials of a database': (s) => `mongodb://root:${s}@db1/shop`,
  'credentials with an at sign': (s) => `redis://:p@${s}@cache:6379/0`,
  'credentials of JDBC': (s) => `jdbc:postgresql://sa:${s}@db1:5432/shop`,
  'user in a URL': (s) => `see ftp://${s}@files/a.txt`,
  'first cookie': (s) => `Cookie: a=${s}; b=2`,
  'last cookie': (s) => `Cookie: a=1; b=2; c=${s}`,
  'set cookie': (s) => `Set-Cookie: session=${s}; path=/; HttpOnly`,
  bearer: (s) => `Authorization: Bearer ${s}`,
  'unknown scheme': (s) => `Authorization: Custom ${s}`,
  basic: (s) => `Basic ${s}==`,
  'header of a key': (s) => `X-Api-Key: ${s}`,
  'query in a URL': (s) => `GET http://h/a?x=1&name=${s} failed`,
  'query of a path': (s) => `cannot open /a/b.aspx?id=${s}`,
  'query of a page': (s) => `page.aspx?user=${s}&x=1`,
  'address behind =': (_s, n) => [`client=${address(n)}`, address(n)],
  'address before a full stop': (_s, n) => [`refused by ${address(n)}.`, address(n)],
  'address with a port': (_s, n) => [`connect to ${address(n)}:1433 failed`, address(n)],
  'address in brackets': (_s, n) => [`(${address(n)})`, address(n)],
  'address of version 6': (_s, n) => [`from 2001:db8::8a2e:${hex(n).slice(4)}:7334`, `8a2e:${hex(n).slice(4)}:7334`],
  'address of version 6 behind =': (_s, n) => [`ip=[fe80::${hex(n).slice(4)}:77%12]`, `${hex(n).slice(4)}:77`],
  'address in version 6': (_s, n) => [`::ffff:${address(n)}`, address(n)],
  'hardware address': (_s, n) => [
    `00-1A-2B-3C-${hex(n).slice(4, 6)}-${hex(n).slice(6)}`.toUpperCase(),
    `1A-2B-3C-${hex(n).slice(4, 6)}-${hex(n).slice(6)}`.toUpperCase(),
  ],
  'option -P': (s) => `sqlcmd -S db1 -U sa -P ${s} -Q x`,
  'option --password': (s) => `tool --password ${s} run`,
  'option --password=': (s) => `tool --password=${s} run`,
  'option /p:': (s) => `schtasks /RU x /RP ${s} /TN y`,
  'option -u': (s) => `curl -u admin:${s} http://h/`,
  'net use': (s) => `net use Z: \\\\srv\\share ${s} /user:x`,
  'secure string': (s) => `ConvertTo-SecureString '${s}' -AsPlainText`,
  'profile folder': (s) => `C:\\Users\\${s}\\site\\web.config`,
  'profile folder with a blank': (s) => `C:\\Users\\Anna ${s}\\site`,
  'profile folder with slashes': (s) => `C:/Users/${s}/site/a.js`,
  'profile folder at the end': (s) => `cannot read C:\\Users\\${s}`,
  'German profile folder': (s) => `C:\\Dokumente und Einstellungen\\${s}\\x`,
  'home folder': (s) => `at /home/${s}/app/server.js:10`,
  account: (s) => `Access denied for CONTOSO\\${s}`,
  'account beyond ASCII': (s) => `Zugriff für FIRMA\\jürgen.${s} verweigert`,
  'Cyrillic domain': (s) => `ФИРМА\\${s}`,
  'account escaped': (s) => `"CONTOSO\\\\${s}"`,
  'account with a blank': (s) => `user 'CONTOSO\\Anna ${s}'`,
  'quoted user': (s) => `Login failed for user '${s}'.`,
  'user and =': (s) => `user=${s};`,
  'two words of a name': (s) => `User Name: Anna ${s}`,
  'domain SID': (_s, n) => [`S-1-5-21-397955417-626881126-188441444-${n + 1104}`, `188441444-${n + 1104}`],
  'distinguished name': (s) => `LDAP entry CN=Anna ${s},OU=Staff,DC=contoso,DC=com`,
  'distinguished name with a comma': (s) => `CN=Berg\\, ${s},OU=Staff,DC=contoso,DC=com`,
  mail: (s) => `mail to ${s}@contoso.example failed`,
  'mail beyond ASCII': (s) => `jürgen.${s}@müller.example`,
  'mail behind =': (s) => `to=${s}@contoso.example`,
  'mail in brackets': (s) => `<${s}@contoso.example>`,
  'account as mail': (s) => `${s}@CONTOSO`,
  'token of GitHub': (_s, n) => [`ghp_${scrambled(n)}`, scrambled(n)],
  'token of Slack': (_s, n) => [`xoxb-1234-${scrambled(n)}`, scrambled(n)],
  'key of AWS': (_s, n) => [`AKIA${String(n).padStart(4, 'Q')}QXZJWKVY`, `${String(n).padStart(4, 'Q')}QXZJWKVY`],
  'key of Stripe': (_s, n) => [`sk_live_${scrambled(n)}`, scrambled(n)],
  'key of Google': (_s, n) => [`AIza${scrambled(n)}`, scrambled(n)],
  'web token': (s) => `eyJhbGciOiJIUzI1NiJ9.${s}AAAAAAAA.c2ln`,
  'PEM block': (s) => `-----BEGIN RSA PRIVATE KEY-----\nMIIE${s}\n-----END RSA PRIVATE KEY-----`,
  'PEM block cut off': (s) => `-----BEGIN PRIVATE KEY-----\nMIIE${s}`,
  'long run': (_s, n) => [`value ${scrambled(n)} here`, scrambled(n)],
  card: (_s, n) => [`card ${cardNumber(n)} refused`, cardNumber(n)],
  'card with blanks': (_s, n) => [
    cardNumber(n).replace(/(.{4})(?=.)/g, '$1 '),
    `${cardNumber(n).slice(4, 8)} ${cardNumber(n).slice(8, 12)}`,
  ],
  'zero width in the key': (s) => `pass\u200bword=${s}`,
  'soft hyphen in the key': (s) => `pass\u00adword=${s}`,
  'writing direction in the key': (s) => `pass\u202eword=${s}`,
  'full width': (s) => `ｐａｓｓｗｏｒｄ＝${s}`,
  'no-break space': (s) => `password\u00a0=\u00a0${s}`,
  'key psw': (s) => `psw=${s}`,
  'key pswd': (s) => `DB_PSWD=${s}`,
  'key userpass': (s) => `userpass=${s}`,
  'bar behind a key': (s) => `sa|password|${s}`,
  'key in brackets': (s) => `[password] ${s}`,
  'value in parentheses': (s) => `password (${s})`,
  'encoded sign': (s) => `password%3D${s}`,
  'sign encoded twice': (s) => `password%253d${s}`,
  'sign as a reference': (s) => `password&#61;${s}`,
  'sign as a hexadecimal reference': (s) => `password&#x3d;${s}`,
  'smart quotes': (s) => `password=“p w ${s}”`,
  'key in smart quotes': (s) => `“password”: “${s}”`,
  guillemets: (s) => `password: «p ${s}»`,
  'Cyrillic letter in the key': (s) => `pаssword=${s}`,
  'Greek letter in the key': (s) => `passwοrd: ${s}`,
  'two Cyrillic letters in the key': (s) => `sесret=${s}`,
  'password for an account': (s) => `the password for sa is ${s}`,
  'password of an account': (s) => `password of the user sa: ${s}`,
  'element with a key': (s) => `<add key='Pwd'>${s}</add>`,
  'element with a name': (s) => `<setting name="SmtpPassword">${s}</setting>`,
  digest: (s) => `Authorization: Digest username="bob", realm="x", response="${s}"`,
  'digest alone': (s) => `got Digest username="${s}", nonce="1"`,
  'login of SMTP': (s) => `AUTH LOGIN ${s}`,
  'login of SMTP in one': (s) => `AUTH PLAIN ${s}==`,
  'argument without quotes': (s) => `Login(sa, ${s})`,
  'only argument without quotes': (s) => `SetPassword(${s})`,
  'roaming profile': (s) => `D:\\Profiles\\${s}\\ntuser.dat`,
  'account with a slash': (s) => `denied for CONTOSO/${s}`,
  'secret of AWS': (_s, n) => [`wJalrXUt/K7MDENG/bPxRfiCY${String(n).padStart(4, '0')}EXAMPLEkEy/`, 'bPxRfiCY'],
  'argument of a call': (s) => `#1 mysqli_connect('db1', 'root', '${s}')`,
  'first argument': (s) => `at Login("${s}", 5)`,
  'call of a script': (s) => `conn.Open "DSN=x","sa","${s}"`,
};

/** Forms in the path of a URL. */
const inPath: Record<string, Make> = {
  'session ticket': (s) => `/(S(${s}))/a.aspx`,
  'forms ticket': (s) => `/(F(${s}))/a.aspx`,
  'all tickets': (s) => `/(A(x)S(y)F(${s}))/a.aspx`,
  'ticket that is cut off': (s) => `/app/(F(${s}`,
  'encoded ticket': (s) => `/%28S%28${s}%29%29/a.aspx`,
  'matrix parameter': (s) => `/a/b;jsessionid=${s}/c.jsp`,
  'second matrix parameter': (s) => `/a;v=1;user=${s}`,
  'encoded mail': (s) => `/users/${s}%40contoso.example/edit`,
  'mail encoded twice': (s) => `/users/${s}%2540contoso.example`,
  'mail in a path': (s) => `/users/${s}@contoso.example`,
  'encoded question mark': (s) => `/a.aspx%3Fpassword=${s}`,
  'question mark encoded twice': (s) => `/a.aspx%253Fpassword%253D${s}`,
  guid: (_s, n) => [`/orders/${guid(n)}/view`, guid(n)],
  'long token': (_s, n) => [`/reset/${scrambled(n)}`, scrambled(n)],
  'long token with an ending': (_s, n) => [`/f/${scrambled(n)}.pdf`, scrambled(n)],
  'hex token': (_s, n) => [`/t/9f86d081${hex(n)}884c7d65`, `9f86d081${hex(n)}`],
  'address as a segment': (_s, n) => [`/lookup/${address(n)}/who`, address(n)],
  'home of a person': (s) => `/~${s}/index.html`,
  'key in a segment': (s) => `/api/password=${s}/x`,
  'account in a segment': (s) => `/u/CONTOSO%5C${s}`,
  query: (s) => `/a.aspx?id=${s}`,
  'query without a name': (s) => `/a.aspx?${s}`,
  'query behind a semicolon': (s) => `/a.aspx?a=1;b=${s}`,
  fragment: (s) => `/a.aspx#${s}`,
};

let number = 0;

function made(forms: Record<string, Make>): Form[] {
  return Object.entries(forms).map(([name, make]) => {
    const n = number++;
    const word = `Zq${n.toString(36).padStart(4, '0')}7Kx`;
    const text = make(word, n);
    return typeof text === 'string' ? { name, text, secret: word } : { name, text: text[0], secret: text[1] };
  });
}

/** Returns new secrets at each call, so that one that is shown tells where it came from. */
export const textForms = (): Form[] => made(inText);
export const pathForms = (): Form[] => made(inPath);
