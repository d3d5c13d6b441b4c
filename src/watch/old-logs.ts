/** Logs of before the first look that are read. Older ones would say the same for minutes, and hold up what is new. */
export const mostOldLogs = 1000;

/** Remembers which logs of before the first look are left unread: they are not looked up again while they are there. */
export class UnreadLogs {
  readonly #names = new Set<string>();

  get count(): number {
    return this.#names.size;
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  add(name: string): void {
    this.#names.add(name);
  }

  /** Returns the names of the newest logs, as many as given, and leaves the others. */
  choose(names: readonly string[], most: number): string[] {
    const chosen = chooseOldLogs(names, most);
    const read = new Set(chosen);
    for (const name of names) if (!read.has(name)) this.#names.add(name);
    return chosen;
  }

  /** Forgets those that are gone. */
  keepOnly(here: ReadonlySet<string>): void {
    for (const name of this.#names) if (!here.has(name)) this.#names.delete(name);
  }
}

/**
 * Returns the names of the newest logs, as many as given, taken in turn from each folder of a site: one busy site does not hide
 * what the others have. IIS numbers the logs of a site, so no time has to be looked up.
 */
function chooseOldLogs(names: readonly string[], most: number): string[] {
  if (names.length <= most) return [...names];
  const folders = new Map<string, string[]>();
  for (const name of names) {
    const folder = name.slice(0, name.lastIndexOf('/') + 1);
    const here = folders.get(folder);
    if (here) here.push(name);
    else folders.set(folder, [name]);
  }
  const newestFirst = [...folders.values()].map((here) => here.sort((a, b) => numberOf(b) - numberOf(a)));
  const chosen: string[] = [];
  for (let turn = 0; chosen.length < most; turn++)
    for (const here of newestFirst) {
      const name = here[turn];
      if (name !== undefined && chosen.length < most) chosen.push(name);
    }
  return chosen;
}

function numberOf(name: string): number {
  return Number(/(\d+)\.xml$/i.exec(name)?.[1] ?? 0);
}
