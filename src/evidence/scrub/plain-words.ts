import { foldAccents } from './readable.js';

/**
 * Words that messages, settings and paths have behind "password", "token" or "user" without naming one. Any other word there
 * is withheld: a list of secrets can never be complete, a list of what messages say can. Without accents, in small letters.
 */
const plainWords: ReadonlySet<string> = new Set(
  `
  a about above absent accept accepted access account accounts across action active activity actually add added address admin admins administrator
  administrators affected after again agent agents alias aliases all allow allowed alone already also always among an and annotation anonymous answer answers any api app appears
  application apppool are argument arguments array as ask asked asks asp asset assigned assignment at attached attempt attempted
  attempts attribute attributes audience authenticate authenticated authentication authority authorization auto available away back bad based basic be because been before behind
  being below besides between beyond binding blank block blocked body both box bridge broken browser buffer but by cache cached caching call called caller calls can cancelled cannot cant card
  carries case cert certificate change changed changes character characters check checked checks claim class clear clears client clients cleared closed code collection columns comes
  command config configuration configured conflicts confirm confirmation connect connected connection console contains content context control controller controls cookie cookies copy correct correctly could count create
  created creates creating creation credential credentials cryptography custom data database date debug decoded decrypted decryption default defined deferred delegation delete deleted denied deny department depends description design
  destination detail details did didnt differ different differs digest directory disabled disappears discovery display distribution do doc docs document documents does doesnt domain done dropped due duplicate during each edit edited
  effective either elevated else email empty enable enabled encrypted encryption end endpoint endpoints ends enter entered entries entry error errors even event events every exactly exchange exist
  exists expect expected expiration expire expired expires expiry explicit export extension external factory fail failed fails failure failures false fault feature features field fields file files filter filtered find first flag folder folders for forbidden
  forgot forgotten form format forms formatter found from full function gateway generate generated generation get gets give given gives global gone good granted group groups guard had handle handler
  handlers has hasnt hash hashes have having header headers held help helper here hint holder holds home host how html http https icon id identifier identity if ignored iis image images immediately impersonate impersonated impersonating impersonation
  import in inactive included includes incorrect index info information inherited input inside installation instead integration interface internal into invalid is isnt issue issued issuer it item items
  its itself job key keys keyset kind known language last later launch layout leaves legacy length less level library life lifetime like limit line link list lists load loads local locale location
  lock locked lockout log logged logging login logins logoff logon logons logout long lost machine mail main manage managed management manager managers manual many map mapping maps match
  matches matter may me means member members membership message method might migration missing mode model module more most must my name named names namespace native need needed needs negotiation
  network never new next no nobody none normally not note notice nothing notification now null number object objects obtained of off offered old on once one only open opens operation operator option options or order organization origin other
  our out over overview own owner owners package page pages parameter parameters part parts party pass passed passes path per permission permissions place please policies policy pool pools portal
  present prevents preview previous primary principal principals print private privilege privileges problem process processed processing processor product profile profiles project prompt prompts properties property protected protection protocol provided provider
  providers public put query queue rather raw read reader reading reads reason reauthenticate received recent record recovered recovery redirect reference refresh refreshed refused register registered registration registry rejected release remains remote
  remove removed rename renewal renewed repeat replace replaced replacement replay replication report reported request requested requests require required requirement requirements requires reset resets resolved resource
  resources response restart result results retrieval retrieve return returned returns revealed revoke revoked right rights role roles rotation route rule rules run running runs same saved save scheme schema scope scopes search section secure secured security see
  seems selected send sends sent separately serialization serializer server servers service services session sessions set sets setting settings setup several shape share shared short should show shown shows sign signature signed signing
  signout signup since single site sites size small so some source specific specified specifies stale standard start started starts state statement states static status stays step still stop stopped storage store stored stores strength string
  strong style such summary supplied support supported supports switch sync synced system table tag tampered task team template templates temporarily temporary tenant test tests text than that the theft their them then there these they thing this thread threads three through throws time timed timeout
  timestamp title to together token tokens too tool tools topic total trace true trust try trying turned twice type types ui unable unauthorized unavailable under unencrypted unexpected unknown unless unlock unlocked until
  unusable up update updated upload upon uri url urls usage use used user users uses using utilities utility valid validate validated validation validator value values vault verb verification verified verify version very via view views wait wants
  was wasnt we weak web were what when whenever where whether which while who whole whose why widget will window windows with within without wont work worker works would write writes writing wrong xml yes yet you your
  about blank bytes json javascript system32 inetpub wwwroot
  abgelaufen abgelehnt alt anderen auch auf aus bei bereits das dass dem den der des die durch ein eine einem einen einer erforderlich existiert fehlt falsch fur geandert gesetzt gesperrt gultig hat ich im ist kann kein
  keine konnte konnten leer mit muss nicht noch nur oder oben ob sein sich sie sind uber und ungultig unbekannt verweigert vom von war wenn werden wie wird wurde wurden zu zum zur
  acces apres au aux avec ce cette contre dans de du elle est et etre expire expiree fourni il incorrecte inconnu invalide la le les manquant mais n ne non nouveau obligatoire ou par pas plus pour que qui refuse
  requis sans son sur un une utilise valide vide
  al ano antiguo caducada caducado caducado como con correcta correcto cual de del desde ese el en es esta ha han incorrecta incorrecto introducida invalida invalido la las lo los muy nueva nuevo o obligatoria para
  pero por que requerida se segun ser si sin su tiene una usuario vacia valida y ya
  da das dos em nao nem no os uma della di e il lo non per scaduta errata een het niet of onjuist verlopen voor
  `
    .trim()
    .split(/\s+/),
);

/** Windows' own codes and small numbers tell nothing about a person. */
const plainNumber = /^(?:0x[0-9a-f]{1,8}|\d{1,3})$/i;
/** A name of the program: `SecurityTokenHandler`, `validateToken`. */
const programName = /^(?:\p{Lu}\p{Ll}{2,}){3,}$|^\p{Ll}{2,}(?:\p{Lu}\p{Ll}+){2,}$/u;

/** True for a word that messages have behind the name of a secret or a person. */
export function isPlainWord(word: string): boolean {
  const bare = word.replace(/[^\p{L}\p{N}]+$/u, '').replace(/['’]/g, '');
  if (bare.length < 3 || plainNumber.test(bare) || programName.test(bare)) return true;
  return foldAccents(bare)
    .toLowerCase()
    .split(/[_-]/)
    .every((one) => plainWords.has(one) || plainNumber.test(one));
}
