/** A path of Windows without the prefix that IIS writes in front of it (`\\?\C:\site`, `\\?\UNC\server\share`). */
export function plainPath(path: string): string {
  return path.replace(/^\\\\\?\\UNC\\/i, '\\\\').replace(/^\\\\\?\\/, '');
}
