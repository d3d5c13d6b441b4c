import type { Html } from '../../adapters/web/html.js';

/** One answer at one door. */
export interface Drawn {
  markup: Html;
  /** Its size in the platform's own terms, in words. */
  size: string;
  /** The part of it that a limit is near, for "largest of all". */
  figure: number;
}
