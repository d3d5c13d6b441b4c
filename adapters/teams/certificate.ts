import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A certificate with which the app signs in. */
export interface Certificate {
  /** SHA-1 of the certificate, as Entra lists it. */
  thumbprint: string;
  /** PEM */
  privateKey: string;
  /** Last day of validity. */
  expires?: Date;
}

/**
 * Reads a PEM file that holds a certificate and its unencrypted private key.
 * @throws Error with a phrase that completes the name of the setting and does not quote the file
 */
export function readCertificate(path: string): Certificate {
  let pem: string;
  try {
    pem = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
  const block = (name: string) => new RegExp(`-----BEGIN ${name}-----[\\s\\S]+?-----END ${name}-----`).exec(pem)?.[0];
  const certificate = block('CERTIFICATE');
  const privateKey = block('(?:RSA )?PRIVATE KEY');
  if (!certificate) throw new Error('holds no certificate');
  if (!privateKey) throw new Error('holds no private key without a password');
  const { x509, key } = parsePair(certificate, privateKey);
  if (!x509.checkPrivateKey(key)) throw new Error('holds a private key of another certificate');
  return { thumbprint: x509.fingerprint.replaceAll(':', ''), privateKey, expires: new Date(x509.validTo) };
}

function parsePair(certificate: string, privateKey: string) {
  try {
    return { x509: new X509Certificate(certificate), key: createPrivateKey(privateKey) };
  } catch {
    throw new Error('is damaged');
  }
}
