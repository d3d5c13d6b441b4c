import type { Answer, Part } from '../answer/answer.js';

/** Returns a post whose summary is its title as a sentence. Posts have neither buttons nor sources. */
export function createPost(title: string, parts: Part[]): Answer {
  return { title, summary: `${title}.`, parts, actions: [], sources: [] };
}
