import { describe, expect, it } from 'vitest';
import { findLanguage } from '../../src/questions/compose/find-language.js';
import { fold } from '../../src/questions/parse/words.js';

const spoken: Readonly<Record<string, readonly string[]>> = {
  de: [
    'Fehler 403.14',
    'Was ist IUSR?',
    'Wer darf das?',
    'Neustart nötig?',
    'Pool läuft nicht',
    'Der Pool hält immer wieder an',
  ],
  fr: [
    'erreur 403.14',
    "c'est quoi IUSR ?",
    'où est le journal ?',
    'faut-il rebooter ?',
    'le pool est arrêté depuis hier',
  ],
  es: ['¿qué es IUSR?', 'error 403 desde hoy', 'el pool no funciona', '¿reinicio?', 'quién tiene este derecho'],
};

describe('the language of a short question', () => {
  it.each(Object.entries(spoken).flatMap(([language, list]) => list.map((text) => ({ language, text }))))(
    'is $language: $text',
    ({ language, text }) => {
      expect(findLanguage(fold(text))).toBe(language);
    },
  );

  it.each([
    'error 500.19',
    'what does "Annehmen der Clientidentität nach Authentifizierung" mean',
    'is SERVICE RÉSEAU the same as NETWORK SERVICE',
    'a comment in web.config breaks the site',
    'IIS_IUSRS',
    'pool stopped',
    'is there a log of that by default',
  ])('is English, or cannot be told: %s', (text) => {
    expect(findLanguage(fold(text))).toBeUndefined();
  });
});
