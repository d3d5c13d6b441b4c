/** Returns the kinds of evidence, each once, in order. */
export function distinctKinds(evidence: readonly { kind: string }[]): string[] {
  return [...new Set(evidence.map(({ kind }) => kind))];
}
