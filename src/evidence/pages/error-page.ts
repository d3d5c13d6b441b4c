import type { Reading } from '../evidence.js';
import { readBarePage } from './bare-page.js';
import { readHttpResponse } from './http-response.js';
import { readIisErrorPage } from './iis-page.js';
import { readScriptPage } from './script-page.js';

/**
 * Reads an error page, saved as HTML or copied as text, whole or in part. The page that says most is asked first: IIS's
 * detailed page, then those of applications, then pages without details. Null when the text is not a page.
 */
export function readErrorPage(file: string, text: string): Reading | null {
  return (
    readIisErrorPage(file, text) ??
    readScriptPage(file, text) ??
    readHttpResponse(file, text) ??
    readBarePage(file, text)
  );
}
