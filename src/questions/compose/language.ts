import type { Answer } from '../../answer/answer.js';
import { findLanguage, type Language } from './find-language.js';

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
