import { Html } from '../../adapters/web/html.js';

/** Markup made by a library that escapes, or by this build. */
export const raw = (markup: string): Html => new Html(markup);
