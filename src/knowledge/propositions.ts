/**
 * Yes and No are said only to a question that is understood to its last word: a pattern must cover all of it, verb and
 * object, or no sign is said. A word that was not read ("not", "without", "or", "remove" where "keep" was expected) may
 * turn the sign round, so it is never skipped.
 */

/** Longer texts are stories, not one question for yes or no. */
const longest = 160;

/** Words that turn no sign round. Negations, "only", "never", "always" and "without" are none of them. */
const idle =
  /\b(?:the|an?|my|our|your|their|please|really|actually|just|simply|directly|also|even|ever|anyway|now|then|truly|kindly)\b(?!')/g;

/** Words in front of a question that ask nothing. */
const opening = /^(?:(?:so|and|but|ok|well|hm+|btw|quick question|question)\b[ ,:]*)+(?=\S)/;

/** The ways to say one thing, without articles. A pattern names them as `<may>`; they may hold each other. */
const slots: Readonly<Record<string, string>> = {
  i: 'i|we|you|one',
  fine: 'ok|okay|safe|fine|alright|good idea|good practice|best practice|allowed|permitted|recommended|advisable|wise|acceptable|sensible|harmless',
  bad: 'dangerous|risky|risk|security risk|security problem|security hole|danger|unsafe|insecure|harmful|bad idea|bad|wrong|problem|threat|vulnerability',
  normal: 'normal|ok|okay|fine|expected|correct|right|legit|legitimate|allowed|default|by design',
  needed: 'needed|required|necessary|mandatory',
  may: '(?:can|could|may|should|shall|might) <i>(?: safely)?|(?:is|would) it (?:be )?<fine> (?:to|if <i>)',
  harm: '(?:is|would) it (?:be )?<bad> (?:to|if <i>)',
  must: '(?:must|should) <i>|do <i> (?:have|need) to|is it <needed> to',
  remove: 'remove|delete|drop|strip|revoke|kick|exclude|take out|take away',
  removed: 'removed|deleted|dropped|stripped|revoked|kicked|excluded|taken out|taken away|gone|missing',
  removing: 'removing|deleting|dropping|stripping|revoking|excluding|taking out|taking away|removal of',
  need: 'need|require|depend on|needs|requires',
  break: 'break|harm|hurt|damage|affect|impact|disrupt|take down',
  something:
    'anything|something|things?|iis|sites?|web ?sites?|pages?|(?:app(?:lication)?[ -]?)?pools?|services?|web ?servers?|servers?',
  right:
    '(?:(?:this|that) )?(?:se[ _-]?impersonate[ _-]?(?:privilege|priv|right)?|impersonate (?:client|user)(?: after (?:authentication|auth|logon))?|impersonat(?:e|ion)|user rights?|right|privilege|policy|list|setting|permission)(?: (?:to impersonate|right|privilege|policy|list|setting|assignment|gpo))?',
  group: '(?:iis_iusrs|iis iusrs|s-1-5-32-568)(?: group)?|group iis_iusrs',
  inlist: '(?: (?:on|in|from|to|for) (?:<right>|there))?',
  offlist: '(?: (?:from|out of|off|in) (?:<right>|there))?',
  takegroup:
    '<remove> <group><offlist>|(?:take|leave) <group> (?:out|off|away)(?:(?: of| from)? (?:<right>|there))?|get rid of <group><offlist>|do without <group><inlist>',
  keepgroup:
    '(?:keep|leave|have|let) <group> (?:on|in)(?: <right>| there)?|(?:keep|leave|have) <group> there(?: in <right>)?',
  withoutgroup:
    ' (?:when|if|once|after) (?:<group> (?:is |was |gets )?<removed>|<i> <remove> <group>|<group> loses <right>)(?: from <right>)?| without <group>(?: (?:on|in) <right>)?',
  pool: '(?:iis )?(?:app(?:lication)?[ -]?)?pools?(?: (?:identity|identities|accounts?))?',
  named:
    '(?:domain|custom|named|service|specific|managed service|group managed service|ad) (?:account|user)s?|gmsas?(?: accounts?)?|specificuser',
  namedpool: '<pool> (?:with|that runs? as|running as|under|using|that uses?|as) <named>|<named> <pool>',
  builtin: '(?:applicationpoolidentity|network ?service|local ?service|built-?in (?:identity|identities|accounts?))',
  builtinpool: '<builtin>(?: <pool>)?|<pool> (?:with|that runs? as|running as|under|using|as) <builtin>',
  poolaccount:
    "(?:(?:app(?:lication)?[ -]?)?pool|service|gmsa|custom|domain|managed service)(?:'s)?(?: own)? (?:account|identity|sid)|gmsa",
  wide: '(?:everyone|everybody|(?:all |domain |authenticated )?users|guests?|anonymous logon)(?: account| group)?',
  admins: '(?:local |domain |builtin )?(?:administrators?|admins?)(?: group)?',
  widen:
    '(?:add|put) (?:<poolaccount>|<named>|iusr|<group>) (?:to|in|into) (?:group )?<admins>|make (?:<poolaccount>|<named>) (?:local |domain )?(?:administrator|admin)|run (?:<pool>|site|iis|it) (?:as|under|with) (?:local ?system|system|administrator|(?:domain |local )?admin(?:istrator)?(?: account)?)|(?:give|grant|assign) (?:<right> (?:to )?<wide>|<wide> <right>)|(?:add|put) <wide> (?:to|on|in|into) <right>',
  unlink:
    '(?:unlink|remove|delete|disable|drop|switch off|turn off) (?:hardening |whole |entire |security )?(?:gpo|group policy)',
  change:
    '(?:(?:this|that) )?(?:(?:policy |gpo |user right )?(?:change|fix|edit)|gpo|it|<right>)(?: (?:of|to|in|for) <right>)?|(?:(?:chang|add|edit|fix|grant|giv|sett|correct)ing|<i> (?:changed?|add(?:ed)?|fix(?:ed)?|edit(?:ed)?|granted|gave)) (?:<group>(?: (?:to|in|on) <right>)?|<right>)',
  computer: '(?:computer|server|machine|windows|box|web ?server|iis server)',
  restart: '(?:reboot|restart)(?: (?:of )?<computer>)?',
  restarting: '(?:reboot(?:ing)?|restart(?:ing)?)(?: (?:of )?<computer>)?',
  potato: '(?:(?:potato|\\w*potato|printspoofer)(?: attacks?| exploits?| tools?)?|potatoes)',
  gpo: '(?:(?:domain )?(?:gpos?|group polic(?:y|ies))|domain polic(?:y|ies)|domain)',
  local: 'local (?:security )?(?:polic(?:y|ies)|lists?|settings?|changes?)|secpol(?:\\.msc)?',
  override: 'override|overrides|overwrite|overwrites|replace|replaces|beat|beats|win over|wins over|win against',
  others:
    '(?:whole |existing |user rights? |old )?(?:list|others|other (?:accounts|holders|entries)|existing (?:accounts|holders)|holders|accounts)(?: of (?:accounts|holders|<right>))?',
  replace: '(?:replace|overwrite|remove|delete|drop|lose|wipe)',
  keep: '(?:keep|preserve|leave|append(?: to)?|add to|merge(?: with)?)',
  same: '(?:same(?: (?:thing|right|error|problem|account|group))?(?: as)?|equal to|identical to)',
  differs: '(?:different|another (?:right|thing|error)|something else)(?: (?:from|to|than))?',
  windowswithout: 'windows (?:nt(?: ?4(?:\\.0)?)?|95|98|me|xp (?:with )?sp ?1|xp without (?:a )?service pack)',
  windowswith:
    '(?:windows )?(?:xp (?:with )?sp ?[23]|2000 (?:with )?sp ?4|vista|7|8|8\\.1|10|11|(?:server )?20(?:03|08|12|16|19|22|25)(?: r2)?)',
};

/**
 * The pattern of a whole question. `when` is a regular expression over the question without idle words, in lower case,
 * with `<slot>` for the many ways to say one thing. Throws on a slot that does not exist and on a broken expression.
 */
export function compileProposition(when: string): RegExp {
  let text = when;
  for (let depth = 0; /<\w+>/.test(text); depth++) {
    if (depth > 6) throw new Error(`slots hold each other in a circle: ${when}`);
    text = text.replace(/<(\w+)>/g, (_, name: string) => {
      const slot = slots[name];
      if (slot === undefined) throw new Error(`no slot <${name}>`);
      return `(?:${slot})`;
    });
  }
  return new RegExp(`^(?:${text})$`);
}

/** What a folded question asserts, for `compileProposition`; empty where it is too long to be one. `names`: of the right, folded. */
export function propositionOf(question: string, names: readonly string[] = []): string {
  if (question.length > longest) return '';
  let text = question;
  for (const name of names) if (text.includes(name)) text = text.replaceAll(name, ' seimpersonateprivilege ');
  return text
    .replace(/["“”„«»()]|[,;](?=\s)|[?!.,;:\s]+$/g, ' ')
    .replace(idle, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(opening, '');
}
