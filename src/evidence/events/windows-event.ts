/** One Windows event, whatever form it was posted in. A field that the form does not carry is missing. */
export interface WindowsEvent {
  /** 1-based, in file order. */
  number: number;
  /** Missing where only the text of the event was pasted. */
  id?: number;
  /** As the form names it: `Microsoft-Windows-WAS`, `W3SVC-WP`, `ASP.NET 4.0.30319.0`. */
  provider: string;
  /** To the second, ISO 8601: with `Z` in UTC, without it in the local time of a text. */
  time?: string;
  /** The log it was written to: `System`, `Microsoft-Windows-NTLM/Operational`. */
  channel?: string;
  computer?: string;
  data: Map<string, string>;
  /** Values of fields without a name, in order: classic events. */
  plain: string[];
  /** The binary data of a classic event as hexadecimal digits; WAS and W3SVC put an error number there. */
  binary?: string;
  /** The sentence, where the form holds it. */
  message?: string;
  /** Known by its words alone: the text holds neither provider nor number. */
  headless?: true;
}

/** No event that Windows writes has a longer text; what is longer is not searched. In characters. */
const longestMessage = 16_000;

/** Returns everything an event says in words, for looking up codes and names in it. */
export function wordsOf(event: WindowsEvent): string {
  return [event.message ?? '', ...event.data.values(), ...event.plain].join('\n').slice(0, longestMessage);
}

/** Returns a field by one of its names, or by its place where the fields have no names. Empty values count as missing. */
export function fieldOf(event: WindowsEvent, names: readonly string[], place?: number): string | undefined {
  for (const name of names) {
    const value = event.data.get(name)?.trim();
    if (value) return value;
  }
  const value = place === undefined ? undefined : event.plain[place]?.trim();
  return value === '' ? undefined : value;
}

/** Sources that had other names before Windows Server 2008, and the log that people name for its one provider. */
const formerNames: Readonly<Record<string, string>> = {
  kerberos: 'security-kerberos',
  http: 'httpevent',
  security: 'security-auditing',
};

/**
 * Returns a provider's name as tables and people shorten it, in lower case: without `Microsoft-Windows-`, without `IIS-`
 * before a service, without a version, and every instance of SQL Server as `mssqlserver`.
 */
export function shortProvider(provider: string): string {
  const name = provider
    .trim()
    .toLowerCase()
    .replace(/^microsoft-windows-/, '')
    .replace(/^iis-(?=w3svc)/, '')
    .replace(/ \d+(\.\d+)+$/, '');
  return name.startsWith('mssql$') ? 'mssqlserver' : (formerNames[name] ?? name);
}
