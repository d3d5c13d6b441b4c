import type { Html } from '../../adapters/web/html.js';

/** One answer at one door. */
export interface Drawing {
  markup: Html;
  /** Its size in the platform's own terms, in words. */
  size: string;
  /** The number that the platform limits, for finding the largest answer. */
  figure: number;
}
