// Fails when the lockfile names a download address, because a checkout installs from the registry that its machine is set to.
import { readFileSync } from 'node:fs';

const lock = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8');
const bad = lock.split('\n').filter((line) => /"resolved":\s*"https?:/.test(line));
if (bad.length > 0) {
  console.error(`package-lock.json names ${bad.length} download addresses, the first: ${bad[0].trim()}`);
  process.exit(1);
}
console.log('lockfile: no download address');
