import { type Document, type ErrorCode, LineCounter, parseDocument } from 'yaml';

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

/** A parsed file that still knows the line of each value. */
export interface YamlFile {
  file: string;
  value: unknown;
  /** Throws the mistake at the line of the value under `path`, or of its nearest existing parent. */
  fail(path: Path, reason: string): never;
}

/** One entry and its place, so that a later check can still name file and line. */
export interface Entry<T> {
  value: T;
  yaml: YamlFile;
  path: Path;
}

/** Plain words for the usual mistakes in YAML, instead of the parser's. */
const plainMistakes: Partial<Record<ErrorCode, string>> = {
  BLOCK_AS_IMPLICIT_KEY: 'a text with a colon in it has no quotes; put the whole text in quotes',
  TAB_AS_INDENT: 'YAML is indented with spaces, not with tabs',
  DUPLICATE_KEY: 'this key stands twice in the same place',
};

/** Parses one YAML 1.2 document; throws KnowledgeError at the first syntax error. */
export function parseYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [mistake] = document.errors;
  if (mistake)
    throw new KnowledgeError(
      file,
      lines.linePos(mistake.pos[0]).line,
      plainMistakes[mistake.code] ?? firstLine(mistake.message),
    );
  return {
    file,
    value: document.toJS({ maxAliasCount: 0 }),
    fail(path, reason) {
      throw new KnowledgeError(file, lineOf(document, lines, path), reason);
    },
  };
}

function firstLine(text: string): string {
  return text.split('\n')[0]!;
}

function lineOf(document: Document, lines: LineCounter, path: Path): number {
  for (let depth = path.length; depth >= 0; depth--) {
    const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    const range = (node as { range?: [number, number, number] } | null | undefined)?.range;
    if (range) return lines.linePos(range[0]).line;
  }
  return 0;
}
