/** Columns that name people, their addresses or what they sent: never shown, only counted. */
const withheldColumns = /^(c-ip|cs-username|cs-uri-query|cs\((?!host\)|user-agent\)).+\)|sc\(.+\)|x-.*|rs\(.+\))$/i;

/** W3C logs have 22 standard columns; even with custom ones none has a hundred. */
export const mostColumns = 100;

/** The columns of a log as a `#Fields:` line names them, looked up once for all lines below it. */
export class Columns {
  readonly #places = new Map<string, number>();
  /** Whether the values of a column stay behind, by place. */
  readonly withheld: readonly boolean[];

  /** @param names in the order of the line, in lower case */
  constructor(names: readonly string[]) {
    const known = names.slice(0, mostColumns);
    known.forEach((name, i) => {
      if (!this.#places.has(name)) this.#places.set(name, i);
    });
    this.withheld = known.map((name) => withheldColumns.test(name.slice(0, 200)));
  }

  get count(): number {
    return this.withheld.length;
  }

  /** Place of a column, -1 when the log does not have it. */
  place(name: string): number {
    return this.#places.get(name) ?? -1;
  }
}

/** One line of a log with its columns by name, as the last `#Fields:` above it says. */
export class LogLine {
  readonly #columns: Columns;
  readonly #values: readonly string[];
  /** 1-based number of the line in the file. */
  readonly number: number;

  constructor(columns: Columns, values: readonly string[], number: number) {
    this.#columns = columns;
    this.#values = values;
    this.number = number;
  }

  /** The value of a column; undefined when the log has no such column or it says `-`. */
  get(name: string): string | undefined {
    const at = this.#columns.place(name);
    const value = at < 0 ? undefined : this.#values[at];
    return value === '-' || value === '' ? undefined : value;
  }

  int(name: string): number | undefined {
    const value = this.get(name);
    return value !== undefined && /^\d{1,10}$/.test(value) ? Number(value) : undefined;
  }

  /** UTC time, ISO 8601: IIS writes W3C logs in UTC. */
  time(): string | undefined {
    const stamp = `${this.get('date') ?? ''}T${this.get('time') ?? ''}Z`;
    return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(stamp) ? stamp : undefined;
  }

  /** The column that holds the path: W3C logs have one of their own, httperr logs write the query behind it. */
  pathField(): string {
    return this.get('cs-uri-stem') === undefined ? 'cs-uri' : 'cs-uri-stem';
  }

  /** How many values of this line stay behind. */
  withheld(): number {
    let count = 0;
    const { withheld } = this.#columns;
    for (let i = 0; i < withheld.length && i < this.#values.length; i++)
      if (withheld[i] && this.#values[i] && this.#values[i] !== '-') count++;
    // httperr logs have the query inside the URL.
    if (this.get('cs-uri')?.includes('?')) count++;
    return count;
  }
}

/** Path of a request without its query. */
export function requestPath(line: LogLine): string | undefined {
  return line.get('cs-uri-stem') ?? line.get('cs-uri')?.split('?')[0];
}

/** Win32 1346 in the ways a log can write it: the code, its HRESULT, the NTSTATUS behind it. */
export function isImpersonationCode(code: number | undefined): boolean {
  return code === 1346 || code === 0x80070542 || code === 0xc00000a5;
}
