import { readServerConfig } from '../config/xml-config.js';
import type { ObservationCollector } from '../gather.js';

/** A web.config beside a page is a few kilobytes, in characters. */
const longestConfig = 200_000;
/** Sections of modules that are installed by themselves: without the module IIS cannot read a file that has one. */
const addedSections = /^system\.webServer\/(aspNetCore|rewrite|httpPlatform|iisnode|farm|proxy)(?:\/|$)/;

/**
 * Adds what a web.config says that was pasted beside an error page: people show both together. The lines of the file are not
 * those of the page, so its facts carry none.
 */
export function observeConfigBeside(gather: ObservationCollector, text: string): void {
  const config = configIn(text);
  const reading = config === undefined ? null : readServerConfig('web.config', config);
  const added = new Set<string>();
  for (const { name, value, raw } of reading?.observations ?? []) {
    if (!name.startsWith('config.')) continue;
    gather.add(name, value as never, { field: 'web.config', ...(raw && { raw }) });
    const section = name === 'config.section-set' ? addedSections.exec(String(value))?.[1] : undefined;
    if (section && !added.has(section)) gather.add('config.added-section', section, { field: 'web.config' });
    if (section) added.add(section);
  }
}

/** The element of a web.config that stands in a text, from its start tag to its end tag. */
function configIn(text: string): string | undefined {
  const page = text.slice(0, longestConfig);
  if (/<(?:html|!doctype)[\s>]/i.test(page.slice(0, 4000))) return undefined;
  const root = /<(configuration|system\.webServer)[\s>]/.exec(page);
  if (!root) return undefined;
  const close = `</${root[1]}>`;
  const end = page.indexOf(close, root.index);
  return end < 0 ? undefined : page.slice(root.index, end + close.length);
}
