import type { Aspect } from '../../knowledge/follow-up-schema.js';

const nearTo: Partial<Record<Aspect, Aspect>> = {
  scope: 'affected',
  affected: 'scope',
  recycle: 'restart',
  soon: 'restart',
  culprit: 'began',
  began: 'culprit',
  refused: 'who',
  lasting: 'prevent',
  also: 'compare',
  'told-back': 'still',
  'told-recycled': 'still',
  'told-list': 'told-checked',
  'told-default': 'told-account',
};

/** Returns the aspect whose answer comes nearest to that of another one: what says whom a fault hits says how far it reaches. */
export function nearAspect(aspect: Aspect): Aspect | undefined {
  return nearTo[aspect];
}
