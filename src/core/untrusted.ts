/**
 * Codes of Node's TLS errors (nodejs.org/docs/latest-v24.x/api/tls.html, "X509 certificate error codes") for a certificate that does not lead to
 * an authority which is trusted, or is for another name. Time does not mend those. It does mend one that is not valid yet, and one that has
 * ended is replaced at the server.
 */
const UNTRUSTED: ReadonlySet<string> = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_FORMAT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Whether an error's code says that the server is not who was asked for, as far as its certificate tells. */
export function isUntrusted(code: unknown): boolean {
  return typeof code === 'string' && UNTRUSTED.has(code);
}
