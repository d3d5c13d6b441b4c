import type { Response } from 'express';

/** What checks the token of a caller. */
export interface TokenCheck {
  /** Returns the name of the token in an `Authorization` header; undefined when it is none of ours. */
  findToken(authorization: string | undefined): string | undefined;
  /** Delays the answer to a wrong token; false when too many wait already. */
  brake(): Promise<boolean>;
  refused(status: number, reason: string): void;
}

/** Returns the name of the caller's token, or the status of the refusal. The answer to a wrong token is delayed. */
export async function checkToken(
  authorization: string | undefined,
  { findToken, brake, refused }: TokenCheck,
): Promise<string | 401 | 429> {
  const name = findToken(authorization);
  if (name !== undefined) return name;
  if (authorization === undefined) return 401;
  refused(401, 'wrong API token');
  return (await brake()) ? 401 : 429;
}

/** Returns a function that refuses a request with the sentence of a status. */
export function createRefusal<Status extends number>(sentences: Readonly<Record<Status, string>>) {
  return (res: Response, status: Status): void => {
    res.status(status).json({ error: sentences[status] });
  };
}
