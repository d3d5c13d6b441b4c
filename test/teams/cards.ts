import { createRequire } from 'node:module';
import type * as AdaptiveCards from 'adaptivecards';

// The package's module entry does not load in Node; the bundle does, and needs no browser to parse.
const ac = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js') as typeof AdaptiveCards;

/** Returns what the Adaptive Cards SDK finds wrong with a card: unknown elements, bad values, missing properties. */
export function cardFaults(card: unknown): string[] {
  const context = new ac.SerializationContext(ac.Versions.v1_5);
  const parsed = new ac.AdaptiveCard();
  // The library counts the entries of a menu among the buttons, and would report more than five.
  parsed.hostConfig = new ac.HostConfig({ actions: { maxActions: 50 } });
  parsed.parse(card, context);
  const found: string[] = [];
  for (let i = 0; i < context.eventCount; i++) found.push(context.getEventAt(i).message);
  // Teams alone knows this element, and `elementsWithoutFallback` demands its fallback.
  const shown = cardElements(card).filter(
    (e) => String(e.type).startsWith('Action.') && e.title && e.mode !== 'secondary',
  );
  if (shown.length > 3) found.push(`${shown.length} buttons beside the menu`);
  const validation = parsed.validateProperties();
  return [
    ...found.filter((message) => !message.includes('CodeBlock')),
    ...validation.validationEvents.map((event) => event.message),
  ];
}

type Json = Record<string, unknown>;

/** Returns every element and action of a card in order, without fallbacks. */
export function cardElements(card: unknown): Json[] {
  const out: Json[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) walk(item);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const item = value as Json;
    if (typeof item.type === 'string') out.push(item);
    for (const [key, child] of Object.entries(item)) if (key !== 'fallback' && key !== 'data') walk(child);
  };
  walk(card);
  return out;
}

/** Element types that phones may not know, with the schema version that brought them. */
const newer: Record<string, string> = { CodeBlock: 'Teams', Table: '1.5', 'Action.Execute': '1.4' };
const old = new Set([
  'AdaptiveCard',
  'TextBlock',
  'RichTextBlock',
  'TextRun',
  'FactSet',
  'Container',
  'ActionSet',
  'Action.ToggleVisibility',
  'Action.OpenUrl',
  'TableRow',
  'TableCell',
]);

/** Returns the types of elements newer than schema 1.2 that have no fallback, and unknown types. */
export function elementsWithoutFallback(card: unknown): string[] {
  return cardElements(card)
    .filter((e) => !old.has(e.type as string))
    .filter((e) => !(newer[e.type as string] && typeof e.fallback === 'object'))
    .map((e) => String(e.type));
}

/** Returns all text of a card as one string, hidden parts included. */
export function cardText(card: unknown): string {
  const lines: string[] = [];
  const walk = (item: Json): void => {
    switch (item.type) {
      case 'RichTextBlock':
        lines.push(
          (item.inlines as (string | Json)[]).map((i) => (typeof i === 'string' ? i : String(i.text))).join(''),
        );
        return;
      case 'TextBlock':
        lines.push(String(item.text));
        return;
      case 'CodeBlock':
        lines.push(String(item.codeSnippet));
        return;
      case 'FactSet':
        for (const fact of item.facts as { title: string; value: string }[]) lines.push(`${fact.title} ${fact.value}`);
        return;
      case 'Table':
        for (const row of item.rows as { cells: { items: Json[] }[] }[])
          for (const cell of row.cells) cell.items.forEach(walk);
        return;
      case 'ActionSet':
        for (const action of item.actions as Json[]) lines.push(`[${String(action.title)}]`);
        return;
    }
    for (const child of (item.items ?? item.body ?? []) as Json[]) walk(child);
  };
  walk(card as Json);
  return lines.join('\n');
}
