const KB = 1024;
const MB = 1024 * KB;
const GB = 1024 * MB;

/** Everything that is bounded, in one place. Bytes unless the name says otherwise. */
export const sizeLimits = {
  /** One file, fetched or read from disk, and one entry of a zip. */
  fileBytes: 100 * MB,
  /** Until a file is downloaded from a platform, milliseconds. */
  downloadMs: 60_000,
  /** A zip as it lies there. */
  zipBytes: 100 * MB,
  /** All entries of a zip together, unpacked. */
  zipUnpackedBytes: 4 * GB,
  zipEntries: 10_000,
  /** Real logs pack about 30 to 1. What unpacks to more than so many times its size is no archive of logs … */
  zipRatio: 250,
  /** … once it unpacks to more than this. */
  zipRatioFrom: 50 * MB,
  /** Files of a folder on the command line; folders below it. */
  folderFiles: 100_000,
  folderDepth: 16,
  /** Files of one chat message. */
  messageFiles: 100,
  pastedBytes: 100 * KB,
  /** A longer text is no question: it is pasted text. */
  questionBytes: 4 * KB,
  /** Smaller files are read on the calling thread: on a server others wait for it. */
  inlineBytes: 32 * KB,
  /** The same for one file named in the terminal, where no one else waits and starting a thread costs more. */
  inlinePathBytes: 1 * MB,
  /** The same for pasted text: its readers try many forms, and a hostile text makes each of them work. */
  inlineText: 4 * KB,
  /** The same for text with characters that no one types (NUL, U+FFFD): bytes pasted as text are the dearest of all. */
  inlineBinaryText: 256,
  /** Files and entries of zips that are larger are read in a process of their own: memory of a thread is memory of us all. */
  threadBytes: 4 * MB,
  /** All memory of such a process, Buffers included. The largest file needs less than half of it. */
  childMemoryBytes: 512 * MB,
  /** A file that takes longer is given up, milliseconds; the largest trace takes a second or two, the largest access log ten. */
  readMs: 30_000,
  /** Entries of one bundle that may end their reader before the rest of the bundle is left. */
  failedEntries: 8,
} as const;
