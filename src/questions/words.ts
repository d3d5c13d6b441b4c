import { stemmer } from 'stemmer';
import type { Knowledge } from '../knowledge/knowledge.js';

/**
 * From a sentence to comparable words: one spelling for each thing of this field, whatever people call it. The index and
 * the question go through the same function, so an entry here works in both directions.
 */

/** Phrases with one meaning, applied to lower-case text in this order. The replacement is an index word. */
const phrases: readonly (readonly [RegExp, string])[] = [
  // Spellings of the setting that are no display name.
  [/\bse[ _-]?im+person\w*[ _-]?(priv\w*|right|name)?\b/g, ' seimpersonateprivilege '],
  [/\bimperson\w*[ _-](privil\w*|right|priv)\b/g, ' seimpersonateprivilege '],
  [/\b(right|privil\w*|permission) (to|of) imperson\w*/g, ' seimpersonateprivilege '],
  [/\bimpersonate (a|the|any)? ?(clients?|users?)( after (auth\w*|logon|login))?/g, ' seimpersonateprivilege '],
  [/\bimpersonat\w+ after auth\w*/g, ' seimpersonateprivilege '],
  [/\b(clientidentität|clientidentitat|clientidentitaet)\w*/g, ' seimpersonateprivilege '],
  [/\bimpersonalizar\b|\bsuplantar\w*|\bimpersoni\w*|\bemprunt\w* (d')?identite/g, ' seimpersonateprivilege '],
  // FREB.
  [/\bfailed[ -]?req\w*([ -]?trac\w*)?|\bfrebs?( logs?| files?| traces?)?\b|\bfrt\b/g, ' freb '],
  [/失敗した要求トレース|失敗した要求のトレース|失败请求跟踪|失敗要求追蹤/g, ' freb '],
  [
    /ablaufverfolgung (für )?fehlerhafter anforderungen|suivi des demandes (ayant échoué|en échec)|seguimiento de solicitudes (con error|erróneas|fallidas)/g,
    ' freb ',
  ],
  // Things with several names.
  [/\b(application|app)[ -]?pools?( ?identit(y|ies))?\b(?!identity)/g, ' pool $2 '],
  [/\banwendungspools?\b|\bpools? d'applications?\b|\bgrupos? de aplicaciones\b/g, ' pool '],
  [/アプリケーション ?プール|应用程序池|應用程式集區/g, ' pool '],
  [
    /\bgroup polic(y|ies)( objects?)?\b|\bgpos?\b|\bgruppenrichtlinien?\w*|\bstrateg\w+ de groupe\b|\bdirectivas? de grupo\b/g,
    ' gpo ',
  ],
  [/グループ ?ポリシー|组策略|群組原則/g, ' gpo '],
  [/\blocal (security )?polic(y|ies)\b|\bsecpol(\.msc)?\b/g, ' localpolicy '],
  [
    /\bdomain[ -]?controllers?\b|\bdcs?\b|\bdomänencontrollers?\b|\bcontr[oô]l[ae]dor(es)? de domin\w+|\bcontrôleurs? de domaine\b/g,
    ' domaincontroller ',
  ],
  [/ドメイン ?コントローラー?|域控制器|網域控制站/g, ' domaincontroller '],
  [/\bmember[ -]?servers?\b|\bmitgliedsservers?\b|メンバー ?サーバー|成员服务器/g, ' memberserver '],
  [/\bstand[ -]?alone( servers?)?\b|スタンドアロン|独立服务器/g, ' standalone '],
  [/\biis[ _-]?iusrs\b|\biis[ _]users\b|\biis[ -]?iusers?\b/g, ' iis_iusrs '],
  // Products that carry our names in theirs.
  [/\biis ?crypto\b/g, ' iiscrypto '],
  [/\bwas service\b|\bwindows process activation( service)?\b/g, ' was '],
  [/\bworker[ -]?process(es)?\b|\bw3wp(\.exe)?\b/g, ' w3wp '],
  [/\bstyle ?sheets?\b|\bstyles?\b|\bstyling\b/g, ' css '],
  [/\bpictures?\b|\bimages?\b|\bgraphics?\b|\blogos?\b/g, ' image '],
  [
    /\b(restart|reboot)(s|ed|ing)?\b|\b(bounc(e|ed|ing)|power[ -]?cycl(e|ed|ing))\b( the| a| our)?( whole)?( box| server| machine| vm)?|\bneu ?st(art|arten|arten)\w*|\bneugestartet\b|\bredémarr\w*|\breinici\w*/g,
    ' reboot ',
  ],
  [/再起動|重启|重新启动|重新啟動/g, ' reboot '],
  [/\btake(s)? effect\b|\bget(s)? (active|applied)\b|\bbecomes? effective\b|\bkick(s)? in\b/g, ' effective '],
  [
    /\b(turn|switch)(ed|ing)? on\b|\benabl\w+|\bactivat(e|ing)\b|\bset(ting)? ?up\b|\beinschalten\b|\baktivier\w*|\bactiver\b|\bactivar\b|\bhabilitar\b/g,
    ' enable ',
  ],
  [/有効に|有効化|启用|開啟|开启|オンに/g, ' enable '],
  [
    /\broll(ing)?[ -]?back\b|\bundo(ing)?\b|\bbe undone\b|\brevert (the|this|that|it)\b|\bzurück\w*|\brückgängig\b|\bannuler\b|\bdeshacer\b|元に戻|撤销|撤銷|回滚/g,
    ' undo ',
  ],
  // A right that was undone by hardening is lost: the way back of a fix is no answer to that.
  [/\bundone\b|\bundid\b|\bundoes\b/g, ' removed '],
  [
    /\bfix(es|ed|ing)?\b|\brepair\w*|\bresolv\w*|\bsolv\w*|\bsolution\b|\bremed\w*|\bbeheb\w*|\breparier\w*|\bkorrigier\w*|\bcorrig\w*|\brésoudre\b|\bréparer\b|\breparar\b|\bsolucion\w*|\barregl\w*/g,
    ' fix ',
  ],
  [/修正|修复|修復|直す|直し|直せ|解決|解决/g, ' fix '],
  [
    /\bdefaults?\b|\bby default\b|\bout of the box\b|\bstandardm\w+|\bstandardwert\w*|\bstandard\b|\bpar défaut\b|\b(por defecto|predeterminad\w*)\b/g,
    ' default ',
  ],
  [/既定|デフォルト|默认|預設/g, ' default '],
  [
    /\b(who|which (accounts?|groups?|users?)|what (accounts?|groups?))\b|\bholders?\b|\b(wer|qui|quién(es)?|quien(es)?)\b|\bwelche (konten|gruppen|benutzer)\b|\bquels? (comptes?|groupes?)\b|\bqué (cuentas|grupos)\b/g,
    ' who ',
  ],
  [/誰|だれ|どのアカウント|どのグループ|谁|哪些(帐户|账户|用户|组)/g, ' who '],
  [
    /\b(has|have|having|holds?|holding|owns?|gets?|hat|haben|besitz\w*|détien\w*|tien(e|en)|possèd\w*|a(?= (le|la|se\w+privilege)\b))\b(?= )/g,
    ' hold ',
  ],
  [/持っ|持つ|拥有|具有/g, ' hold '],
  [
    /\bpermission to\b|\bprivileges?\b|\bprivs?\b|\buser rights?\b|\bbenutzerrecht\w*|\bdroits?\b|\bderechos?\b|\bprivilegios?\b|\bprivilèges?\b|権利|特権|权限|特權|權限|权利/g,
    ' right ',
  ],
  [/\berror codes?\b|\bfehlercode\b|\bcode d'erreur\b|\bcódigo de error\b|エラー ?コード|错误代码|錯誤碼/g, ' code '],
  [
    /\bwas (bedeutet|heißt|ist)\b|\bque (signifie|veut dire)\b|\bqu'est-ce que?\b|\bqué (significa|es)\b|とは|意味|什么意思|是什么|什麼/g,
    ' mean ',
  ],
  [/\bmeans?\b|\bmeaning\b|\bexplain\w*|\bdescribe\b|\btell me about\b/g, ' mean '],
  [
    /\bhardening\b|\bharden(ed|s)?\b|\bgehärtet\b|\bhärtung\w*|\bdurcissement\b|\bdurci\w*|\bendurec\w*|\bbaselines?\b|強化|加固|ハードニング/g,
    ' hardening ',
  ],
  [/\b(passwords?|passwd|pwd?|kennwort\w*|passwort\w*|mots? de passe|contraseñas?)\b/g, ' password '],
  [/(?<![.\w])config(uration)?s?\b/g, ' configuration '],
  [/\bsecurity (team|guys|people|department)\b/g, ' securityteam '],
  [/\bfiles?\b|\blogs?\b|\bdatei(en)?\b|\bfichiers?\b|\barchivos?\b|ファイル|ログ|文件|日志/g, ' file '],
  [/\b(where|wo|où|dónde|donde)\b|どこ|哪里|哪裡|在哪/g, ' where '],
  [
    /\bsavd\b|\bsaved?\b|\bstored?\b|\bwritten\b|\blocat(ed|ion)\b|\bfind\b|\bgespeichert\b|\bliegen\b|\bse trouv\w*|\bguarda\w*|\bstock\w*|保存/g,
    ' stored ',
  ],
];

/** Words that carry no topic. Question words that decide between topics (`who`, `where`, `when`, `why`, `not`) stay. */
const stop = new Set(
  `a an the is are was were be been am do does did doing done i me my we our us you your it its this that these those there
  here of in on at to for from by with about into as and or but if so than then too very can could would should will shall
  may might must please thanks thank ok okay just also any some what how which s t m re ve d ll im ive whats
  hows thats really actually exactly tell say know want like got let still now again anyone somebody someone guys team
  der die das den dem des ein eine einen einem einer ist sind war und oder ich wir mein meine man kann muss soll wie was
  für von zu auf im am bei mit es nach noch auch nicht_ le la les un une des du de est sont et ou je nous mon ma mes
  comment quoi que qui_ sur dans pour avec ce cette il elle faut doit peut on el los las una unos del al es son y o yo
  mi como cómo qué en con por para se lo debo hay puedo
  は が を に の で と も か です ます する して した ください 何 この その どう どうすれば すれ すれば ば いい よい には に対して 必要 方法 へ や よう なん なに くれ 教え て 変更 から 的 地 被 会 能 可以 吧 更改 个 了 吗 呢 是 在 有 我 怎么 如何 什么 请 要 需要`
    .split(/\s+/)
    .filter(Boolean),
);

/**
 * Words that say what is asked, not what about. They help to choose between topics of this field; alone they never prove
 * that a question belongs to it. The number is their weight; words of the field weigh by how rare they are.
 */
export const general: ReadonlyMap<string, number> = new Map([
  ...`mean hold right file code problem need use difference server list other set add give working work error point thing name
  computer client service user account group check change show read slow running one only safe event spanish german french
  language translate translated order value site local start again since after not no all pls find way put new old everyone everybody somebody works down owner now needed names team long enough access denied`
    .split(/\s+/)
    .map((word) => [stem(word), 1.2] as const),
  ...'allow add lost capture folder merge'.split(' ').map((word) => [stem(word), 1.8] as const),
  ...'who default fix undo where stored enable when why reboot image disable'
    .split(' ')
    .map((word) => [stem(word), 2.2] as const),
]);

/**
 * Words nobody outside of this field uses. Beside one of them an unknown word is only an unknown word; without any it says
 * that the question may be about something else.
 */
export const field: ReadonlySet<string> = new Set(
  `seimpersonateprivilege iis_iusrs iis freb w3wp localpolicy gpedit gpmc secedit gpresult accesschk whoami iisreset w3svc
  appcmd stig cis dsc ansible ndes scep mbam hresult ntstatus httperr iusr iis_wpg iwam domaincontroller memberserver localsystem
  hardening apppool applicationpoolidentity printspoofer gpttmpl.inf`
    .toLowerCase()
    .split(/\s+/)
    .map(stem),
);

/** Names of other worlds: one of them turns a question away from us whatever else it shares with a topic. */
export const elsewhere: ReadonlySet<string> = new Set(
  `kubernetes k8s docker nginx apache tomcat linux ubuntu debian macos android iphone ios postgres postgresql mysql mongodb redis
  terraform git github jenkins python java npm outlook exchange excel lotus wordpress citrix vmware esxi hyper-v selinux systemd sudoers veeam jira dns dhcp bitlocker raid mailbox calendar onedrive zoom boil soup recipe bake cake flask django spring laravel rails wildfly wallpaper invoice holidays snapshot firewall defender haproxy jboss oracle printer router wifi vpn browser chrome firefox salesforce servicenow confluence okta kafka elasticsearch grafana zabbix splunk openshift ansible-tower sap netsuite workday zendesk iiscrypto shopify magento drupal joomla teamviewer anydesk
  laptop monitor keyboard phone kubectl helm hadoop spark gcp aws s3 lambda composer webpack gradle maven cargo slack gitlab bitbucket artifactory cron crontab gender ssh sftp scanner toner`
    .split(/\s+/)
    .map(stem),
);

/** The forms of an English word become one: "break", "breaks", "breaking". Names, codes and short words stay as they are. */
export function stem(word: string): string {
  return word.length >= 4 && /^[a-z]+$/.test(word) && !/iusr|^windows$|^se[a-z]+(privilege|right)$/.test(word)
    ? stemmer(word)
    : word;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** Lower case, one form of each letter, no accents on Latin ones, no control characters. Keeps CJK and Cyrillic as they are. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/g, ' ')
    .replace(/[’‘`´ʼ]/g, "'");
}

const latin = (word: string) =>
  word
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');

/** The right's names in every language, folded, as `canonical` wants them. */
export function displayNames(knowledge: Knowledge): string[] {
  return (knowledge.topics.get('display-names')?.facts ?? []).flatMap((f) => f.value.split(' / ').map(fold));
}

/** `names` are display names of the right: replaced by its constant before anything else. */
export function canonical(text: string, names: readonly string[] = []): string {
  // A greeting at the start says nothing; anywhere else "hello" is a word somebody asks about.
  let out = ` ${fold(text).replace(/^\W*((hi|hello|hey|hallo|bonjour|hola)\b[\s,!.]*)+(?=\S)/, '')} `;
  for (const name of names) if (out.includes(name)) out = out.replaceAll(name, ' seimpersonateprivilege ');
  for (const [pattern, word] of phrases) out = out.replace(pattern, word);
  return out;
}

/** Index words of a text: canonical phrases, split by language-aware segmentation, without stop words, in order, once each. */
export function words(text: string, names: readonly string[] = []): string[] {
  const found = new Set<string>();
  for (const segment of segments(canonical(text, names))) {
    const word = latin(segment);
    if (!stop.has(segment) && !stop.has(word) && word.length <= 64) found.add(stem(word));
  }
  return [...found];
}

/**
 * A word as the segmentation of Unicode (UAX #29) sees it where there is nothing but ASCII in lower case: the same words, which a
 * test compares on the whole knowledge, at a twentieth of the time.
 */
const asciiWord = /(?=_*[a-z0-9])[a-z0-9_]+(?:(?:(?<=[a-z])[.':](?=[a-z])|(?<=[0-9])[.,;'](?=[0-9]))[a-z0-9_]+)*/g;

/** The words of a folded text, as they stand there. */
export function segments(folded: string): string[] {
  return /^[\x20-\x7e]*$/.test(folded) ? (folded.match(asciiWord) ?? []) : unicodeSegments(folded);
}

export function unicodeSegments(text: string): string[] {
  return [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}
