import type { Answer } from '../../answer/answer.js';
import { segments } from '../parse/words.js';

/** A language that is asked in, besides English. */
type Language = 'de' | 'fr' | 'es' | 'ja' | 'zh';

/** Small words that no English question has. */
const smallWords: Readonly<Record<'de' | 'fr' | 'es', ReadonlySet<string>>> = {
  de: new Set(
    'ich wir ist nicht der das und wie warum wieso welche welcher wer kann muss nach bei für mit auf ein eine einen dem auch noch immer wird haben sind bedeutet'.split(
      ' ',
    ),
  ),
  fr: new Set(
    "je nous est les une pour avec pourquoi quel quelle quels qui dans sur après dois peut le la du au que quoi où c'est n'est d'un qu'est".split(
      ' ',
    ),
  ),
  es: new Set(
    'el los las una un por qué que cómo como cuál cuáles quién dónde está es del para después puedo debo tiene mi'.split(
      ' ',
    ),
  ),
};

/** The first line of an answer, and the name of the setting as Windows shows it in that language. */
const lines: Readonly<Record<Language, { label: string; line: string; named: string }>> = {
  de: { label: 'German', line: 'Ich antworte auf Englisch.', named: 'In deutschem Windows heißt die Einstellung „…“.' },
  fr: {
    label: 'French',
    line: 'Je réponds en anglais.',
    named: 'Dans Windows en français, le paramètre s’appelle « … ».',
  },
  es: { label: 'Spanish', line: 'Respondo en inglés.', named: 'En Windows en español, la directiva se llama «…».' },
  ja: { label: 'Japanese', line: '回答は英語です。', named: '日本語版 Windows での設定名は「…」です。' },
  zh: { label: 'Chinese (simplified)', line: '我用英文回答。', named: '在中文版 Windows 中，该设置名为“…”。' },
};

/** So many small words make a language. */
const enough = 2;
/** And so large a share of all words: an English question may quote a few. */
const share = 0.2;

/** Returns the language of a folded question; undefined for English and for what cannot be told. */
function findLanguage(folded: string): Language | undefined {
  if (/[\u3040-\u30ff]/.test(folded)) return 'ja';
  if (/[\u3400-\u9fff]/.test(folded)) return 'zh';
  const words = segments(folded);
  const counts = (['de', 'fr', 'es'] as const).map((language) => ({
    language,
    count: words.filter((word) => smallWords[language].has(word)).length,
  }));
  const best = counts.sort((a, b) => b.count - a.count)[0]!;
  return best.count >= Math.max(enough, share * words.length) ? best.language : undefined;
}

/**
 * Says first, in the language of the question, that the answer is English, and what the setting is called there.
 * @param names the rows of the setting's names: the language and its name
 * @param aboutRight whether the answer is about the setting
 */
export function withLanguageLine(
  answer: Answer,
  folded: string,
  names: readonly { label: string; value: string }[],
  aboutRight: boolean,
): Answer {
  const language = findLanguage(folded);
  if (language === undefined) return answer;
  const { label, line, named } = lines[language];
  const name = names.find((row) => row.label === label)?.value.split(' / ')[0];
  const text = aboutRight && name !== undefined ? `${line} ${named.replace('…', name)}` : line;
  return { ...answer, parts: [{ kind: 'text', id: 'language', keep: 'always', text }, ...answer.parts] };
}
