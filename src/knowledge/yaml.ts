import { LineCounter, parseDocument } from 'yaml';

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

/** Parses YAML 1.2 without anchors or custom tags; throws KnowledgeError at the first syntax error. */
export function parseYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) throw new KnowledgeError(file, lines.linePos(problem.pos[0]).line, problem.message);
  return {
    file,
    value: document.toJS({ maxAliasCount: 0 }),
    fail(path, reason) {
      for (let depth = path.length; depth >= 0; depth--) {
        const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
        const range = (node as { range?: [number, number, number] } | null | undefined)?.range;
        if (range) throw new KnowledgeError(file, lines.linePos(range[0]).line, reason);
      }
      throw new KnowledgeError(file, 0, reason);
    },
  };
}
