import type { CollectBlock } from '../knowledge/collect-schema.js';
import { powershellArray, quotePowershell } from './powershell.js';

/** What a collection is made for. */
export interface CollectScope {
  /** The one site to collect from; all sites without it. */
  site?: string;
  pool?: string;
  /** How far back it reads. */
  hours: number;
}

/** How far back a collection reads when no time is known, in hours. */
export const collectHours = 24;

/**
 * Returns the script of `collect` for a case. It is one block, so that it runs as a file and can be pasted where scripts must be
 * signed.
 */
export function collectScript(blocks: Iterable<CollectBlock>, { site = '', pool = '', hours }: CollectScope): string {
  const body = [...blocks].map((block) =>
    block.script
      .replaceAll('@@site@@', () => quotePowershell(site))
      .replaceAll('@@pool@@', () => quotePowershell(pool))
      .replaceAll('@@hours@@', () => String(Math.round(hours)))
      .replaceAll('@@masks@@', () => maskTable(block.masks))
      .replaceAll('@@allow@@', () => allowTable(block.allow))
      .trimEnd(),
  );
  return ['# Reads only, and writes one zip. Parsed, not run by me.', '& {', ...body, '}'].join('\n');
}

function maskTable(masks: CollectBlock['masks']): string {
  const rows = masks.map(({ pattern, to }) => `  @(${quotePowershell(pattern)}, ${quotePowershell(to)})`);
  return `@(\n${rows.join(',\n')}\n)`;
}

function allowTable(allow: CollectBlock['allow']): string {
  const rows = Object.entries(allow).map(
    ([element, attributes]) => `  ${quotePowershell(element)} = ${powershellArray(attributes)}`,
  );
  return `@{\n${rows.join('\n')}\n}`;
}
