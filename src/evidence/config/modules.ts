import type { ObservationCollector } from '../gather.js';
import type { ConfigElement } from './config-tree.js';
import type { ConfigSection } from './sections.js';

/** Modules that every IIS has in its core, whatever is installed. */
const inCore = new Set([
  'staticfilemodule',
  'defaultdocumentmodule',
  'directorylistingmodule',
  'protocolsupportmodule',
]);

/** Adds which modules handlers and the modules section need, and for applicationHost.config those it does not register. */
export function observeModules(
  gather: ObservationCollector,
  sections: readonly ConfigSection[],
  isHost: boolean,
): void {
  const registered = new Set<string>();
  for (const { element, name } of entriesOf(sections, 'system.webServer/globalModules', 'add')) {
    registered.add(name.toLowerCase());
    gather.add('config.module-registered', name, { event: element.line, field: 'globalModules' });
    observeBitness(gather, element, element.attributes.image, name);
  }
  for (const { element, name } of entriesOf(sections, 'system.webServer/modules', 'add')) {
    const place = { event: element.line, field: 'modules' };
    if ((element.attributes.type ?? '') !== '') {
      registered.add(name.toLowerCase());
      if (isHost) gather.add('config.module-registered', name, place);
    } else {
      gather.add('config.module-used', name, place);
      if (isHost && !registered.has(name.toLowerCase())) gather.add('config.module-missing', name, place);
    }
  }
  for (const { element, name } of entriesOf(sections, 'system.webServer/handlers', 'add')) {
    observeBitness(gather, element, element.attributes.scriptProcessor, name);
    for (const module of moduleNames(element.attributes.modules ?? '')) {
      const place = { event: element.line, field: 'handlers' };
      gather.add('config.handler-module', module, place);
      const known = registered.has(module.toLowerCase()) || inCore.has(module.toLowerCase());
      if (isHost && registered.size > 0 && !known && module !== 'ManagedPipelineHandler')
        gather.add('config.module-missing', module, place);
    }
  }
}

/** A list of module names; what has another form stays whole, so that the gate sees all of it. */
function moduleNames(list: string): string[] {
  const names = list.split(',').flatMap((name) => name.trim() || []);
  return names.every((name) => /^[A-Za-z][\w.-]{0,79}$/.test(name)) ? names : [list];
}

function* entriesOf(
  sections: readonly ConfigSection[],
  path: string,
  entry: string,
): Generator<{ element: ConfigElement; name: string }> {
  for (const section of sections) {
    if (section.path !== path) continue;
    for (const element of section.element.children) {
      const name = element.attributes.name ?? '';
      if (element.name === entry && name !== '') yield { element, name };
    }
  }
}

/** A 32-bit DLL without `bitness32` is loaded by 64-bit worker processes too, which fail; and the other way round. */
function observeBitness(
  gather: ObservationCollector,
  element: ConfigElement,
  dll: string | undefined,
  name: string,
): void {
  const path = dll?.toLowerCase() ?? '';
  const wanted = /\bbitness(32|64)\b/.exec(element.attributes.preCondition ?? '')?.[1];
  const is32 = /\\syswow64\\|\\framework\\v|\(x86\)/.test(path);
  const is64 = /\\framework64\\/.test(path);
  if ((is32 && wanted !== '32') || (is64 && wanted !== '64'))
    gather.add('config.wrong-bitness', name, { event: element.line, field: element.name });
}
