/** Calls of .NET that only read a file or list a folder. */
const reading =
  /\bSystem\.IO\.(?:File\.(?:Internal)?(?:OpenRead|OpenText|ReadAll\w{0,8}|ReadLines|GetAccessControl)|StreamReader\.|FileSystemEnum\w{0,20}|Enumeration\.|Directory\.(?:Get|Enumerate|Internal(?:Get|Enumerate))\w{0,40}|DirectoryInfo\.(?:Get|Enumerate)\w{0,40})|\bXml(?:Text)?Reader|\bXmlDocument\.Load\b|\bXDocument\.Load\b|\bConfigurationManager\.Open/;
/** Calls that write, create, move or delete. */
const writing =
  /\bSystem\.IO\.(?:File\.(?:Internal)?(?:Append\w{0,12}|Create\w{0,8}|WriteAll\w{0,8}|OpenWrite|Delete|Move|Replace|Copy|Set\w{0,20})|StreamWriter\.|Directory\.(?:Internal)?(?:Create\w{0,20}|Delete\w{0,10}|Move)|DirectoryInfo\.(?:Create\w{0,20}|Delete|MoveTo)|FileInfo\.(?:Delete|MoveTo|CopyTo|Create\w{0,8}|AppendText|OpenWrite))|\bHttpPostedFile\w{0,8}\.(?:SaveAs|WriteTo)|\.SaveAs\(|\bFileAppender\b|\bXmlDocument\.Save\b|\bFileTarget\b|\bRollingFile/;

/** True when the refused call of a stack was reading or writing; undefined when the frames do not tell. */
export function accessOf(stack: string): 'read' | 'write' | undefined {
  const frames = stack.slice(0, 20_000);
  const write = frames.search(writing);
  const read = frames.search(reading);
  if (write < 0 && read < 0) return undefined;
  return read < 0 || (write >= 0 && write < read) ? 'write' : 'read';
}
