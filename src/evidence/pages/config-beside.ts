import { observeWebConfig } from '../config/xml-config.js';
import type { ObservationCollector } from '../gather.js';

/** A web.config beside a page is a few kilobytes, in characters. */
const longestConfig = 200_000;
/** Sections of modules that are installed by themselves: without the module IIS cannot read a file that has one. */
const addedSections = /^system\.webServer\/(aspNetCore|rewrite|httpPlatform|iisnode|farm|proxy)(?:\/|$)/;

/** Adds what a web.config says that was pasted beside an error page: people show both together. */
export function observeConfigBeside(gather: ObservationCollector, text: string): void {
  const config = configIn(text);
  if (config === undefined) return;
  const before = gather.observations.length;
  observeWebConfig(gather, config);
  const seen = new Set<string>();
  for (const { name, value, event } of gather.observations.slice(before)) {
    const added = name === 'config.section-set' ? addedSections.exec(String(value))?.[1] : undefined;
    if (added === undefined || seen.has(added)) continue;
    seen.add(added);
    gather.add('config.added-section', added, { event, field: 'web.config' });
  }
}

/** The element of a web.config that is in a text, below as many empty lines as are above it there. */
function configIn(text: string): string | undefined {
  const page = text.slice(0, longestConfig);
  if (/<(?:html|!doctype)[\s>]/i.test(page.slice(0, 4000))) return undefined;
  const root = /<(configuration|system\.webServer)[\s>]/.exec(page);
  if (!root) return undefined;
  const close = `</${root[1]}>`;
  const end = page.indexOf(close, root.index);
  if (end < 0) return undefined;
  return '\n'.repeat(page.slice(0, root.index).split('\n').length - 1) + page.slice(root.index, end + close.length);
}
