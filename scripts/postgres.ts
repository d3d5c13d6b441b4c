import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A Postgres server on loopback, in a temporary directory that is removed with it. */
export interface Server {
  url: string;
  /** Stops and starts it again; connections break. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Returns the folder of the programs, from Debian's place or the search path; undefined when Postgres is not installed. */
export function postgresPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const places = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
  return places.find((place) => existsSync(join(place, 'initdb')) && existsSync(join(place, 'postgres')));
}

/** Creates a cluster and starts it. Root starts it as the user `postgres`, because Postgres refuses to run as root. */
export async function startPostgres(): Promise<Server> {
  const programs = postgresPrograms();
  if (!programs) throw new Error('Postgres is not installed');
  const dir = mkdtempSync(join(tmpdir(), 'frebot-postgres-'));
  const who = process.getuid?.() === 0 ? userPostgres() : undefined;
  if (who) chownSync(dir, who.uid, who.gid);
  const data = join(dir, 'data');
  execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'frebot', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    ...who,
    stdio: 'ignore',
  });
  const port = await freePort();
  const flags = [
    '-D',
    data,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-k',
    dir,
    '-c',
    'logging_collector=off',
  ];

  const start = async () => {
    const child = spawn(join(programs, 'postgres'), flags, { ...who, stdio: 'ignore' });
    for (let tries = 0; ; tries++) {
      try {
        execFileSync(join(programs, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)]);
        return child;
      } catch {
        if (tries === 100 || child.exitCode !== null) throw new Error('Postgres did not start');
        await sleep(100);
      }
    }
  };
  let child = await start();
  // SIGINT is the fast shutdown: it rolls running transactions back and disconnects the clients.
  const halt = () =>
    new Promise<void>((ended) => {
      child.once('exit', () => ended());
      child.kill('SIGINT');
    });
  return {
    url: `postgres://frebot@127.0.0.1:${port}/postgres`,
    async restart() {
      await halt();
      child = await start();
    },
    async stop() {
      await halt();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function userPostgres(): { uid: number; gid: number } {
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
