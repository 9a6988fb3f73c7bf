import { constants, type X509Certificate } from 'node:crypto';
import type { TLSSocket, TlsOptions } from 'node:tls';
import type { CertificateFacts, TlsFacts } from '../core/provenance.ts';

/** PEM texts. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
  /** The authorities whose client certificates are let in; null: none is asked for. */
  readonly clientAuthorities: string | null;
}

/**
 * The suites we accept: TLS 1.3, and of TLS 1.2 the ECDHE ones with AEAD (RFC 9325 section 4.2). Named, since a Node server with
 * `minVersion: TLSv1.2` alone was measured to accept TLS_RSA_WITH_AES_128_CBC_SHA.
 */
const SUITES = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
].join(':');

const HANDSHAKE_TIMEOUT = 10_000;

/**
 * Options of a TLS server. A client certificate that does not verify is let through the handshake, so that the listener can say
 * why it was refused: read nothing before `refusal` was asked. No tickets (a resumed session would show no certificate, and ticket
 * keys would have to rotate) and no renegotiation.
 */
export function tlsOptions({ key, cert, clientAuthorities }: ServerCertificate): TlsOptions {
  return {
    key,
    cert,
    minVersion: 'TLSv1.2',
    ciphers: SUITES,
    honorCipherOrder: true,
    handshakeTimeout: HANDSHAKE_TIMEOUT,
    secureOptions: constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION,
    ...(clientAuthorities === null ? {} : { ca: clientAuthorities, requestCert: true, rejectUnauthorized: false }),
  };
}

/** Why this client may not come in (OpenSSL's verification code, `no-certificate`), or null when it may. */
export function refusal(socket: TLSSocket, { clientAuthorities }: ServerCertificate): string | null {
  if (clientAuthorities === null || socket.authorized) return null;
  if (socket.getPeerX509Certificate() === undefined) return 'no-certificate';
  return String(socket.authorizationError);
}

/** What our side negotiated, and the certificates of both. */
export function tlsFacts(socket: TLSSocket): TlsFacts {
  const { servername: name, alpnProtocol } = socket;
  // Node 24 answers a server null, under TLS 1.2 as under 1.3 (tls.TLSSocket: "only supported on a client socket"), and no other call names the group.
  const ephemeral = socket.getEphemeralKeyInfo();
  return {
    version: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().standardName,
    group: ephemeral !== null && 'name' in ephemeral && typeof ephemeral.name === 'string' ? ephemeral.name : null,
    alpn: typeof alpnProtocol === 'string' && alpnProtocol !== '' ? alpnProtocol : null,
    serverName: typeof name === 'string' && name !== '' ? name : null,
    own: certificateFacts(socket.getX509Certificate()),
    peer: certificateFacts(socket.getPeerX509Certificate()),
  };
}

function certificateFacts(certificate: X509Certificate | undefined): CertificateFacts | null {
  if (certificate === undefined) return null;
  return {
    subject: distinguishedName(certificate.subject),
    issuer: distinguishedName(certificate.issuer),
    serial: certificate.serialNumber,
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    validFrom: Date.parse(certificate.validFrom),
    validTo: Date.parse(certificate.validTo),
  };
}

/** Node prints one attribute a line, the most general first; RFC 4514 has them the other way round. */
function distinguishedName(printed: string): string {
  return printed.split('\n').reverse().join(',');
}

/** The subject of the client's certificate, most specific first: `CN=lis,O=Hospital` (RFC 4514). */
export function certificateSubject(socket: TLSSocket): string | null {
  const certificate = socket.getPeerX509Certificate();
  return certificate === undefined ? null : distinguishedName(certificate.subject);
}

const CLEAR_TEXT = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_HTTP_REQUEST',
  'ERR_SSL_HTTPS_PROXY_REQUEST',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
]);

/** Classes a failed handshake: a refusal to report, or null for a connection that merely broke off. Never OpenSSL's text. */
export function handshakeRefusal(error: Error): string | null {
  const code = 'code' in error ? String(error.code) : '';
  if (CLEAR_TEXT.has(code)) return 'clear-text';
  return code.startsWith('ERR_SSL_') ? code : null;
}
