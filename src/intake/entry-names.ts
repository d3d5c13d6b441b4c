/** Names that Windows keeps for devices, with any ending. */
const device = /^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:[. ]|$)/i;
/** Longer than any path of Windows that a program packs. */
const longestName = 1024;

/**
 * True for a name that leads out of its archive, or that Windows reads as a device or a stream: no ordinary program packs one.
 * Entries are only read in memory and never written, so that the name can do no harm here; it shows that the entry is a trap.
 * @param name with slashes, also where the archive has backslashes
 */
export function isUnsafeName(name: string): boolean {
  if (name.length > longestName || name.startsWith('/') || /[:\0]/.test(name)) return true;
  return name.split('/').some((part) => /^\.\.[. ]*$/.test(part) || device.test(part));
}
