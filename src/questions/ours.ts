/**
 * Whether a question says with a word of its own that it is about IIS, FREB or user rights. Everyday words (time, call,
 * happen, page, log, slow, restart, user) join to sentences that an entry lists, but said in a channel they are small talk.
 */

/** One of these is enough: nobody uses them at the coffee machine. Read in the text as typed and in its canonical form. */
const names = [
  // IIS and its processes.
  /\b\w*iis\w*\b|\bw3(wp|svc|c)\w*|\bapp ?pool\w*|\bpools?\b|\bapplicationpool\w*|\bapplication (pools?|host)\b|\bapplicationhost\b|\bweb\.?config\b|\bappcmd\b|\binetpub\b|\binetmgr\b|\binetsrv\b|\bhttp\.?sys\b|\bhttperr\b|\bkernel[ -]mode (cache|auth\w*)/,
  /\bhttps?\b(?!:\/\/)|\bftp\b|\bhsts\b|\bcors\b|\bpreflight\b|\bmime\b|\bwebdav\b|\bcgi\b|\bfastcgi\b|\bisapi\b|\barr\b|\burl[ -]?(rewrite|authorization|scan|acl)\b|\brewrite (rules?|module|section)\b|\brequest filter\w*|\bsub-?status\w*|\bvirtual director\w+|\bhandlers?\b|\bmodules?\b.{0,20}\b(load|lock|install|missing|native|managed|order)|\bhosting bundle\b|\brapid[ -]fail\b/,
  /\basp(\.net|net|x| classic)?\b|\baspnetcore\w*|\bancm\w*|\bblazor\b|\.net\b|\bdotnet\b|\bmvc\b|\bwcf\b|\basmx\b|\bviewstate\b|\bglobal\.asax\b|\bmachinekey\b|\brequest\.form\b|\bnode\.?js\b|\biisnode\b|\bphp\b/,
  // FREB and what it writes.
  /\bfreb\b|\bfailed ?req\w*|\bfr0+\w*|\btrac(e|ing) (rule|file|log|provider)\w*|\bverbosity\b|\btriggerstatuscode\b|\btimetaken\b|\berrorcode\b|\bwebrequesttracing\b|\b\w+-web\w*tracing\b|\b(in|of) (the|a|my) traces?\b|\bfailurereason\b|\bmaxlogfile\w*|\b\w+_request\b|\b[a-z]+_[a-z]+_[a-z_]+\b/,
  // The right, rights, policies.
  /seimpersonateprivilege|\bimperson\w*|\bse[a-z]{4,}(privilege|right)\b|privileg\w*|\buser ?rights?\b|\bs-1-\d|\bsids?\b|\bwell-?known\b|\bnt authority\b|\bbuiltin\b|\blocal ?system\b|\b(local|network) ?service\b(?! (is|was|provider|desk|outage|team|has been) ?(down|slow|back)?)|\biusr\w*|\biwam\w*|\bgmsa\b|\bservice accounts?\b|\bvirtual accounts?\b|\bload balancer\b/,
  /\bgpos?\b|\bgroup polic\w*|\blocalpolicy\b|\blocal (security )?polic\w*|\bsecurity polic\w*|\bpolicy editor\b|\bdefault domain( controllers?)? policy\b|\bsecpol\b|\bgp(edit|mc|result|update|ttmpl|report)\b\w*|\bsecedit\b|\bsecurity templates?\b|\bdcgpofix\b|\bdcpromo\b|\blsdou\b|\bdomaincontroller\b|\bmemberserver\b|\bstandalone\b|\bwin_user_right\b|\bntrights\b|\blgpo\b|\bdsc\b|\bansible\b|\bcarbon\b|\bintune\b|\bosconfig\b|\bwhoami\b|\baccesschk\b|\bicacls\b|\bprocmon\b|\bprocess monitor\b/,
  /\bstig\b|\bcis\b|\bdisa\b|\bhardening\b|\bhardeningkitty\b|\bpowerstig\b|\bcountermeasures?\b|\b\w*potato\b|\bprintspoofer\b|\bprintspooler\w*/,
  // Windows around it.
  /\bwindows\b|\bwin32\w*|\bserver 20\d\d\b|\bhresult\b|\bntstatus\b|\bkerberos\b|\bntlm\b|\bspns?\b|\bdouble[ -]hop\b|\bdelegation\b|\b(windows|basic|digest|anonymous|forms|integrated|client certificate) (auth\w*|access|logon)\b|\bauthenticat\w*|\bauthoriz\w*|\bunc\b|\bpowershell\b|\bmbam\b|\bndes\b|\bscep\b|\bsharepoint\b|\breverttoself\b|\blogonuser\b|\bparser error\b|\b(level|levels) (is |are )?(anonymous|identify|impersonate|delegate)\b|\bsetthreadtoken\b|\bspinitialize\b|\bntsecpkg\b|\bscecli\b|\bevent (id )?\d{4}\b|\bbatch job\b|\bs4u\b|\bcom servers?\b|\brpc\b|\bnamed pipes?\b|\bidentif(y|ication) level\b|\baccess token\b|\b(process|thread) token\b|\b[0-9]{4,} in (the )?(security|event|system|application) log\b/,
  // What requests and configurations break on.
  /\bntfs\b|\bbitness\b|\bmimemap\b|\boverridemode\w*|\bvalidateintegrated\w*|\b(integrated|classic) (managed )?(pipeline|mode)\b|\bmanaged pipeline\b|\banonymousauthentication\b|\bconfig(uration)? (section|file|error|data)\b|\bsystem\.web\w*|\bapp_offline\w*|\bapplication_start\b|\bapp ?domains?\b|\bquery string\b|\brequest (body|entity|queue|length|limit|header)\b|\bdefault document\b|\bdirectory (listing|browsing)\b|\bloopback\b|\blogon (type|right|failure)\b|\bclient certificates?\b|\brevocation\b|\bwebsockets?\b|\b(web|server) farm\b|\breverse proxy\b|\bdouble (escap|encod)\w*|\byellow screen\b|\bw3wp\b|\bfailuredefinitions?\b|\bstatuscodes?\b|\btokenusername\b|\bnot_available\b|\brsop\b|\buserrightsassignment\b|\bcreate global objects\b|\bbypass traverse\b|\bkb ?\d{6,}\b|\bsecurity context\b|\binf file\b|\b(object|namespace) name could not\b|\bcould not load (type|file)\b|\bunrecognized attribute\b|\bduplicate (entry|collection)\b|\bcompression dll\b|\bmachine ?config\b|\bip restrictions?\b|\bhost ?names?\b.{0,20}\brewrit\w*|\brewrit(e|es|ing)\b|\bnotification \d+\b|\bdefault values?\b|\bdefault holders?\b|\blogon rights?\b|\blog ?on (locally|as)\b|\b(network|batch|service|interactive) log ?on\b|\bsecurity log\b/,
  // Numbers and messages.
  /\b0x[0-9a-f]+\b|(?<![\d.:/-])[45]\d\d(\.\d+)?s?(?![\d.:/-])|(?<![\d.:/-])1[23]\d\d(?![\d.:/-])|\b\d{9,10}\b/,
] as const;

