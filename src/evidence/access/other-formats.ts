import { Columns, LogLine } from './columns.js';

/** A format in which IIS can write its log instead of W3C. Its lines have no heading, and no substatus. */
export interface OtherFormat {
  form: 'iis-format' | 'ncsa';
  columns: Columns;
  /** Returns the values of a line in the order of the columns; null for a line of another format. */
  split(line: string): string[] | null;
}

// Dates of both formats are in the local time of the server, so they are no `date` and `time`.
const iisColumns =
  'c-ip cs-username x-date x-time s-sitename s-computername s-ip time-taken cs-bytes sc-bytes sc-status sc-win32-status cs-method cs-uri-stem cs-uri-query';
const ncsaColumns = 'c-ip x-identity cs-username x-time cs-method cs-uri sc-status sc-bytes';

const formats: readonly OtherFormat[] = [
  {
    form: 'iis-format',
    columns: new Columns(iisColumns.split(' ')),
    split(line) {
      const values = line.split(/, ?/);
      if (values.length < 14 || !/^W3SVC\d{0,10}$/i.test(values[4]!)) return null;
      return /^[1-5]\d\d$/.test(values[10]!) && /^\d{1,10}$/.test(values[11]!) ? values : null;
    },
  },
  {
    form: 'ncsa',
    columns: new Columns(ncsaColumns.split(' ')),
    split: (line) =>
      /^(\S{1,100}) (\S{1,100}) (\S{1,200}(?: \S{1,100})?) \[(\d\d\/[A-Z][a-z]{2}\/\d{4}:[\d: +-]{8,20})\] "([A-Z]{3,20}) (\S{1,4000})(?: HTTP\/[\d.]{1,5})?" ([1-5]\d\d) (\d{1,15}|-)/
        .exec(line)
        ?.slice(1) ?? null,
  },
];

/** Returns the format of a line; undefined when it is in neither. */
export function otherFormatOf(line: string): OtherFormat | undefined {
  return line.length > 8000 ? undefined : formats.find((format) => format.split(line) !== null);
}

/** Returns the line with its columns; undefined when it is in another format. */
export function lineIn(format: OtherFormat, line: string, number: number): LogLine | undefined {
  const values = line.length > 8000 ? null : format.split(line);
  return values ? new LogLine(format.columns, values, number) : undefined;
}
