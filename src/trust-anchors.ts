import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CordonError, reasonOf } from './core/errors.ts';
import type { TrustAnchors } from './encryption/transit/certificate.ts';

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates of a PEM file, as trust anchors. Throws `config.invalid` that names the file. */
export function readAuthorities(file: string): TrustAnchors {
  try {
    const certificates = (readFileSync(file, 'utf8').match(PEM) ?? []).map((pem) => new X509Certificate(pem));
    if (certificates.length === 0) throw new TypeError('it holds no certificate in PEM');
    return { certificates, isOwn: true };
  } catch (error) {
    throw new CordonError('config.invalid', `${file}: no trust anchors can be read from it: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}
