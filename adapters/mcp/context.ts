import type { Desk } from '../../src/desk/desk.js';
import type { Details } from './answer-details.js';
import type { ReadableFolders } from './readable-folders.js';

/** What the tools and resources of one connection share. */
export interface McpContext {
  /** Called without a caller: nothing is stored, and no case begins. */
  desk: Desk;
  details: Details;
  folders: ReadableFolders;
}
