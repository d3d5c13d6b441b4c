/** Something to read: bytes with a name, a path on this machine (file, folder or zip), or pasted text. */
export type IntakeInput =
  | { name: string; bytes: Uint8Array | AsyncIterable<Uint8Array> }
  | { name: string; path: string }
  | { text: string };
