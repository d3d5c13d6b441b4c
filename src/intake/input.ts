/** Something to read: bytes with a name, a path on this machine (file, folder or zip), or pasted text. */
export type IntakeInput =
  | { name: string; bytes: Uint8Array | AsyncIterable<Uint8Array> }
  /** `followLinks`: links below a folder are followed, which only a person at this machine may ask for. */
  | { name: string; path: string; followLinks?: boolean }
  | { text: string };
