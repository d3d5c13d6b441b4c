/** Plain JSON that the watcher keeps by name: what was said about a folder, the last list of rights. */
export type Memo = string | number | boolean | null | Memo[] | { [key: string]: Memo };
