/** Returns a literal string of PowerShell. Curly quotes end a string there as well, so they are doubled too. */
export function quotePowershell(value: string): string {
  return `'${value.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}

/** Returns an array of literal strings of PowerShell. */
export function powershellArray(values: readonly string[]): string {
  return `@(${values.map(quotePowershell).join(', ')})`;
}
