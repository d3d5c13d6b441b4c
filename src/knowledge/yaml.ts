import { createRequire } from 'node:module';
import { load, YAMLException } from 'js-yaml';

/** A mistake in `knowledge/`: which file, which line (1-based, 0 when the file as a whole is meant), and why. */
export class KnowledgeError extends Error {
  readonly file: string;
  readonly line: number;
  readonly reason: string;

  constructor(file: string, line: number, reason: string) {
    super(line > 0 ? `${file}:${line}: ${reason}` : `${file}: ${reason}`);
    this.name = 'KnowledgeError';
    this.file = file;
    this.line = line;
    this.reason = reason;
  }
}

export type Path = readonly PropertyKey[];

/** A parsed file that can still say on which line a value stands. */
export interface YamlFile {
  file: string;
  value: unknown;
  /** Throws the mistake at the line of the value under `path`, or of its nearest existing parent. */
  fail(path: Path, reason: string): never;
}

/** One entry and where it stands, so that a later check can still name file and line. */
export interface Entry<T> {
  value: T;
  yaml: YamlFile;
  path: Path;
}

/**
 * Parses one YAML 1.2 document; throws KnowledgeError at the first syntax error.
 * js-yaml reads, because it takes a quarter of the time at start-up; `yaml`, which keeps positions, is asked for the
 * line only once something is wrong.
 */
export function parseYaml(file: string, text: string): YamlFile {
  let value: unknown;
  try {
    value = load(text, { maxAliases: 0 });
  } catch (error) {
    const mark = error instanceof YAMLException ? error.mark : undefined;
    const reason = error instanceof YAMLException ? error.reason : String(error);
    throw new KnowledgeError(file, mark ? mark.line + 1 : 0, reason);
  }
  return {
    file,
    value,
    fail(path, reason) {
      throw new KnowledgeError(file, lineOf(text, path), reason);
    },
  };
}

function lineOf(text: string, path: Path): number {
  const { LineCounter, parseDocument } = createRequire(import.meta.url)('yaml') as typeof import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  for (let depth = path.length; depth >= 0; depth--) {
    const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    const range = (node as { range?: [number, number, number] } | null | undefined)?.range;
    if (range) return lines.linePos(range[0]).line;
  }
  return 0;
}
