/** Makes room in a map that holds the newest entries only: removes the oldest one when there are more than `most`. */
export function dropOldest<K>(map: Map<K, unknown>, most: number): void {
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
