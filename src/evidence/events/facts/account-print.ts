import { createHash } from 'node:crypto';

/**
 * The account of a logon may be a person's and stays behind, but a later step must tell whether it is the account of a pool,
 * which another file names. So the reader leaves a print: a hash of the account, salted with what only this logon has.
 * It can be compared with a name, never turned into one, and prints of two logons cannot be compared with each other.
 */

/**
 * @param domain as the event has it, of a local account the computer
 * @param salt what no other logon has, such as time and logon ID
 */
export function printAccount(domain: string, name: string, salt: string): string {
  const short = hash(salt).slice(0, 16);
  return `${short}:${hash(short, fold(domain), fold(name))}`;
}

/**
 * True when the print was made of this account.
 * @param account `CONTOSO\name`, `name@contoso.example`, `.\name` or `name`, as a configuration names it
 * @param computer where the logon took place: the domain of its local accounts
 */
export function isPrintOf(print: string, account: string, computer: string | undefined): boolean {
  const salt = print.split(':', 1)[0]!;
  const at = account.indexOf('@');
  const cut = account.indexOf('\\');
  const name = at > 0 ? account.slice(0, at) : account.slice(cut + 1);
  const given = at > 0 ? account.slice(at + 1) : account.slice(0, Math.max(cut, 0));
  const domain = given === '' || given === '.' ? computer : given;
  return domain !== undefined && print === `${salt}:${hash(salt, fold(domain), fold(name))}`;
}

/** A domain's DNS name begins with the short name that events write, unless it was renamed. */
function fold(part: string): string {
  return part.trim().toUpperCase().split('.', 1)[0]!;
}

function hash(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}
