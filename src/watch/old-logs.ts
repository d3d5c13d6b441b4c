/** Logs of before the first look that are read. The older ones would say the same for minutes, and hold up what is new. */
export const mostOldLogs = 1000;

/**
 * Returns the names of the newest logs, as many as given, taken in turn from each folder of a site: one busy site does not hide
 * what the others have. IIS numbers the logs of a site, so no time has to be looked up.
 */
export function chooseOldLogs(names: readonly string[], most: number): string[] {
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
