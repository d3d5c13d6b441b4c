import type { ObservationCollector } from '../gather.js';

/** How a project file, a publish profile or `dotnet publish` names the platform. */
const platforms = [
  /<RuntimeIdentifiers?>\s{0,8}win[\d.]{0,4}-(x86|x64|arm64)\s{0,8}</i,
  /<Platform(?:Target)?>\s{0,8}(x86|x64)\s{0,8}</i,
  /\bpublish\b[^\n]{0,200}\s(?:-r|--runtime)[\s=]{1,4}win[\d.]{0,4}-(x86|x64|arm64)\b/i,
];

/** A project file beside a page is short, in characters. */
const longestText = 64_000;

/** Adds the platform that an application is published for, where people show that beside its page. */
export function observePublishBeside(gather: ObservationCollector, text: string): void {
  const page = text.slice(0, longestText);
  const found = platforms.map((platform) => platform.exec(page)).find((hit) => hit !== null);
  if (!found) return;
  const number = page.slice(0, found.index).split('\n').length;
  gather.add('application.platform', `published-${found[1]!.toLowerCase()}`, {
    event: number,
    field: 'platform',
    raw: found[0].trim(),
  });
}
