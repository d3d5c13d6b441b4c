import type { ObservationCollector } from '../gather.js';
import type { HostingFault } from '../vocabulary/config.js';
import type { ConfigSection } from './sections.js';

/** What each fault was read from. */
const faultFields: Record<HostingFault, string> = {
  'process-path-missing': 'aspNetCore/@processPath',
  'process-path-empty': 'aspNetCore/@processPath',
  'arguments-missing': 'aspNetCore/@arguments',
  'placeholder-left': 'aspNetCore/@processPath',
  'in-process-in-old-module': 'aspNetCore/@hostingModel',
  'hosting-model-unknown': 'aspNetCore/@hostingModel',
  'no-handler': 'aspNetCore',
};

/** Adds what keeps an ASP.NET Core application from starting, as far as its aspNetCore element shows it. */
export function observeHosting(gather: ObservationCollector, sections: readonly ConfigSection[]): void {
  const handlers = sections
    .filter((s) => s.path === 'system.webServer/handlers')
    .flatMap((s) => s.element.children)
    .filter((c) => c.name === 'add');
  const module = handlers.map((h) => h.attributes.modules ?? '').find((m) => /^AspNetCoreModule(?:V2)?$/i.test(m));
  for (const { path, element } of sections) {
    if (path !== 'system.webServer/aspNetCore') continue;
    const { processPath, arguments: args = '', hostingModel, stdoutLogEnabled } = element.attributes;
    const faults: (HostingFault | false)[] = [
      processPath === undefined && 'process-path-missing',
      processPath?.trim() === '' && 'process-path-empty',
      /(?:^|\\)dotnet(?:\.exe)?$/i.test(processPath ?? '') && args.trim() === '' && 'arguments-missing',
      /%LAUNCHER_(?:PATH|ARGS)%/i.test(`${processPath ?? ''} ${args}`) && 'placeholder-left',
      /^inprocess$/i.test(hostingModel ?? '') &&
        module?.toLowerCase() === 'aspnetcoremodule' &&
        'in-process-in-old-module',
      hostingModel !== undefined && !/^(?:inprocess|outofprocess)$/i.test(hostingModel) && 'hosting-model-unknown',
      module === undefined && 'no-handler',
    ];
    for (const fault of faults)
      if (fault) gather.add('config.hosting-fault', fault, { event: element.line, field: faultFields[fault] });
    if (stdoutLogEnabled?.toLowerCase() !== 'true')
      gather.add('config.hides-errors', 'stdoutLogEnabled false', { event: element.line, field: 'aspNetCore' });
  }
}
