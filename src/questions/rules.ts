/**
 * What people ask, told by the ideas a question joins rather than by its words: "may", "somebody", "the right" is one
 * question however it is phrased. The search takes over where no rule fits.
 */

/** One idea, as the many ways to write it. Applied to the canonical text: see `canonical` in `knowledge/words.ts`. */
const idea = {
  right:
    /seimpersonateprivilege|\bright\b|\bimpersonat(e|ion)\b|iis_iusrs|s-1-5-32-568|user ?rights?|\bpermission\b|\bprivileges?\b/,
  theRight: /seimpersonateprivilege|\b(this|the|that) (user )?right\b|\bimpersonat(e|ion)\b/,
  group: /iis_iusrs|s-1-5-32-568/,
  code: /0x80070542|80070542|2147943746|2147023550|\b1346\b|bad[_ ]impersonation/,
  policy: /\bgpo\b|localpolicy|\bpolic(y|ies)\b|hardening|baseline/,
  fails:
    /\b(fail\w*|errors?|broke\w*|die[sd]?|dying|down|dead|crash\w*|500s?|not work\w*|dont work|doesn'?t work|stop(s|ped)? working|kaputt|geht nicht|problems?|issues?|0x80070542|1346|not load\w*|do(es)?n'?t load|won'?t load|refus\w*)\b/,
  looks:
    /\b(css|image|icons?|graphics?|layout|formatt\w*|unformatted|design|naked|ugly|plain text|only text|just text|text only|text version|bare text|nur noch text|nur text|scripts?|javascript|js|png|jpe?g|gifs?|static|resources|assets|elements?|woff)\b/,
  since:
    /\b(since|after|seit|depuis|desde|last night|yesterday|started|begann|when we|pushed|rolled out|rollout|roll-out|applied)\b/,
  hardened:
    /\b(hardening|harden\w*|cis|stig|disa|baselines?|gpo|securityteam|security|lockdown|locked down|polic(y|ies))\b/,
  still:
    /\b(still|immer noch|fails again|again (500|1346|0x80070542)|not yet|no change|same (error|problem|code|result|failure)|did not help|didn'?t help|does not help|not helping|no difference|no effect|stays|remains|persists?|continues?)\b/,
  done: /\b(add\w*|put|fix|fixed|chang\w*|correct\w*|gpupdate|set|gave|granted|edited|shows|back|now|repaired|restored|updated|imported)\b/,
  wide: /\b(everyone|everybody|all users|users|domain users|authenticated users|guests?|domain admins?|local admins?|administrators?|admins?|localsystem|local system|system)\b/,
  may: /\b(safe|ok|okay|fine|good idea|bad idea|wise|acceptable|allowed|legit|can (i|we|you)|could (i|we)|may (i|we)|should (i|we)|is it|why not|quick fix|would|just|better|simply|harm\w*|instead|risk\w*|dangerous|bad|workaround|solution|good|make|making|give|giving|grant\w*|add\w*|run\w*|put\w*)\b/,
  which: /\b(which|what|who|welche\w*|find|see|show|identify|know|tell|determine|from)\b/,
  gone: /\b(remov\w*|kick\w*|took|taken?|taking|delet\w*|vanish\w*|disappear\w*|drop(s|ped)?|strip\w*|gone|kill\w*|wip\w*|reset(s|ting)?|overwr\w*|revert\w*|lost|lose\w*|empti\w*)\b/,
  /** Taking a holder off the list, as a plan. */
  out: /\b(remove|removing|removal|removed|delet(e|ed|ing)|drop(ped|ping)?|strip(ped|ping)?|revok\w*|withdraw\w*|(get|getting|hold) rid of|kick\w*|exclud\w*|omit\w*|tak(e|en|ing) (.{0,60} )?\b(out|off|away|from)|leav(e|ing) .{0,40}\b(out|off)|do without|entfern\w*|herausnehm\w*|rausnehm\w*|l[oö]schen|supprimer|retirer|enlever|quitar|eliminar)(?![a-z])/,
  /** Asking for leave, or what comes of it. */
  leave:
    /\b(can|could|may|might|should|shall|must|safe|ok|okay|fine|wise|good idea|bad idea|advisable|allowed|possible|harmless|want(s|ed)?|ask(s|ed)?|demand\w*|insist\w*|recommend\w*|requir\w*|happens|breaks?|what if|will|would|why not|flag\w*|finding|says?|hurt|darf|kann|soll|sollte|puis-je|peut-on|dois-je|puedo|debo|se puede)\b/,
  /** It already happened, or something else is done: not a question whether to. */
  already:
    /\b(was|is|were|been|got|gets|being|hold) (removed|deleted|dropped|stripped|kicked|gone|revoked)\b|\bkeeps? (remov|disappear)\w*|\bremoves\b|\bagain\b|\bevery (night|day)\b|\bevents?\b|\bwho (remov|took|delet|did)\w*|\bwhich (gpo|policy|tool|pools?|identit\w*|hardening)\b|\btools?\b|\bput\b.*\bback\b|\brestor\w*|\bfix\b|\bundo\b|\bget back\b|\bto normal\b|\bcorrect\b|\bcis\b|\bstig\b|\bdisa\b|\bnessus\b|\bv-\d|\b(i|we|they|somebody|someone|gpo|hardening|team) (removed|deleted|dropped|took)\b|\bsince\b|\bmembers?\b|\bmembership\b|\badd(ed|ing)?\b|\bempty\b|\bbatch\b/,
} as const;

interface Rule {
  topic: string;
  all: readonly RegExp[];
  none?: RegExp;
}

const rule = (topic: string, all: readonly RegExp[], none?: RegExp): Rule => ({
  topic,
  all,
  ...(none ? { none } : {}),
});

/** First that fits. The order is from the narrow to the wide. */
// biome-ignore format: one rule, one line.
const rules: readonly Rule[] = [
  // Whether a holder may leave the list.
  rule('keep-iis-iusrs', [idea.group, idea.out, idea.leave], idea.already),
  rule('keep-iis-iusrs', [idea.group, /\b(auditors?|audit|scanner|pentest\w*|securityteam|report|ciso)\b/, /\b(remov\w*|justif\w*|tell (them|him|her)|defend|explain|flag\w*|argument\w*|exception)\b/], /\bgpo owner\b|\b(cis|stig|disa|nessus)\b|\bv-\d|\bevent\b|\b(removed|took|dropped|deleted) iis_iusrs\b|iis_iusrs (was|is) removed/),
  rule('keep-iis-iusrs', [/\bwhat about iis_iusrs/, /\bonly\b|\bservice\b|\blist\b|seimpersonateprivilege|auditor/]),
  rule('keep-iis-iusrs', [/\bjustif\w*.{0,30}iis_iusrs|iis_iusrs.{0,30}\bjustif/], /\b(cis|stig|disa|nessus|isso)\b/),
  rule('keep-iis-iusrs', [idea.group, /\b(need|needed|needs|required?|requires|necessary|mandatory|optional|keep|keeping|belongs?|legitimate|should iis_iusrs (hold|be|stay)|must iis_iusrs (hold|be|stay))\b/, /seimpersonateprivilege|\bimperson\w*|\b(that|this|the) (polic\w*|list|right|setting)\b|\bright\b/, /^\W*(do|does|is|are|must|should|will|would|and|so)\b|\breally\b/], /applicationpoolidentity|specificuser|\b(cis|stig|disa|nessus|correct|account|default|which|why|who|log on|other|default|fix|still|reboot|add\w*|put|members?|effective|undo|gpupdate|event|restart)\b/),
  rule('keep-iis-iusrs', [idea.group, /\b(risk\w*|danger\w*|secure|insecure|attack\w*|exploit\w*|vulnerab\w*|hole)\b/, /\b(keep\w*|leav\w*|there|stay\w*|hold|on the list|in the (list|policy|right))\b/], /\badd\w*|\bput\b/),
  rule('keep-iis-iusrs', [/\b(safe|ok|okay|fine|allowed|right|correct|legit\w*|acceptable|normal|bad|wrong)\b/, /\b(leave|leaving|keep|keeping|hold|having) iis_iusrs\b.{0,12}\b(in|on|there)\b|\biis_iusrs (hold|to hold|be|is|stays?|to be) (on|in|there|listed)\b/, /seimpersonateprivilege|\bimperson\w*|\blist\b|\bthere\b|\bpolicy\b|\bright\b/], /\badd\w*|\bput\b|default|supposed|member|cis\b|stig\b|\bnot\b|who|which|token/),
  rule('keep-iis-iusrs', [/\bwithout iis_iusrs\b/, /\b(break|fail|stop working|work|run|go|operate|possible|safe|ok|okay|fine|enough|allowed|live)\b/], idea.already),
  rule('keep-iis-iusrs', [/\bif\b.{0,20}(iis_iusrs|s-1-5-32-568).{0,12}\b(is|were|was|hold|gets) (removed|taken|dropped|deleted|stripped|missing)/, /\b(break\w*|happens?|would|will|stops?|fails?)\b/], /\bwhich\b|applicationpool|\bpools?\b|custom|domain account|fix/),
  rule('keep-iis-iusrs', [/\b(can|may|could|should|must)\b.{0,20}iis_iusrs\b.{0,8}\b(go|leave|be (gone|out|away)|disappear|stay|remain)\b/]),
  rule('keep-iis-iusrs', [/\bwhy\b.{0,20}\b(keep|leave) iis_iusrs|\bwhy (must|should|does|has) iis_iusrs.{0,12}\b(stay|remain|be (on|in))\b/]),
  rule('keep-others', [/\b(only|restrict\w*|limit\w*|reduc\w*)\b/, /\badministrators\b.{0,10}\bonly\b|\bonly\b.{0,10}\badministrators\b/, /seimpersonateprivilege|\bimperson\w*/, idea.leave], /service|iis_iusrs|everyone|\bcis\b|\bstig\b|2003/),
  rule('keep-iis-iusrs', [/\b(instead of|rather than)\b.{0,20}iis_iusrs/, /\b(account|identity|user)\b/], /\bsid\b|everyone|administrators/),
  rule('why-service', [/(?<!local |network |web |the |a |print )\bservice\b(?! (account|identity|start|unavail|desk))/, idea.out, /seimpersonateprivilege|\bimperson\w*|\bthe (list|right|polic\w*)\b/, idea.leave], /\b(local|network) service\b|administrators|was |removes|\bfix\b|\bundo\b|everyone|iis_iusrs|event/),
  rule('keep-others', [/\b(administrators?|admins?|(local|network) ?service)\b/, idea.out, idea.leave, /seimpersonateprivilege|\bimperson\w*|\b(the|that|this) (list|right|polic\w*)\b|\buser right\b/], /\bis (not )?(on|in)\b|event|\bremoves\b|iis_iusrs|\bput\b|\badd\w*|\bonly\b|debug|account (from|out)|printspooler/),
  rule('keep-others', [/\bneed(ed|s)?\b|\bnecessary\b|\brequired\b/, /^\W*(do|does|is|are|must)\b/, /\b(local|network) ?service\b|\badministrators\b/, /seimpersonateprivilege|\bimperson\w*/], /iis_iusrs|pool|default|which|why|reboot|\badd\w*/),
  rule('keep-others', [/\bwho\b/, /\b(really|actually|truly|genuinely|minimum|minimal)\b/, /\bneed(s|ed)?\b|\brequires?\b/, /seimpersonateprivilege|\bimperson\w*|\b(this|the) right\b/]),
  rule('keep-others', [/\b(empty|blank)\b/, /seimpersonateprivilege|\bimperson\w*|\bthis right\b/, /\b(can|may|could|should|ok|okay|safe|fine|leave|allowed)\b/], /what|mean|inf\b|export|iis_iusrs|group|key/),
  // What must not be done, whoever asks for leave.
  rule('never-do', [idea.may, /\b(everyone|everybody|all users|domain users|authenticated users|guests|users)\b/, idea.right], /\b(who|default|normal\w*|standard|usually|need)\b|user ?rights?|impersonate (a )?users?\b|event|by default/),
  rule('never-do', [idea.may, /\b((domain|local) admins?|domain administrators?|an admin(istrator)?|administrators( group)?|admin(istrator)? rights|localsystem|local system|as system|under system)\b/, /\b(pool|account|service|identity|iis|site)\b/], /default|affected|holds? the|does .* (have|hold)/),
  rule('never-do', [/\b(unlink\w*|remov\w*|delet\w*|disabl\w*|drop\w*|switch off|turn off|get rid of|kill)\b/, /(hardening|security|whole|entire|the) gpo\b/, /\b(can|could|should|just|safe|ok|idea|may|simply|why not|fix)\b/], /who|still|already|but|was unlinked/),
  rule('never-do', [/\b(grant|give|add|assign)\b/, /\b(to|for) (the )?(everyone|everybody|all users|authenticated users|domain users)\b/], /cake|food|access|share|folder|mail|licen[cs]e|jira|wiki|day|printer|database|sql/),
  rule('never-do', [/\b(directly|direct)\b/, /\b(account|user)\b/, /\bright\b|seimpersonateprivilege/]),

  // The loss that has not shown yet.
  rule('loss-shows-later', [idea.right, idea.gone, /\bstill (works?|working|runs?|running|fine|up|online|ok(ay)?)\b|\bnothing (has )?(failed|broke\w*|happened)\b|\b(not|n't) (failed|broken) yet\b/], /\bstill (not|fails?)\b/),
  // After the fix.
  rule('new-token', [idea.still, idea.done, /iis_iusrs|\bright\b|\bgpo\b|gpupdate|0x80070542|\b1346\b|seimpersonateprivilege|\bgroup\b|policy/], /greyed|remove\w* again|every (night|morning|day)|unlinked|come[s]? back|roll|undo|disappear|vanish|not merged|still (used|valid|supported|needed|a thing)/),
  rule('new-token', [idea.done, /\b(but|why|and)\b/, /\b(500|0x80070542|1346|fails?|failing|lacks?)\b/, /iis_iusrs|\bright\b|\bgpo\b|gpupdate|\bgroup\b/, /\b(added|changed|fixed|corrected|after i|after we|put .* back|now)\b/], /since|hardening|removed|missing/),
  rule('new-token', [/\b(w3wp|pool|process)\b|\btoken\b.{0,40}\b(right|privilege|seimpersonateprivilege|iis|gpo|policy|list)\b|\b(right|privilege|seimpersonateprivilege|iis|gpo|policy|list)\b.{0,40}\btoken\b/, /\b(new|pick\w* up|see|notice|refresh\w*|get|renew\w*|reload)\b/, /\b(right|token|privilege|seimpersonateprivilege|change|policy)\b/], /\bsid\b|which|default|accesschk|how do i see|have|hold|lack|impersonation token|access token|what is|sees? what|show/),
  rule('new-token', [/\bcach\w*\b/, /\btokens?\b/]),
  rule('new-token', [/\b(how (long|soon|fast|quick\w*)|when)\b/, /\b(effective|active|work\w*|applies|applied|apply|reach\w*|valid|take effect|get the right|see)\b/, /\bright\b|seimpersonateprivilege|policy|change|setting|\bgpo\b/], /allowed|impersonation allowed|removed/),
  rule('reboot-needed', [/\bnet (start|stop) (was|w3svc)\b|\bactivation services\b/], /\bundo\b|still/),
  rule('reboot-needed', [/\b(immediately|at once|instantly|straight away)\b/, /\b(change|right|setting|policy|active|effective)\b/]),
  rule('reboot-needed', [/\bdowntime\b|\bmaintenance window\b/, /\b(need\w*|require\w*|necessary|change|cause\w*|without|this|fix|plan)\b/], /backup|network/),
  rule('reboot-needed', [/\b(reboot|iisreset|recycl\w*|gpupdate|net stop was|log ?off|logoff|sign out)\b/, /\b(need\w*|require\w*|necessary|must|have to|has to|enough|alone|help|sufficient\w*|suffice\w*|mandatory|should|avoid|without|cannot|can't|do (i|we)|also|as well|too|muss|faut|hay que)\b|必要/, /iis|right|gpo|gpupdate|server|pool|policy|fix|change|group|seimpersonateprivilege|windows|computer|machine|box|afterwards|サーバー|服务器|serveur|servidor|net stop was|iisreset|logoff|log off/], /every|keeps|router|phone|laptop|tracing|freb|build|restart the meeting|still|container|printer/),

  // Undo.
  rule('undo-fix', [/\bundo\b|\broll(ing|ed)?\b.{0,12}\bback\b|\bback ?out\b|\brevert\w*\b|\bgo(ing)? back\b|\bchange .* back\b|\btake .* (back|out)(again)?\b|\brevers(e|ing)\b|\brestor\w* .{0,20}\b(old|previous|former|earlier|original)\b|\b(old|previous|former|original)\b.{0,25}\b(back|restor\w*)\b/, /iis_iusrs|\bright\b|\brights\b|\bgpo\b|seimpersonateprivilege|\bchange\b|\bfix\b|\bplan\b|\blist\b|secedit|policy|\bwrong\b|\bworse\b|\b(not|n't|no) help\b/], /\bgit\b|reverttoself|revert to self|commit|who (took|removed)|impersonat(e|ion) (end|stop)|\b(was|were|been) (rolled|reverted)\b/),
  rule('undo-fix', [/\b(back ?out|rollback|fallback)( plan| procedure| strategy)?\b|\bbackup\b.{0,40}\brestor\w*/, /plan|procedure|strategy|\brights?\b|policy|gpo/], /database|sql|exchange|veeam/),

  // What keeps coming back, greyed-out settings, order of policies.
  rule('no-gpo-but-returns', [idea.gone, /\b(every|each|keeps?|again|nightly|daily|over and over|after some (hours|time)|permanently)\b/, /iis_iusrs|\bright\b|seimpersonateprivilege|list/], /secpol|local polic|localpolicy/),
  rule('no-gpo-but-returns', [/\b(no|without|nothing|not) .{0,25}\bgpo\b|gpresult .{0,20}\b(nothing|no|not|empty)\b/, /\b(but|and|yet|still|wrong|missing|removed|gone|changed|right)\b/, /\bright\b|iis_iusrs|list|seimpersonateprivilege|setting/], /fix|how (do|can|to)|where|\bset the right\b/),
  rule('no-gpo-but-returns', [/\b(intune|mdm|osconfig|configuration manager|sccm|configmgr)\b/, /\bright\b|\brights\b|list|iis_iusrs|seimpersonateprivilege/], /scep|ndes|500|\bname\b|\bcsp\b/),
  rule('no-gpo-but-returns', [/\bunlink\w*|\b(gpo) (was |is )?(removed|deleted|gone)\b/, /\b(still|stays?|bad|wrong|remains?|but|missing|list)\b/]),
  rule('greyed-out', [/\bgr[ea]y(ed)?( out)?\b|\bausgegraut\b|\blocked\b|\bpadlock\b|\bbuttons?\b.{0,20}\b(disable\w*|inactive|dead)\b|\b(disable\w*|inactive)\b.{0,20}\bbuttons?\b/, /localpolicy|polic|setting|right|button|user|gpedit|add|group/], /section|account|configuration section/),
  rule('greyed-out', [/\b(can ?not|can'?t|cant|unable|not able|impossible|can (i|we) not)\b/, /\b(edit|change|modify|add|click)\b/, /localpolicy|local polic|user right|\bright\b|seimpersonateprivilege/], /reboot|rdp|sql|gpo owner/),
  rule('gpo-order', [/localpolicy|\blocal(ly)?\b/, /\b(gone|disappear\w*|lost|overwr\w*|overrid\w*|vanish\w*|revert\w*|reset\w*|stronger|wins?|beats?|vs|versus|although|despite|precedence)\b/, /\bgpo\b|policy|change|setting|domain|minutes|while/], /\bsid\b|iis_iusrs (is )?(gone|missing|removed)/),
  rule('gpo-order', [/\bmerg\w*|\badd up\b|\bcombin\w*|\bcumulat\w*|\bunion\b/, /\bgpo\b|polic|lists?|rights?/], /mergedpolicy|lgpo|dsc|ansible|carbon|ntrights|powershell|script|secedit/),
  rule('gpo-order', [/\b(win|wins|winning|order|precedence|priority|stronger|lsdou)\b/, /\bgpo\b|polic(y|ies)\b|lsdou/, /\b(ou|site|domain|local|two|several|multiple|precedence|order|lsdou|which|both)\b/], /winning gpo|find|identify|gpresult|which gpo (removed|sets|is)|how (do|can) (i|we) (see|find)/),
  rule('gpo-order', [/\bsecurity settings\b|\bright(s)?\b/, /\b(applied again|re-?appl\w*)\b/], /who|event/),
  rule('gpo-order', [/\blocal change\b/, /\bgpo\b|\bhold\b|\blast\b|\bsurvive/], /controller/),
  rule('gpo-order', [/\b(ou|domain|site|local|local\s?policy)\b/, /\b(beats?|overrid\w*|stronger|precedence)\b/, /\bgpo\b|polic/]),
  rule('gpo-order', [/\b(two|both|several|multiple)\b/, /\bgpo\b|polic(y|ies)/, /\bright|list|setting/], /servers|export/),
  rule('gpo-order', [/\bhow often\b|\b(90 minutes|16 hours|refresh interval)\b/, /right|rights|polic|gpo|security setting|refresh/]),

  // Who did it, and which policy.
  rule('event-4705', [/\b(who|when|which (user|admin|person|event|account)|event|what time)\b/, idea.gone, /iis_iusrs|\bright\b|seimpersonateprivilege|\blist\b|\bgroup\b/], /which gpo|what happens|pool|break|tool|baseline|benchmark|can i|should|if i|affected|when iis_iusrs (loses|is removed)|vulnerab|which (pools|apps|sites|rights)|hardening|fix|how (do|can) i (fix|put|add|restore|get)|how to (fix|put|add|restore)|since|now what/),
  rule('tool-gpresult', [/\b(which|what|where|find|winning|see|identify|responsible|from which|determine)\b/, /\b(gpo|policy)\b/, /\b(responsible|winning|sets?|setting this|defines?|comes? from|removed|broke|responsible|source|guilty|culprit|to blame|did (it|this)|is it|caus\w*|comes from|applies this|delivers)\b/], /which wins|order|precedence|where (is|do i find) (the|this|user|that)|baseline|how do i (edit|change|fix)|possible|not defined|what does|hardening tool|benchmark|wallpaper|software|printer|drive|password|install|who (removed|took)|kind|setting (in|located)|path|what happens|user name|now what|what now|fix/),
  rule('tool-gpresult', [/\bgpresult\b/], /\bno gpo\b|secedit|fix|nothing|empty/),

  // Groups and accounts.
  rule('group-empty', [idea.group, /\b(empty|no (members?|users?|one|body)|nobody|without members?|zero|noone|nobody inside|members?|leer|vide|nobody in)\b/], /right|who (is|are)|which|seimpersonateprivilege|gpo|manual|list|default|replace/),
  rule('group-empty', [/\b(add|put|adding|join|make|place|be|insert|in)\b/, /\b(account|user|svc\S*|identity|domain\\\S*|member)\b/, /\b(to|into|in|of|member of)\b (the )?(local )?(group )?iis_iusrs/], /right|seimpersonateprivilege|gpo|policy/),
  rule('group-empty', [/\bgroup\b/, /\bempty\b/]),
  rule('manual-group-membership', [/manualgroupmembership/]),
  rule('manual-group-membership', [/iis_iusrs/, /token/, /\b(but|not|lacks?|missing|without)\b/, /\b(list|policy|right)\b/]),
  rule('what-iis-sets-up', [/\b(install\w*|setup|set up|enable|role)\b/, /\biis\b/, /\b(right|rights|seimpersonateprivilege|iis_iusrs|kb ?981949)\b/, /\b(what|which|does|grant\w*|set|sets|add|adds|give|gives|configur\w*|default)\b/], /freb|tracing|how (do|can)|hardening tool|should be|must be|listed|supposed/),
  rule('what-iis-sets-up', [/kb ?981949/]),
  rule('iis6-iis7', [/\biis_wpg\b|\biwam\w*|\baspnet (account|user)\b|\biusr_\w*|\biis ?6\b|\biusr_/]),
  rule('iusr', [/\biusr\b/, /./], /iis_iusrs (is|loses|missing)|\biusr_/),
  rule('iusr', [/\banonymous (access|auth\w*|user|visitors?)\b/, /\b(account|user|which|who)\b/, /\biis\b|auth/], /right|impersonat|double|kerberos|sql|logon/),
  rule('impersonation-allowed', [/\banonymous (access|auth\w*|requests?)\b/, /\bright\b|seimpersonateprivilege|impersonat/]),
  rule('pool-identities', [/\blogontype\b|\blogonservice\b|\blogonbatch\b/]),
  rule('pool-identities', [/\b(applicationpoolidentity|networkservice|localservice|virtual account|gmsa|managed service account|specificuser)\b/], /\bsid\b|enable|default holders|s-1-5-20|default/),
  rule('pool-identities', [/\bidentit(y|ies)\b/, /iis_iusrs|\bright\b/], /client'?s? identity|identity impersonate|\bsid\b|admin|local ?system|user'?s identity|still/),
  rule('pool-identities', [/\bpools?\b/, /\b(which|what|why|only|does|do|are|is|table)\b/, /\b(identit\w*|account|affected|break\w*|lose\w*|runs? as|localsystem|network service|domain (user|account))\b/, /\bright\b|iis_iusrs|affected|break\w*|default|need\w*|privilege|seimpersonateprivilege|only|impersonat\w*/], /\b500\b|since|hardening|batch|admin|safe|ok|reboot|log on as|logon|\bsid\b|manualgroup|still|put|add|make|whoami|account into/),
  rule('pool-identities', [/\bwhy\b/, /\b(only|one)\b/, /\b(service account|custom account|domain account|named account|domain user)\b/, /pool|site|app/]),
  rule('pool-sid', [/\bsid\b/, /\bpool\b|apppool/], /list|iis_iusrs|well-?known/),
  rule('pool-sid', [/\bsids?\b/, /\bpool\b|\bw3wp\b/, /\b(carr(y|ies)|token|besides|own)\b/], /\bwhy\b|missing|lacks?|not\b/),
  rule('pool-sid', [/iis_iusrs/, /\bpool'?s? ?sid\b|\bsid of (the|a|my|our) pool\b/, /\b(replac\w*|instead|rather|or|only)\b/]),
  rule('pool-sid', [/\b(only|just|single|exactly) (to |for )?(this |the |a )?(one |single )?pool\b|\bone pool( only| alone)?\b/, /\b(give|grant|assign|limit|right)\b/]),
  rule('pool-sid', [/\bs-1-5-82\b/], /apply|only|grant/),
  rule('printspooler-service', [/printspooler\w*|s-1-5-99\b/], /crash/),
  rule('default-holders', [/seimpersonateprivilege/, /(s-1-5-\S+.*){3}|=.*\b(administrators|service)\b|(\b(administrators|local service|network service|service)\b[^a-z]*){3}/, /=|\b(missing|complete|correct|enough|anything|only|forg[eo]t\w*|right\?|ok\??$)/], /order|asterisk|star\b|\*\?|format|syntax|what does the|why/),
  rule('sids', [/\bs-1-5-(19|20|32-544|17|3|4)\b/], /s-1-5-6\b|seimpersonateprivilege ?=|or s-1|asterisk|\*|order/),
  rule('sids', [/\bsids?\b/, /\b(network service|local service|localservice|networkservice|administrators|well-?known|all|list|lists|these|accounts|batch|impersonat\w*|seimpersonateprivilege)\b/], /order|\*|asterisk|star|matter|pool|before|why|iis_iusrs/),

  // SERVICE.
  rule('service-or-local-service', [/\bservice\b/, /\b(local|network) service\b/, /\b(difference|same|vs|versus|or|just|equal|identical|thing|not)\b/], /administrators|default|list|who|seimpersonateprivilege|which|has |hold/),
  rule('service-or-local-service', [/s-1-5-6\b/, /s-1-5-(19|20)\b/]),
  rule('without-the-right', [/\bwcf\b/]),
  rule('without-the-right', [/\b(can ?not|can'?t|could not|unable to|not able to|not allowed to|may not)\b.{0,12}\bimpersonat/, /\b(w3wp|pool|iis|process|service|account)\b/]),
  rule('without-the-right', [/\b(which|what) (module|stage|notification)\b/, idea.code]),
  rule('without-the-right', [/\bntstatus\b/, /impersonation|0x80070542|1346/], /0xc0/),
  rule('why-service', [/\bs-1-5-6\b|(?<!local |network |web |the )\bservice\b(?! (account|identity|start|unavail\w*|desk))/, /\b(why|remove\w*|leave out|omit|keep|drop|skip|needed|belong\w*|listed?|complete|missing|without|forget|exclude)\b/, /\blist\b|seimpersonateprivilege|\bright\b|keep service|microsoft|s-1-5-6/], /local service (have|has|need)|network service (have|has|need)|log on as|start|does (network|local)|which|printspooler|default holders/),

  // What the setting is, and where.
  rule('gpo-path', [/\bwhere\b|\bpath\b|\bclick path\b|\bnode\b|\bnavigate\b|\blocat\w*/, /user ?rights? assignment|gpedit|gpmc|localpolicy|computer configuration|group policy editor|\bright assignment\b/], /failed|freb|who/),
  rule('gpo-path', [/\bwhere\b|\bpath\b|\blocat\w*/, /\b(setting|policy|seimpersonateprivilege|right)\b/, /\bgpo\b|\bsetting\b|editor|windows|find|seimpersonateprivilege/], /freb|file|iis manager|which gpo|appear|inetmgr|from which|comes|defined for/),
  rule('possible-values', [/\bnot defined\b|\bundefined\b|\bpossible values\b|\bempty\b/, /\b(mean|setting|seimpersonateprivilege|right|difference|value|values|list|there|this)\b/], /folder|file|group|default|controller|iis_iusrs|export|gpttmpl|log/),
  rule('display-names', [/\b(german|french|spanish|japanese|chinese|korean|italian|portuguese|dutch|polish|czech|russian|swedish|turkish|other languages?|translat\w*|locali[sz]ed|deutsch\w*|allemand|fran[cç]ais|franz[oö]sisch|englisch|anglais|espa[nñ]ol|spanisch)(?![a-z])/, /\b(names?|nom|nombre|hei(ss|ß)t|hei(ss|ß)en|appelle|llama|called|call|words?|policy|setting|right|seimpersonateprivilege|reads?|state)\b/], /iis_iusrs|group/),
  rule('display-names', [/\bstate words?\b|\b(deaktiviert|aktiviert|activé|désactivé|habilitada|deshabilitada)\b|已启用|已禁用|無効|有効(?!に)/], /seimpersonateprivilege|bei/),
  rule('disabled-or-missing', [/\bdisable[sd]?\b|\bdeaktiviert\b|無効|désactivé|deshabilitada/, /whoami|seimpersonateprivilege|privilege|\bright\b|missing|state/], /iis_iusrs|freb|tracing|button|pool has been|gpo|unlink/),
  rule('gpo-path', [/gpttmpl/, /\bby hand\b|\bmanually\b|\bedit\b|\bwhere\b/]),
  rule('inf-syntax', [/\b(encoding|utf-?16\w*|utf-?8|unicode|findstr|select-string)\b/, /secedit|export|\binf\b|gpttmpl/]),
  rule('export-kinds', [/gpttmpl(\.inf)?|\bmerged ?policy\b|\/mergedpolicy/, /\b(missing|effective|difference|export|vs|or|what|bad|is|line|which)\b/], /path|edit by hand/),
  rule('export-kinds', [/\bline\b/, /\b(missing|not there|absent|no)\b/, /\b(export|inf|template|secedit)\b/]),
  rule('inf-syntax', [/\basterisk\b|\bstar\b|\*/, /\bsids?\b|s-1-5|inf|right|seimpersonateprivilege|account/], /\bpath\b/),
  rule('inf-syntax', [/\border\b/, /\bsids?\b/]),
  rule('inf-syntax', [/\b(format|syntax|look like|layout)\b/, /\b(inf|line|gpttmpl|template)\b/], /page|portal|site/),
  rule('right-history', [/\b(since (when|which)|when was|introduc\w*|first (windows|version)|exist\w*|support\w*|available|apply|applies)\b/, /\b(windows|xp|2000|server 20\d\d|version|seimpersonateprivilege|right|privilege)\b/], /gpo|user assign|impersonation allowed|effective|active|take|pool|removed|level|policies|policy|event|audit|log/),

  // Impersonation itself.
  rule('impersonation-levels', [/\b(identification|identify|delegation|delegate|anonymous|securit(y)?(anonymous|identification|impersonation|delegation)|tokenimpersonationlevel|impersonation(identify|impersonate|delegate|anonymous)|impersonation)\b/, /\b(levels?|tokenimpersonationlevel|difference|vs|securityidentification|securityimpersonation|securitydelegation|securityanonymous|dotnet|\.net|native|impersonation(identify|impersonate|delegate))\b/], /1346|80070542|required|without|lack|missing|errors?|fail\w*|\b500\b|kerberos|constrained|asp\.net impersonation|bad|web\.config|need/),
  rule('impersonation', [/\bimpersonat(e|ion|ing)\b/, /\b(mean|what is|more rights|less|restrict|expand|plain words|explain\w*|junior|concept|beginner|basics|simple)\b/], /right|privilege|level|seimpersonateprivilege|celebrity|role|elvis|exchange|web\.config|asp\.net|identity impersonate|1346/),
  rule('impersonation', [/\bimpersonation\b/, /\b(more|less|restrict|expand|narrow\w*|wider)\b/]),
  rule('impersonateloggedonuser', [/^\W*(what (is|does)|explain)? ?impersonateloggedonuser\b/]),
  rule('impersonation-allowed', [/\blogonuser\b|explicit credentials/, /need|right|privilege|impersonat|allowed|require/]),
  rule('impersonation-allowed', [/\b(without|conditions?|when|do (all |normal |ordinary |regular )?users?|circumstances)\b/, /\b(impersonat(e|es|ion)|seimpersonateprivilege)\b/, /\b(without (it|holding|having|the (right|privilege))|conditions?|allow\w*|users? (usually )?need|let)\b/], /what (happens|breaks|will)|who|break|effective/),
  rule('without-the-right', [/\b(what|which|where|stage|how)\b/, /\b(happen\w*|break\w*|errors?|effects?|consequence\w*|stage|symptoms?|appears?|result)\b/, /\b(without|lack\w*|missing|lost|absent|miss|not have|error appear)\b/, /\bright\b|seimpersonateprivilege|privilege|impersonat/], /gpo|mbam|log on|batch|export|iis_iusrs|fix|ignore|impersonateclient/),

  rule('reverttoself', [/\breverttoself\b|\brevert to self\b/]),
  rule('reverttoself', [/\b(stop|end|ends|finish|leave|quit)\b/, /\bimpersonat(ing|ion)\b/], /user ?right|gpo|level|hardening|stops? work/),
  rule('setthreadtoken', [/\bsetthreadtoken\b/]),

  // Danger and rules.
  rule('potato', [/\b\w*potato\w*\b|printspoofer|efspotato/, /seimpersonate|iis|attack|exploit|w3wp|pool|right|system|printspoofer|(juicy|rotten|rogue|god|sigma|sweet)\s?potato|mitigat\w*|service/], /salad|cook|recipe|soup|fries|mash|bake|dinner/),
  rule('potato', [/\b(attack\w*|escalat\w*|exploit\w*|pentest\w*|red team|web ?shell|got system)\b/, /\b(iis|web|pool|w3wp|shell|seimpersonateprivilege|escalat\w*)\b/, /seimpersonateprivilege|\bright\b|potato|pool|privilege/], /what can an attacker|how (can|could)/),
  rule('vulnerability', [/\b(abus\w*|risk\w*|danger\w*|hack\w*|attack\w*|exploit\w*|insecure|security (hole|issue|problem|risk)|vulnerab\w*|harmful|evil|misus\w*)\b/, /seimpersonateprivilege|\bright\b|impersonat|privilege/], /production|change|fix|gpo|other servers|adding|everyone/),
  rule('countermeasure', [/\bcountermeasures?\b/]),
  rule('countermeasure', [/\bmicrosoft\b/, /\b(recommend\w*|advise\w*|advice)\b/, /\brestrict\w*|lock/]),
  rule('potential-impact', [/\b(impact|break\w*|stop working|side effects?|consequence\w*)\b/, /\b(restrict\w*|lock\w* down|limit\w*|tighten\w*|countermeasure|remove accounts|four default\w*|only the four)\b/], /other servers|freb|tracing/),
  rule('cis-rule', [/\bcis\b|\bcis-?cat\b|\b2\.2\.3[123]\b|\bnessus\b/, /\b(impersonat\w*|seimpersonateprivilege|iis_iusrs|rule|benchmark|allow\w*|say\w*|ok|level|2\.2\.3[123]|right|finding|exception|flag\w*|audit)\b/], /\b500\b|broke\w*|since|sites?|down|after|css|fails? with http/),
  rule('stig-rule', [/\bstig\b|\bdisa\b|\bisso\b|\bwn(16|19|22|25)-ur|\bv-(63889|93071|205760|254503|225082|278253)\b/], /\b500\b|broke\w*|sites? |css|since|after/),
  rule('baseline-tools', [/\bhardeningkitty\b|\bpowerstig\b|\bansible-? ?lockdown\b/]),
  rule('baseline-tools', [/\b(which|what|does|who|do)\b/, /\b(tools?|hardening|baselines?|benchmarks?|products?)\b/, /\b(remov\w*|kill\w*|drop\w*|strip\w*|break\w*|contain\w*|include\w*|delete\w*|took)\b/, /iis_iusrs|\biis\b/], /event|css|500|site|now what|how (do|can|to)|fix/),

  // Events and tools.
  rule('event-scecli-1202', [/\bscecli\b|\bpolicies were propagated with warning\b/]),
  rule('events-was', [/\bwas\b.{0,12}\b(event )?(id )?(5002|5009|501[0-3]|502[12]|5057|5059)\b|\b(5002|5009|501[0-3]|502[12]|5057|5059)\b.{0,15}\bwas\b|\bevents? (id )?(5002|5009|501[0-3]|502[12]|5057|5059)\b/]),
  rule('events-was', [/\bpool\b/, /\b(stops|stopped|stopping|crash\w*|does ?n.?t start|not start|won.?t start|goes down)\b/, /\b503\b|\bimmediately\b|\bkeeps\b|\bitself\b|\bby itself\b|\bevery (hour|few)/], /right|after i (stop|add)|which right/),
  rule('events-was', [/\bpool\b/, /\bhas been disabled\b|\b(event|was) .*disable/], /how/),
  rule('audit-events', [/\baudit\w*\b/, /\bsubcategor\w*\b|\b470[45]\b/]),
  rule('event-4705', [/^\W*(security )?(event )?(id )?4705\W*$|\b4705\b/], /4704|4672|4673|4703/),
  rule('event-4704', [/^\W*(security )?(event )?(id )?4704\W*$|\b4704\b|a user right was assigned/], /4705/),
  rule('audit-events', [/\b(4672|4673|4703|4717|4718)\b/], /0x|error/),
  rule('audit-events', [/\b(events?|audit\w*|security log)\b/, /\bright\b|\brights\b|seimpersonateprivilege/, /\b(which|what|change\w*|show\w*|log|monitor|how)\b/], /generate security audits|seaudit|cis|auditor|who removed|removed|remover/),
  rule('impersonate-right', [/\b(dsc|powerstig|mdm|csp)\b/, /\bnames?\b|\bcsp\b/, /right|setting|seimpersonateprivilege/]),
  rule('tool-ntrights', [/\bntrights\b/]),
  rule('tool-carbon', [/\bcarbon\b/], /dioxide|copy|footprint/),
  rule('tool-lgpo', [/\blgpo(\.exe)?\b/]),
  rule('tool-whoami', [/\bwhoami\b/, /./], /disabled|deaktiviert|w3wp|worker|state words|how (to|do i|can i) see/),
  rule('tool-accesschk', [/\baccesschk\b/]),
  rule('tool-accesschk', [/\b(see|show|check|verify|list|view|inspect|look (at|into|inside)|find out|prove|dump)\b/, /\bw3wp\b|\bworker\b|\bpool\b/, /\b(token|privileges?|right)\b/], /whoami|identity type|sid|default/),
  rule('tool-secedit', [/\bsecedit\b/], /configure|import|import|undo|fix|add|back|restore|gpttmpl|mergedpolicy|line/),
  rule('tool-secedit', [/\b(export|dump|view|list|show|check|print|see|query|display|who (currently )?hold)\b/, /\b(user ?rights?|right|rights|seimpersonateprivilege)\b/, /\b(command ?line|cmd|now|current\w*|effective\w*|file|my server|this server|a server|server|the (box|machine|host)|export|dump)\b/], /default|w3wp|process|pool|should|supposed|normal|correct|standard|event|gpo|policy comes|expected|table|which (events|security)|what should|must|out of the box|many|all (web )?servers|\b\d\d+ servers|20\d\d|freb|member ?server|memberserver|standalone|domaincontroller|file server|workstation|look like/),
  rule('test-for-right', [/\b(other|many|all|several|multiple|more|\d+|which|fleet|whole farm|farm)\b/, /\bservers\b/, /\b(check|scan|find out|affected|have this|test|find|know|audit)\b/], /default|gpo (reach|affect|change)|change|adding|fix affect/),

  // Consequences.
  rule('blast-radius', [/\b(affect\w*|touch\w*|impact\w*|take down|takes? down|take \w+ \w+ down|go down|down|break\w*|change[s]?|influence\w*|reach\w*|hit)\b/, /\b(other|else|neighbou?r\w*|all) ?(sites?|servers?|pools?|changes?|apps?|applications?|systems?|machines?)?\b/, /\b(gpo|fix|adding|change|changing|edit\w*|stopping|restarting|stop|policy|reboot|sites affected)\b/], /since|which of|how (do|can) (i|we) (check|find|know)|know|restrict|hardening|iis_iusrs (is|was) removed|500|rights|tool/),
  rule('blast-radius', [/\brisk\w*\b|\bdangerous\b/, /\bproduction\b|\badding iis_iusrs\b|\bchange\b|\bgpo\b/], /seimpersonateprivilege itself/),
  rule('blast-radius', [/^\W*(are|will|do)\b/, /\bother (sites|servers|pools|apps)\b/, /\b(affected|down|break|suffer)\b/]),

  // Other rights and other faults.
  rule('impersonate-neighbours', [/\b(other|else|besides|more|additional|further)\b/, /\bright(s)?\b/, /\biis\b|hardening/, /\b(need\w*|take|lose|lost|break\w*|which|what)\b/], /servers|accounts?|default/),
  rule('right-debug', [/\bdebug(ging)? (programs?|privilege|right)\b/]),
  rule('right-deny-logon', [/\bdeny\b/, /\b(log|file) ?on\b|\blogon\b/, /\b(network|batch|service|local(ly)?|interactive|rdp|remote)\b/]),
  rule('right-network-logon', [/\bnetwork (log|file) ?on\b|\bnetwork logon\b/, /\bright\b|polic|gpo|missing|need/]),
  rule('right-service-logon', [/\bservice (log|file) ?on\b|\bservice logon\b/, /\bright\b|polic|gpo|missing|need/]),
  rule('right-interactive-logon', [/\b(interactive|local) (log|file) ?on\b|\b(interactive|local) logon\b/, /\bright\b|polic|gpo|missing|need/]),
  rule('right-batch-logon', [/(log|file) ?on as (a )?batch|batch ?logon/]),
  rule('double-hop', [/\bdouble[ -]?hop\b|\bconstrained delegation\b|\banonymous logon\b/]),
  rule('double-hop', [/\bkerberos\b|\bdelegation\b/, /\bdelegat\w*|\b(share|back ?end|sql|second server)\b/, /\bkerberos\b|\bcredentials\b|file ?server|share|back ?end|sql/], /kerberos-wrong/),
  rule('compare-1314-1346', [/\b1314\b|0x80070522/, /\b1346\b|0x80070542|this right|same|seimpersonateprivilege/]),
  rule('compare-500-24', [/\b500\.24\b/, /0x80070542|1346|\bright\b|2147943746|seimpersonateprivilege/]),
  rule('aspnet-impersonation', [/required impersonation level was not provided|bad impersonation level/, /exception|could not load|server error in|\bat [a-z]+\.[a-z]+\.|stack ?trace/], /system\.security|windowsidentity/),
  rule('aspnet-impersonation', [/\bidentity impersonate\b|impersonate ?= ?["']?true|asp\.net impersonation/], /500\.24/),
  rule('access-denied-share', [/\baccess (is )?denied\b|\bcannot (read|access|open)\b/, /\bshare\b|\\\\\\\\|\bunc\b|\bfile ?server\b/], /sql|\bdrives?\b/),
  rule('ndes', [/\bndes\b|\bscep\b|\bmscep|\/certsrv\b/]),

  // Proof.
  rule('no-guess', [/\bhow (do|can|could) (you|we|i) (know|tell|be (sure|certain))\b/, /\bright\b|\bcause\b|\bthis\b|\bit is\b/], /servers?|token|pool|export|template|effective|who|which/),
  // Everything runs, nothing is in the event logs, and http.sys answers all the same: somebody else has the URL.
  rule('httperr-no-site', [/\b503\b/, /state:started|\bpools?\b.{0,40}\b(started|running|up)\b/, /\bnetstat\b|\blistening\b|\bno (errors?|error messages?|messages?|events?|entries)\b/], /state:stopped|\b5002\b|\brapid/),
  rule('no-guess', [/\b(sure|certain\w*|confident|proof|prove|proven|confirm\w*|reliable|trust)\b/, /\b(you|log|one|diagnosis|this|it|need|file|freb|trace)\b/], /whoami|pool has|root|token|w3wp|verify the pool|meeting|certificate/),

  // Tracing.
  rule('freb-disable', [/\b(reboot\w*|recycl\w*|interrupt\w*|downtime|outage|sessions?)\b/, /\bfreb\b|\btracing( rules?)?\b/, /^\W*(does|do|will|is|can|would|must|and)\b/], /keeps|double|still|after (a|the|every)|why/),
  rule('freb-disable', [/\b(disable|turn(ed|ing)? (it )?off|switch(ed|ing)? (\w+ )?off|stop|deactivat\w*|off again|leave|keep|slow\w*|performance|overhead|impact)\b/, /\bfreb\b|\btracing\b/], /truncat|where|file (is )?cut|slow (request|page)|how (do|can) i (trace|capture)|not written|no file|only slow|enable .* slow/),
  rule('freb-compare', [/\bcompare\b|\bdifference between\b/, /\b(two|both|working|good)\b/, /\bfile\b|\btraces?\b|\bfreb\b/], /export|inf|gpo/),
  rule('freb-privacy', [/\b(you|frebot|bot)\b/, /\b(stored?|keep|safe|send|share|leak|see|privacy|gdpr|delete)\b/, /\bfile\b|\bdata\b|\bpasswords?\b/], /send (me|us|him|her|them)|where|how do i|trac(e|ing)|can you see|which/),
  rule('freb-slow', [/\b(slow\w*|takes? (too |very |so )?long|hang(s|ing)?|sluggish)\b/, /\b(sites?|pages?|requests?|iis|web ?sites?|web ?apps?|portal|intranet|application)\b/], /freb|tracing|turn|switch|cause|first request after|timetaken/),
  rule('freb-azure', [/\bfreb\b|\btracing\b|failed request/, /\bazure\b|\bapp service\b|\bkudu\b/]),
  rule('freb-open', [/\bfreb\.xsl\b|\bxsl\b|style ?sheet|plain xml|raw xml|\bcolou?rs?\b|formatt\w*/, /\bfreb\b|\bfr0+\w*|\btrac(e|ing)\b|xsl|xml/]),
  rule('freb-no-file', [/\bfreb\b|\btracing\b|\btrace\b|failedreqlogfiles|\bfr file\b|\bfr0+\w*/, /\b(no|nothing|empty|not|none|never|without|doesn'?t|isn'?t|leer)\b/, /\b(file|xml|written|created|generated|folder|produce\w*|appear\w*|empty|stored|directory|write|there|produced|made)\b/], /have|capture|size|truncat|enough|don'?t have|dont have|missing right/),
  rule('freb-size', [/\bmax(imum)?\b|\bhow many\b|\bkeeps? (only )?\d+/, /\bfreb\b|maxlogfiles|failedreqlogfiles/], /slow|time/),
  rule('freb-size', [/maxlogfilesizekb|log_file_max_size|\b(cut|truncat\w*|incomplete|too big|too large|max\w* (file )?size|size limit|512 ?kb?)\b/, /\bfreb\b|\btrac(e|ing)\b|\bfr0*\d*\b|maxlogfilesizekb|log_file_max/], /upload|body/),
  rule('freb-web-config', [/\btracefailedrequests\b|\btimetaken\b|\btracing\b|\bfreb\b/, /\bweb\.config\b|tracefailedrequests|\btimetaken\b/], /failurereason|time_taken|mean|what (is|does)/),
  rule('freb-verbosity', [/\bverbosity\b|\b(providers?|areas?)\b.{0,25}\b(tick|select|choose|trace|freb|need)\b|\bfreb areas?\b|\bwhich (providers|areas)\b/], /identity provider/),
  rule('freb-iis-manager', [/\biis manager\b|\binetmgr\b|\bgui\b/, /\bfreb\b|\btrac(e|ing)\b/]),
  rule('freb-powershell', [/\bpowershell\b|\bcmdlets?\b/, /\bfreb\b|\btracing\b/]),
  rule('freb-root', [/\b(triggerstatuscode|failurereason|time_taken|status_code|attributes? of failedrequest)\b/]),
  rule('freb-events', [/\b(module_set_response_error_status|file_cache_access_\w+|general_\w+|auth_(start|succeeded|failed)\w*|notify_module_\w+|user_set|url_cache_\w+)\b/], /0x80070542|2147943746|enable|level|tokenimp/),
  rule('freb-events', [/\bfreb\b|\btrace\b/, /\b(where|which|find|see|read|look)\b/, /\b(code|exception|reason)\b/], /enable|capture|verbosity/),
  rule('freb-events', [/\b(which|what) module\b/, /\b(fail\w*|errors?|broke|set|sends?|sent|500|responsible|guilty)\b/], /0x80070542|1346|load|install|missing/),
  rule('freb-events', [/\bfreb\b|\btrace\b/, /\b(which|what|where|explain|list of|mean)\b/, /\b(events?|lines?)\b/, /\b(error|failed|who|mean|shows?|explain|code|exception|events)\b/], /where (is|are) (the )?(file|freb)|folder|security|enable|level/),
  rule('freb-stages', [/\b(begin_request|authenticate_request|authorize_request|resolve_request_cache|map_request_handler|acquire_request_state|execute_request_handler|pre_execute_request_handler|release_request_state|update_request_cache|log_request|end_request|send_response|map_path)\b/], /80070542|1346|seimpersonateprivilege/),
  rule('freb-stages', [/\b(stages?|notifications?)\b/, /\bpipeline\b|\biis\b/], /phone|mail|error appear|push/),
  rule('wsus-pool', [/\bwsus ?pool\b/]),
  rule('httperr-no-site', [/(?<![a-z])n\/a(?![a-z])|\burl ?acl\b|\burl reservation/, /\b503\b|\bhttperr\b|\bhttp\.sys\b|\bport \d/]),
  rule('httperr', [/\bhttperr\b|\bhttp\.sys\b|\b(connection_(dropped|abandoned\w*)|timer_\w+|appoffline|queuefull|request_cancelled)\b|\bnever reach(es)? iis\b/]),
  rule('httperr', [/\b(nothing|no (entry|entries|lines?|record|trace)|not( even)?|never|missing|empty|nichts)\b.{0,24}\b(in|into|within|im)( the| my| our| any)? (iis|w3c|u_ex\w*|access|w3svc\w*|inetpub)\b/], /freb|failedreq|fr0/),
  rule('freb-where', [/\bwhere\b|\bfolder\b|\bdirectory\b|\bpath\b|\blocation\b|failedreqlogfiles/, /\bfreb\b|\bfr0\w*\b|failedreqlogfiles|failed request|\btraces?\b/], /enable|no |empty|not|click|nothing|error code|exception|which (line|event)|event|iis manager|how (do|can) i (get|make)|azure|setting|module|xsl|\bcode\b/),
  rule('freb-enable', [/\b(enable|hold|capture\w*|record\w*|collect\w*|make|get|install\w*|create|generate|start\w*|configur\w*|need|obtain|produce|want|click|rule)\b/, /\bfreb\b|\btracing\b|\btrac(e|es|ing) (only |just |all )?(for|of|500s?|errors|slow|fail\w*|the|requests?)|\bfail\w* requests?\b|\bfr0\w*/, /\b(how|steps?|where|want|need|pls|please|guide|enable|rule|install\w*|can|get|which)\b/], /where (are|is|do i find)|azure|verbosity|size|no file|empty|off|disable|mean|event|stages|code|line|what is freb|read|folder|directory|is (it|freb) (a )?proof/),
  rule('freb-enable', [/\b(trace|log|file|record|capture|see)\b/, /\bfail\w* requests?\b|\bfreb\b|which module/, /\b(iis|500|switch|tracing|detail|how|enable)\b/], /where|error code|event|understand|folder|mean|read/),

  // What it is.
  rule('impersonate-right', [/\bwhy (is|was) there\b|\bwhy (does|do|did) .{0,60}\b(exist|invent\w*|introduc\w*)/, /seimpersonateprivilege/]),
  rule('impersonate-right', [/\bwhat (does|is|can|do)\b|\bpurpose\b|\bwhy (does|do|would)\b/, /seimpersonateprivilege/, /\b(allow|permit|purpose|good for|used for|do|needed for|need)\b/], /\b(who|default|holders?|missing|without|list|attack|attacker|break|happen\w*|cis|stig|say|microsoft|disabled|recommend|gpo|accounts?|users?|group|fix|to do|what do i|fail|have to)\b/),

  // Who should hold it.
  rule('default-holders', [/\b(default|normal\w*|standard|usually|factory|out of the box|expected|supposed|correct|should|must|recommend\w*|typical\w*|vanilla|right list|belongs?|allowed)\b/, /\b(who|list|listed|lists|accounts?|groups?|members?|entries|principals?|be in|be under|in|into|is|does|users?|default)\b/, /seimpersonateprivilege|\bimpersonat(e|ion)\b/], /\b(fix|missing|lost|event|reboot|undo|why|harm\w*|safe|ok|0x\w+|500|restore|how to|happen\w*|where|gpo|add|whoami|levels?|attribute|level|called|conditions?|let)\b|disabled|2003|disagree|potato/),
  rule('default-holders', [/\b(local service|network service|localservice|networkservice|administrators)\b/, /\b(missing|gone|not (there|in|on)|absent|lacks?)\b/, /\blist\b|seimpersonateprivilege|impersonat/], /fix|event|pool|why/),
  rule('default-holders', [/\b(backup operators?|power users?|remote desktop users?|print operators?|server operators?|domain computers|iis apppool|defaultapppool)\b/, /seimpersonateprivilege|\bimpersonat(e|ion)\b/], /fix|event|why|sid/),
  rule('default-holders', [/\blist\b/, /seimpersonateprivilege/, /\b(need|give|want|send|print|correct|complete|full|official|hardening)\b/], /\b(export|now|current\w*|fix|missing|add|merge|remov\w*|template|still|undo|why|event|drop\w*|gpo)\b/),
  rule('default-holders', [/iis_iusrs/, /\bdefault\b/], /user rights?|language|fix|who put|gpo/),

  // Text for the owner of the GPO, and a stopgap: ways of the fix.
  rule('fix-impersonate', [/\b(text|letter|mail|change request|write|tell|wording|draft|ticket (text|for))\b/, /\b(gpo ?owner|ad team|domain team|securityteam|change request|gpo admins?|iis_iusrs|gpo)\b/], /jira|slack|template or|pull request|export/),
  rule('fix-impersonate', [/\bgpo\b|\bpolicy\b/, /\b(belongs? to|owned by|managed by|(an)?other (team|department|people|admins?)|not (mine|ours)|(no|not have) (rights?|access|permissions?) (to|on|for) (the |that )?gpo)\b/], /which|conflict|order|wins?/),
  rule('fix-impersonate', [/\b(temporary|temporarily|workaround|stopgap|stop-gap|meanwhile|until|tonight|interim|vacation|holiday|quick)\b/, /\bgpo\b|iis_iusrs|\bright\b|policy/], /css|since|admin/),
  rule('fix-impersonate', [/\b(add\w*|put|grant\w*|give|giving|assign\w*|restor\w*|return|insert|set|append|include|get)\b/, /iis_iusrs|seimpersonateprivilege|impersonat(e|ion)|\bthe right\b|default user rights/, /\b(how|steps?|powershell|script|secedit|back|via|with|fix|need|please|quick\w*|commands?|gpo|want|in|dsc|ansible|walk me|again|server core|one liner|what)\b/], /\b(does|do|is it|who|why|default|list of|still|undo|effective|when|was|event|otherwise|risk\w*|affect\w*|translated|service account|empty|member|called|name|setup|install\w*|should i|sid|playbook|merge|lgpo|already|after)\b/),
  rule('fix-impersonate', [/\bfix\b|\bwhat (to do|now|do (i|we) do|must (i|we) do)\b|\bhow to (get back|continue)\b|\brepair\w*|\bcure\b|\bget rid of\b/, /iis_iusrs|seimpersonateprivilege|0x80070542|80070542|\b1346\b|2147943746|bad[_]impersonation|impersonat(e|ion)|\bright\b/], /\b(still|does (the )?fix|break|affect|undo|roll|reboot|restart|who|500\.24|safe|text|is adding|1314)\b/),
  rule('fix-impersonate', [/\b(edit|change|correct|modify)\b/, /\bgpo\b|policy/, /iis_iusrs|impersonat|seimpersonateprivilege|\biis\b/, /\bhow|steps|where|so that\b/], /undo|reboot|else|affect|effective|order|greyed|cannot|can'?t/),
  rule('fix-impersonate', [/iis_iusrs/, /\b(missing|gone|kicked|lost|not (on|in) the list|removed)\b/, /\b(what (to do|now|do i)|now what|how|fix|put .*back|add)\b/], /\bwho\b|\bwhen (was|did)\b|which|event|happen|pools|break|tool|check|many|servers/),

  // Symptoms, wide: what is seen, since when.
  rule('symptom-impersonation', [idea.looks, idea.hardened, /\b(since|after|fail\w*|500|broke\w*|no|only|gone|looks?|lost|without|missing|started)\b/], /event|how (do|can|to)|which|fix|rule|put|add|mime|powershell|one liner|ansible|dsc/),
  rule('symptom-impersonation', [idea.looks, /\b500\b/, /\b(all|every\w*|each|only|but|ok|works|return\w*|gives?|come|text|with|pages?|html|alone|for)\b/], /\b500\.\d|asp\.net core|php|trac(e|ing)|script timeout|1346|0x8|502|how/),
  rule('symptom-impersonation', [idea.since, idea.hardened, /\b(500|broke\w*|down|fail\w*|dead|die|errors?|internal server error|not work\w*)\b/, /\b(sites?|iis|web\w*|portal|pages?|apps?|intranet|application|everything|all|http|500)\b/], /which|how|event|reboot|gpupdate|added|i fixed|fixed|i put|i changed|401|403|404|503/),
  rule('symptom-impersonation', [/\b(500|fail\w*|broke\w*|down|die)\b/, /\b(service accounts?|domain account|custom account|windows auth\w*)\b/, /\b(site|sites|pool|app|pools|websites|iis)\b/, /\b(only|rest|others?|one|since|while|hardening|all)\b/], /which|default|batch|why is only|kerberos/),
  rule('symptom-impersonation', [/\b(only|just|nur)( noch)? text\b|\bplain text\b|\bunformatted\b|\btext version\b|\bno layout\b|\bonly unformatted\b|\bnaked\b/, /\b(site|portal|page|web\w*|intranet|users|app|helpdesk)\b/], /mobile app|mail|password|http|transmitted|http/),
  rule('symptom-impersonation', [/\bmbam\b/]),
  rule('symptom-impersonation', [/required impersonation level was not provided/]),
];

/** The topic whose ideas the question joins. `text` is canonical; a table of contents, so nothing is guessed here. */
export function topicByRule(text: string): string | undefined {
  return rules.find((r) => r.all.every((p) => p.test(text)) && !r.none?.test(text))?.topic;
}

/** Every topic a rule leads to, for the test that compares them with the knowledge. */
export const ruleTopics: ReadonlySet<string> = new Set(rules.map((r) => r.topic));
