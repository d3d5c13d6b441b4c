import type { Events } from '../desk/ports/environment.js';
import { EngineError } from './errors.js';
import type { OpenPostgres } from './open-postgres.js';
import { queueSchema } from './wake-queue.js';

/** Returns the connections to a Postgres server. The first query connects. */
export async function connectServer(databaseUrl: string, events: Events): Promise<OpenPostgres> {
  const { Pool: PgPool } = (await import('pg')).default;
  const pool = new PgPool({
    connectionString: databaseUrl,
    max: 10,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    options: `-c search_path=${queueSchema}`,
  });
  // A connection that breaks while idle must not end the process.
  pool.on('error', (error: NodeJS.ErrnoException) => {
    events.emit({ name: 'database-connection-lost', reason: error.code ?? error.name });
  });
  return {
    pool,
    description: 'Postgres server',
    isEmbedded: false,
    // A server with its defaults confirms a commit only when it is durable.
    durable: async () => undefined,
    close: () => pool.end(),
  };
}

/** Returns the error without the URL, which holds a password. */
export function unreachable(error: unknown): EngineError {
  const { code, name } = error as { code?: unknown; name?: unknown };
  const reason = typeof code === 'string' ? code : String(name);
  return new EngineError(
    `DATABASE_URL leads to no Postgres that Frebot can use (${reason}); for example: postgres://frebot:secret@db.example.com/frebot, whose user owns that database`,
  );
}
