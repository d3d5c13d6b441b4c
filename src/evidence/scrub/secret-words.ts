import { foldAccents } from './readable.js';

/** Names of a password, in many languages. All texts are compared without accents. */
const passwords =
  "p[a@4](?:ss|\\$\\$)[ _.-]?(?:w[o0]?rds?|w\\*rd|wd|wort|worter|phrase|code|hash|key)|kennw[oö]rt(?:er)?|contrasen(?:a|na)|mot[ _-]{0,3}de[ _-]{0,3}passe|palavra[ -]passe|senha|wachtwoord|losenord|heslo|haslo|jelszo|parola(?: d['’]ordine)?|parola|parool|clave|sifre|mat khau|(?:kata )?sandi|lozinka|zaporka|slaptazodis|parole|salasona|lykilor[dð]|geslo|fjalekalimi|κωδικος(?: προσβασης)?|كلمة (?:المرور|السر)|رمز عبور|گذرواژه|סיסמה|סיסמא|passord|adgangskode|salasana|пароль|пароля|гасло|парола|лозинка|密码|密碼|口令|暗証番号|パスワード|비밀번호|암호|รหัสผ่าน|पासवर्ड|pwd|pswd?|p(?:ass)?wrd|pword|zugangsdaten|geheimnis|(?:user|usr|db|login|admin|root|sql|ftp|smtp|mail|proxy|my|master|wifi)[ _-]?pass";
/** Names of other proofs of identity, of which messages speak too. */
const proofs =
  '(?:one[ -]time|otp|pin|mfa|2fa|verification|recovery|backup)[ -]?codes?|security[ _-]answer|secret|(?:api|auth|access|account|private|encryption|decryption|shared|signing|subscription|master|license|session|functions?|hmac|jwt)(?:[ _:-]|__)?keys?|credentials?|token|ticket|signature';
/** Names that hold a secret only in front of a sign: a message about them goes on in words. */
const keysOnly =
  '(?:saml|samlart)(?:request|response)|viewstate|[cx]srf|arraffinity|aspnetcore\\.[\\w.]{1,60}|(?:encryption|password|hash)[ _-]?salt|(?:validation|machine)(?:[ _:-]|__)?keys?|cred(?:ential)?s?(?=\\W)|connection[ _-]?string|session[ _-]?id|jsessionid|phpsessid';

/** Words that name a secret anywhere in a key: `db_password`, `PGPASSWORD`, `MyClientSecret`. */
export const secretWords = foldAccents(`${passwords}|${keysOnly}|${proofs}`);
/** Those of them that messages speak of. */
export const spokenWords = foldAccents(`${passwords}|${proofs}`);
/** Words behind which a value may be without an equals sign: the names of passwords only. */
export const passwordWords = foldAccents(passwords);
/** Short words, which are parts of other words too: they count where a word begins, or with a capital letter inside one. */
export const shortWords = 'pass|pin|pw|sig|sid|otp|auth|nonce|salt|jwt|bearer';
/** Words that name a person. */
export const personWords =
  'user[ _-]?id|uid|upn|user[ _-]?(?:principal[ _-]?)?names?|author|users?|usr|login(?:[ _-]?name)?|logon[ _-]?(?:name|account)|account[ _-]?name|benutzer(?:name|kennung)?|utilisateur|usuario|gebruiker|utente|e-?mail|(?:display|first|last|full|given|middle|real|nick|family)[ _-]?name|surname|sam[ _-]?account[ _-]?name|employee[ _-]?id|(?:created|modified|changed|requested|approved|assigned|signed in|logged (?:in|on)|logged|registered)[ _-](?:by|to|as)|on behalf of|anzeigename|vorname|nachname|prenom|nom complet|nombre completo|apellidos?|cognome|имя|фамилия|氏名|姓名';
