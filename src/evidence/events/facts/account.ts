import { isPoolSid, nameOfSid, sidOfName } from '../../sids.js';

/** Only accounts that are not persons are named: pools, built-in accounts, the anonymous logon. */
export function accountIn(words: string): string | undefined {
  const found =
    /\b(?:IIS APPPOOL\\[\w .-]{1,64}?|NT AUTHORITY\\(?:NETWORK SERVICE|LOCAL SERVICE|SYSTEM|ANONYMOUS LOGON|IUSR))(?=['"\s,.;]|$)/i.exec(
      words,
    );
  if (!found) return undefined;
  const sid = sidOfName(found[0]);
  return /^IIS APPPOOL/i.test(found[0]) || (sid && (nameOfSid(sid) || isPoolSid(sid))) ? found[0] : undefined;
}
