import type { Message } from '../ports/message.js';
import type { ThreadState } from '../ports/store.js';

/** Why a message is for us: what may be said about it follows from this. */
export type Relevance =
  /** Mention, direct message, command: gets an answer whatever happens. */
  | 'addressed'
  /** Files nobody pointed out: an answer only if one proves to be evidence. */
  | 'overheard-files'
  /** Files the platform names but keeps to itself, named like evidence: one receipt a place and day. */
  | 'overheard-unreachable'
  /** A question in a thread Frebot is part of, plainly one it can answer. */
  | 'overheard-question'
  /** Lines pasted into a thread Frebot is part of, or a whole log anywhere: an answer only if they prove to be evidence. */
  | 'overheard-text'
  /** The next words of a person Frebot has asked what it was. */
  | 'overheard-reply'
  | 'none';

/**
 * Is this message for us? The one place that decides it, before anything is claimed: a twin delivery of a message that
 * was not for us must never have taken the claim of the one that is.
 * @param answerable whether a text is plainly a question that the knowledge answers
 */
export function judgeRelevance(
  message: Message,
  thread: ThreadState | undefined,
  answerable: (text: string, topic?: string) => boolean,
): Relevance {
  if (message.addressed) return 'addressed';
  if (thread?.muted) return 'none';
  if (message.files.length > 0) return 'overheard-files';
  if (message.unreachable?.some((file) => file.name !== null && isNamedLikeEvidence(file.name))) {
    return 'overheard-unreachable';
  }
  if (!thread?.joined) return holdsEvidence(message.text) ? 'overheard-text' : 'none';
  if (looksPasted(message.text)) return 'overheard-text';
  if (thread.asked === message.who && message.text.trim() !== '' && !isQuestion(message.text)) return 'overheard-reply';
  return answerable(message.text, thread.topic) ? 'overheard-question' : 'none';
}

/** Only for files whose bytes nobody gets to see: everything else is judged by content. */
export function isNamedLikeEvidence(name: string): boolean {
  return /^fr\d{6}.*\.xml$|\.(zip|inf|cfg|html?|log)$/i.test(name);
}

/** A text with the marks of a file in it: a FREB log, an export of user rights. Pasting one is dropping one. */
function holdsEvidence(text: string): boolean {
  return /<failedRequest\s/.test(text) || /^[ \t]*Se\w+(Privilege|Right)\s*=\s*\*S-1-/m.test(text);
}

/** Several lines, a fenced block, or a line in the form of a file: worth reading as evidence before it is taken for words. */
export function looksPasted(text: string): boolean {
  if (/```/.test(text)) return true;
  if (/^\s*</.test(text)) return true;
  if (/^[ \t]*Se[A-Z]\w+(Privilege|Right)\s*=/m.test(text)) return true;
  // A line of a W3C log: date and time, then words.
  if (/^\s*\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+ \S/.test(text)) return true;
  return text.trim().split('\n').length >= 3;
}

/** A text in the form of evidence, or too long for a question: reading it takes more than a moment. */
export function mayBeEvidence(text: string): boolean {
  return text.length > 300 || looksPasted(text);
}

/** Whether somebody asks rather than tells. Deliberately narrow: people talking to each other are left in peace. */
export function isQuestion(text: string): boolean {
  const line = text.trim();
  if (line.length === 0 || line.length > 300) return false;
  if (/<@|@\w/.test(line)) return false;
  return /[?？]$/.test(line) || /^(what|who|why|how|which|where|when|explain|and (on|for|in|with)\b)/i.test(line);
}
