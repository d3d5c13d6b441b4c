import { expect, it } from 'vitest';
import { ObservationCollector } from '../../src/evidence/gather.js';

it.each([
  ['decisive.notification', 'wanda'],
  ['request.verb', 'wanda'],
] as const)('a word that passed as free text is still judged by the shape of %s', (name, word) => {
  new ObservationCollector().add('event.message', word);
  const gather = new ObservationCollector();
  gather.add(name, word);
  expect(JSON.stringify(gather.observations)).not.toContain(word);
});