/** Everyday words that together are no everyday sentence. All patterns of a row must be found. */
const together: readonly (readonly RegExp[])[] = [
  // Messages of a browser.
  [/\bservice unavailable\b|\binternal server error\b|\bpage (can ?not|can'?t) be displayed\b/],
  [
    /\b(sites?|pages?|web\w*|portal|intranet|urls?|apps?|application)\b/,
    /\bunavailable\b|\bnot found\b|\bforbidden\b|\bexceptions?\b|\bnot authorized\b/,
  ],
  [
    /\b(sites?|web\w*|portal|intranet)\b/,
    /\b(asks?|prompts?|asking|prompting|demands?)\b/,
    /\b(passwords?|log ?in|cred\w*|certificates?|ssl)\b/,
  ],
  // What is seen on a web site, with where it is seen.
  [
    /\b(sites?|pages?|portal|intranet|web\w*|browser|apps?|application|server|served?|urls?)\b/,
    /\b(css|svg|woff2?|unformatted|plain text|static|certificates?|cookies?|headers?|uploads?|stack ?trace|gateway|queue|worker|timeouts?|compil\w*|assembl\w*|redirect\w*|credentials|creds|prompt\w*|sign-?in|log-?in prompt)\b/,
  ],
  [
    /\b(sites?|pages?|portal|intranet|web\w*|browser|apps?)\b/,
    /\b(images?|fonts?|text|layout|javascript|jpe?g|png|gif)\b/,
    /\b(not|no|missing|broken|lost|gone|without|only|fail\w*|since|do(es)?n'?t|won'?t|never)\b/,
  ],
  [/\b(css|svg|woff2?|json|static files?)\b/, /\b(not|no|missing|broken|fail\w*|load\w*|serv\w*|gone)\b/],
  [/\b(domain|custom|named) (accounts?|user)\b/, /\b(pools?|sites?|apps?|iis|rights?|web\w*|list)\b/],
  [/\bbenchmarks?\b/, /\b(lists?|says?|rules?|recommend\w*|findings?|exceptions?|setting)\b/],
  [
    /\b(sites?|web ?sites?|web ?apps?|web ?servers?|portal|intranet)\b/,
    /\b(slow\w*|hang\w*|cold|warm ?up|first request|idle)\b/,
  ],
  [
    /\b(proxy|back ?end)\b/,
    /\b(time(s|d)? ?out|timeouts?|resets?|unreachable|cannot|response|certificates?|tls|gives? up|invalid|refus\w*|connection)\b/,
  ],
  [/\b(uploads?|downloads?)\b/, /\b(large|big|size|limit|length|abort\w*|slow\w*|fail\w*|minutes|forbidden|wan)\b/],
  [
    /\b(users?|clients?|browser|visitors?)\b/,
    /\b(closed|abort\w*|disconnect\w*)\b/,
    /\b(requests?|download|browser|page|response)\b/,
  ],
  [/\b(modules?)\b/, /\b(event|names?|shows?|which|fail\w*|guilty)\b/, /\b(event|fail\w*|error|trace|500)\b/],
  [
    /\b(users?|account|role|site|page|folder|url)\b/,
    /\b(ntfs|acl|forbidden|log on locally|logon|url authorization|ssl|addresses)\b/,
  ],
  [
    /\b(right|rights)\b/,
    /\b(why|needed|web server|fix|restore|instructions|users|language|taken away|removed)\b/,
    /\b(the right|this right|rights|user right)\b/,
  ],
  [/\bfirst (request|hit|call|page)\b|\bcold start\b|\bwarm ?up\b|\bafter (the )?(idle|recycl\w*)/],
  [
    /\b(users?|people|browser|everybody|everyone|clients?)\b/,
    /\b(prompt\w*|asked)\b/,
    /\b(cred\w*|password|log ?in|sign ?in)\b/,
  ],
  // The list and its entries, where the thread is not known.
  [/\b(default|defaults|default holders)\b/, /\b(clients?|computers?|controllers?|servers?|20\d\d|accounts?)\b/],
  [/\b(administrators|service|everyone|authenticated users)\b/, /\b(list|listed|holders?|setting|group)\b/],
  [
    /\b(setting|rights?)\b/,
    /\b(constant|greyed|grayed|undefined|not defined|translated|assign\w*|grant\w*|holders?|hold|lost|missing|lack\w*)\b/,
  ],
  [
    /\b(rollback|undo|reboot|restart|log ?off|iisreset|recycl\w*)\b/,
    /\b(need\w*|required?|necessary|must|have to|enough|sufficient)\b/,
  ],
  [/^\W*(what is|what's|whats) the (rollback|undo)\W*$/],
  [/^\W*what (proves|would prove) (it|this|that)\W*$/],
  [/\b(template|export)\b/, /\b(machine|line|effective|gpo|list|policy|tell|difference)\b/],
  [/\b(stage|stages|notification|pipeline)\b/, /\b(error|fail\w*|request|iis|right)\b/],
  [/\b(client|user)('?s)? identity\b/],
  // Frebot itself.
  [/^\W*who are you\W*$/],
  [/\byou\b|\bfrebot\b|\bbot\b/, /\b(are you (sure|certain)|store\w*|keep|passwords?|privacy|files|read|understand)\b/],
  [/\bpasswords?\b/, /\b(logs?|files?|traces?)\b/, /\b(shown|see|visible|withheld|hidden|others)\b/],
];

/** True when a question may be answered although no thread says what it is about. `forms`: as typed, and canonical. */
export function saysOurs(forms: readonly string[]): boolean {
  // Other scripts have no everyday list here; their words are known to the index or they are not.
  if (/[^\u0000-\u024f\u2000-\u206f]/.test(forms[0] ?? '')) return true;
  return forms.some(
    (text) => names.some((name) => name.test(text)) || together.some((row) => row.every((part) => part.test(text))),
  );
}
