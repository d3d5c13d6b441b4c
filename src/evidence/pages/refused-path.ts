/** Node.js looks at every folder of a path: `EPERM, operation not permitted 'c:\\dev'`. */
const ofNode = /^E(?:PERM|ACCES)[,:][^'\n]{1,100}'([A-Za-z]:\\[^'\n]{0,300})'/;
/** .NET: `Access to the path 'C:\\site\\data\\a.log' is denied`. */
const ofDotnet = /\bAccess to the path '([A-Za-z]:\\[^'\n]{1,300})' is denied/;

/** Returns the file or folder that an application was refused: of a file that .NET names, its folder, where it is created. */
export function refusedPath(message: string | undefined): string | undefined {
  return ofNode.exec(message ?? '')?.[1] ?? ofDotnet.exec(message ?? '')?.[1]?.replace(/\\[^\\]{0,200}\.\w{1,8}$/, '');
}
