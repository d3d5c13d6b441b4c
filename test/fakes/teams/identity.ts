import type { webcrypto } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

export const appId = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';
export const tenantId = 'b1a2c3d4-0000-4000-8000-5eed00000001';

type Key = webcrypto.CryptoKey;

interface Claims {
  issuer?: string;
  audience?: string;
  serviceUrl?: string;
  expires?: number;
  /** Sign with the key that is endorsed for another channel. */
  otherChannel?: boolean;
  /** Sign with an unpublished key, under the published key's name. */
  forged?: boolean;
}

/** The Bot Framework's side of authentication. Signs tokens and publishes keys with the endorsements of Teams. */
export class FakeIdentity {
  /** Each cloud has its own. */
  issuer = 'https://api.botframework.com';
  readonly #keys: { teams: Key; skype: Key; stranger: Key };
  readonly jwks: { keys: (JWK & { endorsements: string[] })[] };

  private constructor(keys: { teams: Key; skype: Key; stranger: Key }, jwks: FakeIdentity['jwks']) {
    this.#keys = keys;
    this.jwks = jwks;
  }

  /** Returns the same identity for the whole test file, because making keys takes longer than most tests. */
  static create(): Promise<FakeIdentity> {
    FakeIdentity.#shared ??= FakeIdentity.#make();
    return FakeIdentity.#shared;
  }
  static #shared: Promise<FakeIdentity> | undefined;

  static async #make(): Promise<FakeIdentity> {
    const pair = () => generateKeyPair('RS256', { extractable: true });
    const [teams, skype, stranger] = await Promise.all([pair(), pair(), pair()]);
    const published = async (key: Key, kid: string, endorsements: string[]) => ({
      ...(await exportJWK(key)),
      kid,
      use: 'sig',
      endorsements,
    });
    return new FakeIdentity(
      { teams: teams.privateKey, skype: skype.privateKey, stranger: stranger.privateKey },
      {
        keys: [
          await published(teams.publicKey, 'teams', ['msteams']),
          await published(skype.publicKey, 'skype', ['skype']),
        ],
      },
    );
  }

  /** A token as Teams sends it with an activity. */
  async token(serviceUrl: string, claims: Claims = {}): Promise<string> {
    const name = claims.otherChannel ? 'skype' : 'teams';
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ serviceurl: claims.serviceUrl ?? serviceUrl })
      .setProtectedHeader({ alg: 'RS256', kid: name, typ: 'JWT' })
      .setIssuer(claims.issuer ?? this.issuer)
      .setAudience(claims.audience ?? appId)
      .setIssuedAt(now - 7200)
      .setNotBefore(now - 7200)
      .setExpirationTime(claims.expires ?? now + 3600)
      .sign(claims.forged ? this.#keys.stranger : this.#keys[name]);
  }
}
