import type { Answer } from '../../answer/answer.js';
import { clipText } from '../../answer/parts.js';
import { createPost } from '../say-post.js';

/** Returns an answer that also says which watcher reports it. */
export function addWatcher(answer: Answer, watcher: string): Answer {
  const from = { kind: 'text', id: 'watcher', keep: 'normal', text: `The watcher ${watcher} reports this.` } as const;
  return { ...answer, parts: [...answer.parts, from] };
}

/** Says that a watcher gives no sign of life, so that its silence means nothing. */
export function watcherSilentPost(watcher: string): Answer {
  const text =
    "I haven't heard from it for fifteen minutes. Until it's back, no news from its server isn't good news. Is the server up, is frebot watch running there, and can it reach me?";
  return createPost(`The watcher ${clipText(watcher, 60)} is silent`, [
    { kind: 'text', id: 'silent', keep: 'always', text },
  ]);
}

/** Says that a watcher is heard again. */
export function watcherBackPost(watcher: string): Answer {
  const text = "It's now sending what it found in the meantime.";
  return createPost(`The watcher ${clipText(watcher, 60)} is back`, [
    { kind: 'text', id: 'back', keep: 'always', text },
  ]);
}
