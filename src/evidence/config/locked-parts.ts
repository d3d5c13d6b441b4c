import type { ObservationCollector } from '../gather.js';
import type { ConfigElement } from './config-tree.js';
import type { ConfigSection } from './sections.js';

/**
 * Parts of a section by their paths, as XPath writes them: `system.webServer/asp/@enableParentPaths` is an attribute,
 * `system.webServer/modules/clear` an element, `*` and `@*` are all of them.
 */

/** Entries of collections have keys: what one of them locks says nothing about the others. */
const entries = /^(?:add|remove|clear|error|rule|filter|mimeMap|site|preCondition)$/;

/** Only sections of IIS have locks that IIS keeps. */
const ofIis = (path: string) => path.startsWith('system.webServer/');

/** True for a section that the file sets for all that is below it. */
const reachesAll = ({ location }: ConfigSection) => location === '' || location === '.';

/** Adds what applicationHost.config locks inside of its sections, and what such a lock leaves open. */
export function observeLockedParts(gather: ObservationCollector, sections: readonly ConfigSection[]): void {
  for (const section of sections) if (ofIis(section.path) && reachesAll(section)) lock(section.element, section.path);

  function lock(element: ConfigElement, path: string): void {
    const add = (
      name: 'config.part-locked' | 'config.part-open',
      attribute: string,
      parts: readonly string[],
      prefix = '',
    ) => {
      for (const part of parts)
        gather.add(name, `${path}/${prefix}${part}`, {
          event: element.line,
          field: attribute,
          raw: element.attributes[attribute],
        });
    };
    const { lockItem, lockAttributes, lockAllAttributesExcept, lockElements, lockAllElementsExcept } =
      element.attributes;
    if (lockItem === 'true')
      gather.add('config.part-locked', path, { event: element.line, field: 'lockItem', raw: 'true' });
    add('config.part-locked', 'lockAttributes', namesIn(lockAttributes), '@');
    add('config.part-locked', 'lockElements', namesIn(lockElements));
    if (lockAllAttributesExcept !== undefined) {
      add('config.part-locked', 'lockAllAttributesExcept', ['*'], '@');
      add('config.part-open', 'lockAllAttributesExcept', namesIn(lockAllAttributesExcept), '@');
    }
    if (lockAllElementsExcept !== undefined) {
      add('config.part-locked', 'lockAllElementsExcept', ['*']);
      add('config.part-open', 'lockAllElementsExcept', namesIn(lockAllElementsExcept));
    }
    for (const child of element.children) if (!entries.test(child.name)) lock(child, `${path}/${child.name}`);
  }
}

/** Adds the attributes and elements that a web.config sets, each once. */
export function observeSetParts(gather: ObservationCollector, sections: readonly ConfigSection[]): void {
  const seen = new Set<string>();
  const add = (part: string, element: ConfigElement) => {
    if (seen.has(part) || !gather.hasRoom(seen.size, 'settings')) return;
    seen.add(part);
    gather.add('config.part-set', part, {
      event: element.line,
      field: part.slice(part.lastIndexOf('/') + 1).replace('@', ''),
    });
  };
  const visit = (element: ConfigElement, path: string): void => {
    for (const name of Object.keys(element.attributes))
      if (/^[A-Za-z]{1,60}$/.test(name)) add(`${path}/@${name}`, element);
    for (const child of element.children) {
      const part = `${path}/${child.name}`;
      add(part, child);
      if (!entries.test(child.name)) visit(child, part);
    }
  };
  for (const { path, element } of sections) if (ofIis(path)) visit(element, path);
}

/** Names are joined by commas; one with another alphabet is none. */
function namesIn(list = ''): string[] {
  return list.split(/[\s,]+/).filter((name) => name === '*' || /^[A-Za-z]{1,60}$/.test(name));
}
