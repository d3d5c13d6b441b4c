/** The line of a configuration file that an error page points at. */
export interface ConfigSourceLine {
  line: number;
  /** Name of the element on that line; its attributes may hold secrets and stay behind. */
  element?: string;
}

const numbered = /^\s{0,20}(-?\d{1,6}):(?:\s|$)(.{0,400})/;

/**
 * Reads the numbered lines below "Config Source". IIS prints the failing line between its two neighbours; a page that
 * knows no line prints -1 and 0. Null when no line is shown.
 */
export function readConfigSource(text: string): ConfigSourceLine | null {
  const lines = text.split('\n');
  for (let i = 0; i + 2 < lines.length; i++) {
    const three = lines.slice(i, i + 3).map((line) => numbered.exec(line));
    const [first, middle, last] = three.map((found) => (found ? Number(found[1]) : Number.NaN));
    if (!(middle! > 0 && first === middle! - 1 && last === middle! + 1)) continue;
    const element = /^\s{0,200}<\/?([A-Za-z][\w.:-]{0,60})/.exec(three[1]![2]!)?.[1];
    return element ? { line: middle!, element } : { line: middle! };
  }
  return null;
}
