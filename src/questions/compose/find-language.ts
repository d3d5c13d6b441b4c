import { segments } from '../parse/words.js';

/** A language that is asked in, besides English. */
export type Language = 'de' | 'fr' | 'es' | 'ja' | 'zh';

type Latin = 'de' | 'fr' | 'es';

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Words of a language that none of the others has, the small ones and those that short questions about IIS are made of. */
const words: Readonly<Record<Latin | 'en', ReadonlySet<string>>> = {
  de: wordsOf(
    'ich wir ist nicht der das und wie warum wieso welche welcher welches wer wo wann woher kann muss darf soll nach bei für mit auf ein eine einen dem den auch noch immer wird haben sind bedeutet heißt dasselbe seit gestern heute fehlt fehler recht rechte brauche brauchen braucht neustart startet liegen liegt steht geht gibt dienst gruppe richtlinie konto zurück bekomme bekommt meldet kommt tun was von zeigt ohne keine kein nur aus kennwort pfad ordner zugriff ereignis benutzerrecht anwendungspool standardwert einer einem oder werden finde verweigert bitte',
  ),
  fr: wordsOf(
    "je nous les une pour avec pourquoi quel quelle quels quelles qui dans sur après dois doit peut le au que quoi où c'est n'est d'un qu'est ce ces cette ne pas sont faut veut droit droits manque erreur matin hier depuis redémarrer démarre groupe stratégie compte journaux signifie marche trouve et sans par il serveur mon fichier défaut chemin lequel ils sous explique vide demandes événement mise",
  ),
  es: wordsOf(
    'el los las una un por qué que cómo como cuál cuáles quién dónde está están es para después puedo debo tiene mi la hay este esta desde ayer hoy falta derecho derechos significa grupo cuenta directiva registros reiniciar arranca funciona servidor devuelvo con al sin puede muestra ruta acceso usuario carpeta sesión configuración servicio nada nuestro lo inicio registro sitio solo pide agregar quitar',
  ),
  en: wordsOf(
    'the is are was were what why how where who when which does do did can could should must my our we i you it its to of and not with for from after before has have this that there any as by',
  ),
};

/** Letters and signs that only one of them is written with. */
const signs: Readonly<Record<Latin, RegExp>> = { de: /[äöüß]/, fr: /[çœèêûîô]|\b[cdjlnqs]'[a-zéêàœ]/, es: /[¿¡ñ]/ };

/** What is quoted is in the language of a server, not of the asker. */
const quoted = /["„“«][^"”“»]*["”“»]/g;

/** Words of a language that are enough in any text; in a text of at most `fewWords` one is enough. */
const enough = 2;
const fewWords = 7;
/** Their least share of all words, because an English question may quote a few. */
const share = 0.2;

/** Returns the language of a folded question; undefined for English and for what cannot be told. */
export function findLanguage(folded: string): Language | undefined {
  if (/[\u3040-\u30ff]/.test(folded)) return 'ja';
  if (/[\u3400-\u9fff]/.test(folded)) return 'zh';
  const own = folded.replace(quoted, ' ');
  const all = segments(own);
  const count = (language: Latin | 'en') => all.filter((word) => words[language].has(word)).length;
  const [best] = (['de', 'fr', 'es'] as const)
    .map((language) => ({ language, count: count(language) + Number(signs[language].test(own)) }))
    .sort((a, b) => b.count - a.count);
  const least = all.length <= fewWords ? 1 : Math.max(enough, share * all.length);
  return best!.count >= least && best!.count > count('en') ? best!.language : undefined;
}
