import type { Express } from 'express';
import type { Answer } from '../../src/answer/answer.js';
import type { Desk, PublicPage } from '../../src/desk/desk.js';

const pages: readonly PublicPage[] = ['about', 'privacy', 'terms'];

/** Returns the path of a page that the app package names. */
export function pagePath(page: PublicPage): string {
  return `/teams/${page}`;
}

/**
 * Mounts the pages about Frebot, its privacy and its terms, which the app package names and anyone may read.
 * @param render makes a page of an answer
 */
export function mountPages(
  app: Pick<Express, 'get'>,
  desk: Pick<Desk, 'publicPage'>,
  render: (answer: Answer) => string,
): void {
  for (const page of pages) {
    app.get(pagePath(page), (_req, res) => {
      res.set({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
      res.type('html').send(render(desk.publicPage(page)));
    });
  }
}
