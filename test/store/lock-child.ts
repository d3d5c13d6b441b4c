// Holds a directory until it is killed.
import { lockDirectory } from '../../src/store/directory-lock.js';

await lockDirectory(process.argv[2] as string);
process.send?.('held');
setInterval(() => undefined, 1000);
