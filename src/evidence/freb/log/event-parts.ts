/** What one event holds. */
export interface EventParts {
  name: string;
  provider: string;
  /** 0 General … 5 Verbose; -1 when not readable. */
  level: number;
  /** ISO text of TimeCreated, empty when absent. */
  time: string;
  /** The bits of the area, in hexadecimal as written: `0x100`. */
  keywords: string;
  computer: string;
  processId: string;
  /** `Data` by name, in file order; the first of a repeated name counts. */
  data: Map<string, string>;
  /** `freb:Description` by the field it describes. */
  descriptions: Map<string, string>;
}

/** Returns the parts of an event that holds nothing. */
export function emptyParts(): EventParts {
  return {
    name: '',
    provider: '',
    level: -1,
    time: '',
    keywords: '',
    computer: '',
    processId: '',
    data: new Map(),
    descriptions: new Map(),
  };
}
