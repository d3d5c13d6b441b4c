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
        const found = /^(taken|left-out): ([\w\\.-]{1,120}) \(([^)]{1,80})\)/.exec(text);
        if (!found) continue;
        const name = found[1] === 'taken' ? 'collection.taken' : 'collection.left-out';
        gather.add(name, found[3]!, { event: number, field: found[1]! });
      }
      return true;
    },
  },
];
