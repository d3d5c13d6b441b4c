import type { ObservationCollector } from '../gather.js';
import type { HidingSetting } from '../vocabulary/config.js';
import type { ConfigElement } from './config-tree.js';
import type { ConfigSection } from './sections.js';

/** Adds the single settings that break requests or hide why they break. */
export function observeSettings(gather: ObservationCollector, sections: readonly ConfigSection[]): void {
  for (const { path, element } of sections) {
    const { attributes, line } = element;
    const hide = (setting: HidingSetting) =>
      gather.add('config.hides-errors', setting, { event: line, field: element.name });
    const is = (name: string, value: string) => attributes[name]?.toLowerCase() === value.toLowerCase();
    switch (path) {
      case 'system.web/identity':
        // The cause of 500.24 in Integrated mode, and another thing than the user right.
        if (attributes.impersonate !== undefined)
          gather.add('config.impersonate', is('impersonate', 'true'), { event: line, field: 'identity/@impersonate' });
        gather.countWithheld(attributes.userName);
        break;
      case 'system.webServer/validation':
        if (attributes.validateIntegratedModeConfiguration !== undefined)
          gather.add('config.validates-integrated-mode', is('validateIntegratedModeConfiguration', 'true'), {
            event: line,
            field: 'validation/@validateIntegratedModeConfiguration',
          });
        break;
      case 'system.web/deployment':
        if (is('retail', 'true')) hide('deployment retail');
        break;
      case 'system.webServer/httpRedirect':
        observeRedirect(gather, element);
        break;
      case 'system.web/customErrors':
        if (is('mode', 'On')) hide('customErrors On');
        break;
      case 'system.webServer/httpErrors':
        if (is('errorMode', 'Custom')) hide('errorMode Custom');
        if (is('existingResponse', 'Replace')) hide('existingResponse Replace');
        if (is('existingResponse', 'PassThrough')) hide('existingResponse PassThrough');
        break;
      case 'system.webServer/iisnode':
        if (is('devErrorsEnabled', 'false')) hide('iisnode devErrorsEnabled false');
        break;
      case 'system.webServer/modules':
        if (is('runAllManagedModulesForAllRequests', 'true'))
          gather.add('config.all-managed-modules', true, { event: line, field: 'modules' });
        break;
      case 'system.web/httpModules':
      case 'system.web/httpHandlers':
        if (element.children.some((c) => c.name === 'add'))
          gather.add('config.classic-entries', element.name === 'httpModules' ? 'httpModules' : 'httpHandlers', {
            event: line,
            field: element.name,
          });
    }
  }
  observeAuthentication(gather, sections);
  observeRequestLimits(gather, sections);
}

/** A redirect to a path without a host stays on the site; `childOnly` leaves out what is deeper than one level. */
function observeRedirect(gather: ObservationCollector, { attributes, line }: ConfigElement): void {
  const destination = attributes.destination ?? '';
  if (attributes.enabled?.toLowerCase() !== 'true' || attributes.childOnly?.toLowerCase() === 'true') return;
  if (/^\/(?!\/)/.test(destination))
    gather.add('config.redirects-below', destination, { event: line, field: 'httpRedirect/@destination' });
}

/** Adds the schemes that the file switches on and off, in file order. Of a scheme set twice the last place counts. */
function observeAuthentication(gather: ObservationCollector, sections: readonly ConfigSection[]): void {
  const schemes = new Map<string, ConfigElement>();
  for (const { path, element, location } of sections) {
    const scheme = /^system\.webServer\/security\/authentication\/(\w{1,60})Authentication$/.exec(path)?.[1];
    // Schemes of several paths are not a pair.
    if (scheme && location === '' && element.attributes.enabled !== undefined) schemes.set(scheme, element);
  }
  for (const state of ['true', 'false'] as const) {
    const names = [...schemes].filter(([, e]) => e.attributes.enabled?.toLowerCase() === state);
    if (names.length > 0)
      gather.add(
        state === 'true' ? 'config.authentication-on' : 'config.authentication-off',
        names.map(([name]) => name),
        { event: names[0]![1].line, field: 'authentication' },
      );
  }
}

/** What applies without a setting: 4 MB for ASP.NET, 30,000,000 bytes for IIS. */
const aspNetDefault = 4096 * 1024;
const iisDefault = 30_000_000;

/** Adds which of the two limits of a request's size is lower, where the file sets one of them in an ASP.NET application. */
function observeRequestLimits(gather: ObservationCollector, sections: readonly ConfigSection[]): void {
  const runtime = sections.find((s) => s.path === 'system.web/httpRuntime' && s.location === '');
  const filtering = sections.find((s) => s.path === 'system.webServer/security/requestFiltering' && s.location === '');
  const limits = filtering?.element.children.find((c) => c.name === 'requestLimits');
  const kilobytes = wholeNumber(runtime?.element.attributes.maxRequestLength);
  const bytes = wholeNumber(limits?.attributes.maxAllowedContentLength);
  if (!sections.some((s) => s.path.startsWith('system.web/'))) return;
  if (kilobytes === undefined && bytes === undefined) return;
  const aspNet = kilobytes === undefined ? aspNetDefault : kilobytes * 1024;
  const iis = bytes ?? iisDefault;
  // Limits that are set to fit each other are rounded in different units.
  if (Math.abs(aspNet - iis) <= Math.max(aspNet, iis) * 0.1) return;
  const lower = aspNet < iis ? 'aspnet-lower' : 'iis-lower';
  // A lower limit of IIS at its default only matters to those who raised the one of ASP.NET above it.
  if (lower === 'aspnet-lower' && bytes === undefined) return;
  const line = (limits && bytes !== undefined ? limits : runtime?.element)?.line;
  gather.add('config.request-limit', lower, {
    event: line,
    field: bytes === undefined ? 'maxRequestLength' : 'maxAllowedContentLength',
  });
  gather.add('config.request-limit-iis', sizeWords(iis, bytes === undefined));
  gather.add('config.request-limit-aspnet', sizeWords(aspNet, kilobytes === undefined));
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function sizeWords(bytes: number, byDefault: boolean): string {
  const size = bytes >= 1e6 ? `${Math.round(bytes / 104_857.6) / 10} MB` : `${Math.round(bytes / 1024)} KB`;
  return byDefault ? `${size} by default` : size;
}
