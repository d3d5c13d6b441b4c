import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import { writePackage } from './npm.js';
import { runNpm } from './run-npm.js';
import { addComponent } from './sbom.js';

/** The Node that is in the zip. Its integrity is the registry's, so that another file under the same name is refused. */
interface PinnedNode {
  package: string;
  version: string;
  integrity: string;
}

const files = join(import.meta.dirname, 'windows');

/** Fetches the pinned `node.exe` from the npm registry. Throws when what came is not what is pinned. */
export function fetchNode(): Buffer {
  const pinned = readPinned();
  const folder = mkdtempSync(join(tmpdir(), 'frebot-node-'));
  try {
    const name = runNpm(['pack', '--silent', `${pinned.package}@${pinned.version}`], folder);
    const tarball = join(folder, name.trim());
    const hash = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
    if (hash !== pinned.integrity)
      throw new Error(`${pinned.package}@${pinned.version} is not the file that is pinned`);
    execFileSync('tar', ['-xzf', tarball, 'package/bin/node.exe'], { cwd: folder });
    return readFileSync(join(folder, 'package/bin/node.exe'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Writes the folder of the zip: the program, Node, a command, the script that installs the task, and checksums.
 * @param root the checkout, built
 * @param node the bytes of `node.exe`
 */
export function writeWindowsFolder(root: string, target: string, node: Uint8Array): void {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const app = join(target, 'app');
  writePackage(root, app);
  for (const name of ['THIRD-PARTY-NOTICES.txt', 'sbom.json', 'LICENSE']) cpSync(join(app, name), join(target, name));
  for (const name of ['frebot.cmd', 'frebot.env.sample', 'Install-Frebot.ps1', 'README.txt']) {
    // Command Prompt misreads a script with line ends of Unix.
    writeFileSync(join(target, name), readFileSync(join(files, name), 'utf8').replace(/\r?\n/g, '\r\n'));
  }
  writeFileSync(join(target, 'node.exe'), node);
  const notices = join(target, 'THIRD-PARTY-NOTICES.txt');
  writeFileSync(notices, readFileSync(notices, 'utf8') + readFileSync(join(files, 'node-notice.txt'), 'utf8'));
  const { version } = readPinned();
  addComponent(join(target, 'sbom.json'), {
    'bom-ref': `node@${version}`,
    type: 'platform',
    name: 'node',
    version,
    purl: `pkg:generic/node@${version}?os=win32&arch=x64`,
    hashes: [{ alg: 'SHA-256', content: sha256(node) }],
    licenses: [{ license: { id: 'MIT' } }],
  });
  writeChecksums(target);
}

/** Zips a folder; the same content makes the same bytes. */
export async function zipFolder(folder: string, file: string): Promise<void> {
  const zip = new yazl.ZipFile();
  const entry = { mtime: new Date('2026-01-01T00:00:00Z') };
  for (const path of filesBelow(folder)) zip.addFile(join(folder, path), `Frebot/${path}`, entry);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file));
}

function writeChecksums(folder: string): void {
  const lines = filesBelow(folder).map((path) => `${sha256(readFileSync(join(folder, path)))}  ${path}\r\n`);
  writeFileSync(join(folder, 'checksums.txt'), lines.join(''));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const readPinned = () => JSON.parse(readFileSync(join(files, 'node.json'), 'utf8')) as PinnedNode;
