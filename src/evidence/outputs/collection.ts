import { type CommandOutput, colonValues } from './output.js';

/** The manifest of a collection, as the script of `knowledge/collect.yaml` writes it: what it took, and what it could not. */
export const collectionOutputs: readonly CommandOutput[] = [
  {
    command: 'frebot collect',
    sign: /^\uFEFF?Frebot collection 1\s*$/m,
    kind: 'command-output',
    read(lines, gather) {
      const values = colonValues(lines);
      const elevated = values.get('elevated');
      if (!elevated) return false;
      gather.add('collection.elevated', elevated.value === 'yes', { event: elevated.number, field: 'elevated' });
      for (const { text, number } of lines) {
        const found = /^(taken|left-out): (?:[\w.-]{1,60}\\){0,4}([\w.-]{1,120}) \(([^()]{1,80})\)(?::|$)/.exec(text);
        if (!found) continue;
        const [, field = '', file = '', what = ''] = found;
        // Together: what is in parentheses may be private only by the word before them.
        const named = `${file} (${what})`;
        if (gather.scrub.text(named) !== named) continue;
        const name = field === 'taken' ? 'collection.taken' : 'collection.left-out';
        gather.add(name, what, { event: number, field });
      }
      return true;
    },
  },
];
