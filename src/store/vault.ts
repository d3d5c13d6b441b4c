import type { Vault } from '../desk/ports/environment.js';
import type { Json } from '../desk/ports/message.js';
import type { Database } from './database.js';
import type { Seal } from './seal.js';

/** A vault in memory, which ends with the process. JSON in and out, like the sealed one. */
export function memoryVault(): Vault {
  const content = new Map<string, string>();
  return {
    async get(name) {
      const text = content.get(name);
      return text === undefined ? undefined : (JSON.parse(text) as Json);
    },
    async put(name, value) {
      content.set(name, JSON.stringify(value));
    },
    async remove(name) {
      content.delete(name);
    },
  };
}

/** A vault in Postgres. Every value is sealed with the configured key and bound to its name. */
export function postgresVault(db: Database, seal: Seal): Vault {
  const row = (name: string) => `vault:${name}`;
  return {
    async get(name) {
      const { rows } = await db.query<{ sealed: string }>('select sealed from frebot.vault where name = $1', [name]);
      const text = rows[0] && seal.open(rows[0].sealed, row(name));
      return text === undefined ? undefined : (JSON.parse(text) as Json);
    },
    async put(name, value) {
      await db.query(
        `insert into frebot.vault (name, sealed) values ($1, $2)
         on conflict (name) do update set sealed = excluded.sealed`,
        [name, seal.close(JSON.stringify(value), row(name))],
      );
    },
    async remove(name) {
      await db.query('delete from frebot.vault where name = $1', [name]);
    },
  };
}
