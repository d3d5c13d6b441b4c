const KB = 1024;
const MB = 1024 * KB;
const GB = 1024 * MB;

/** All limits of sizes, in bytes unless the name says otherwise. */
export const sizeLimits = {
  /** One file, fetched or read from disk, and one entry of a zip. */
  fileBytes: 100 * MB,
  /** Milliseconds that the download of one file may take. */
  downloadMs: 60_000,
  /** A packed zip. */
  zipBytes: 100 * MB,
  /** All entries of a zip together, unpacked. */
  zipUnpackedBytes: 4 * GB,
  zipEntries: 10_000,
  /** Real logs pack about 30 to 1. An archive that unpacks to more than this many times its size is refused … */
  zipRatio: 250,
  /** … once it unpacks to more than this. */
  zipRatioFrom: 50 * MB,
  /** Files of a folder on the command line; folders below it. */
  folderFiles: 100_000,
  folderDepth: 16,
  /** Files of one chat message. */
  messageFiles: 100,
  pastedBytes: 1 * MB,
  /** A longer text is pasted text, not a question. */
  questionBytes: 4 * KB,
  /** A text that is not evidence is looked through for known messages up to here. */
  postBytes: 16 * KB,
  /** Up to this size a file is read on the calling thread, while other work waits. */
  inlineBytes: 32 * KB,
  /** The same for one file named in the terminal, where nothing waits and starting a thread costs more. */
  inlinePathBytes: 1 * MB,
  /** The same for pasted text, which costs more: its readers try many forms. */
  inlineText: 4 * KB,
  /** The same for text with characters of binary data (NUL, U+FFFD), which costs the most. */
  inlineBinaryText: 256,
  /** Larger files and zip entries are read in a child process, because a thread shares our memory. */
  threadBytes: 4 * MB,
  /** All memory of such a process, Buffers included. The largest file needs less than half of it. */
  childMemoryBytes: 512 * MB,
  /** Milliseconds after which a file is given up; the largest trace takes a second or two, the largest access log ten. */
  readMs: 30_000,
  /** Entries of one bundle that may end their reader before the rest of the bundle is given up. */
  failedEntries: 8,
} as const;
