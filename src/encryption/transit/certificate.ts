import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { rootCertificates } from 'node:tls';

/** Whose certificates are believed. */
export interface TrustAnchors {
  readonly certificates: readonly X509Certificate[];
  /** Given by the site: then what does not lead to them is not trusted. Against the public roots it is merely not known. */
  readonly isOwn: boolean;
}

/** What one certificate of the chain is. */
export interface CertificateFacts {
  /** RFC 4514, most specific first. */
  readonly subject: string;
  readonly issuer: string;
  /** Milliseconds since the epoch. */
  readonly validFrom: number;
  readonly validTo: number;
  /** `rsa`, `ec`, `ed25519`, … */
  readonly keyType: string;
  readonly keyBits: number;
  /** `sha256WithRSAEncryption` */
  readonly signature: string;
  readonly isSelfIssued: boolean;
}

export interface ChainFacts {
  /** Leaf first. */
  readonly certificates: readonly [CertificateFacts, ...CertificateFacts[]];
  /** DNS names and addresses of the leaf. */
  readonly names: readonly string[];
  readonly trust: 'trusted' | 'untrusted' | 'unknown';
  /** Whether the leaf is for the name that was asked for; unknown where only an address is known that it does not have. */
  readonly name: 'matches' | 'differs' | 'unknown';
}

const MAX_PATH = 10;
const CURVE_BITS: Readonly<Record<string, number>> = { prime256v1: 256, secp256k1: 256, secp384r1: 384, secp521r1: 521 };
const FIXED_BITS: Readonly<Record<string, number>> = { ed25519: 256, ed448: 456, x25519: 256, x448: 448 };

/** The public roots that come with Node, read once when they are first needed. */
let publicRoots: readonly X509Certificate[] | null = null;

export function publicAnchors(): TrustAnchors {
  publicRoots ??= rootCertificates.map((pem) => new X509Certificate(pem));
  return { certificates: publicRoots, isOwn: false };
}

/**
 * Reads the chain that a server showed (DER, leaf first) and judges it at `now`. `asked` is the name the server was asked for, or its
 * address. Null where there is none or the leaf can't be read. Revocation and name constraints are not looked at.
 */
export function readChain(ders: readonly Buffer[], asked: string, anchors: TrustAnchors, now: number): ChainFacts | null {
  const [leaf, ...others] = ders.map(parse);
  if (leaf === undefined || leaf === null) return null;
  const intermediates = others.filter((each) => each !== null);
  const names = namesOf(leaf);
  return {
    certificates: [factsOf(leaf), ...intermediates.map(factsOf)],
    names,
    trust: leadsToAnchor(leaf, intermediates, anchors, now) ? 'trusted' : anchors.isOwn ? 'untrusted' : 'unknown',
    name: matches(leaf, asked),
  };
}

function parse(der: Buffer): X509Certificate | null {
  try {
    return new X509Certificate(der);
  } catch {
    // What a peer sends may be anything: a certificate that OpenSSL can't read is none.
    return null;
  }
}

function factsOf(certificate: X509Certificate): CertificateFacts {
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    validFrom: certificate.validFromDate.getTime(),
    validTo: certificate.validToDate.getTime(),
    ...keyOf(certificate),
    signature: certificate.signatureAlgorithm ?? 'unknown',
    isSelfIssued: certificate.subject === certificate.issuer,
  };
}

function keyOf(certificate: X509Certificate): Pick<CertificateFacts, 'keyType' | 'keyBits'> {
  try {
    const { asymmetricKeyType = 'unknown', asymmetricKeyDetails: details } = certificate.publicKey;
    const bits = details?.modulusLength ?? curveBits(details?.namedCurve) ?? FIXED_BITS[asymmetricKeyType] ?? 0;
    return { keyType: asymmetricKeyType, keyBits: bits };
  } catch {
    // A kind of key that OpenSSL does not know: 0 bits prove nothing.
    return { keyType: 'unknown', keyBits: 0 };
  }
}

function curveBits(name: string | undefined): number | undefined {
  if (name === undefined) return undefined;
  const [digits] = /\d{3}/.exec(name) ?? [];
  return CURVE_BITS[name] ?? (digits === undefined ? undefined : Number(digits));
}

/** OpenSSL gives a line for each part, the most general first. */
function nameOf(lines: string): string {
  return lines.split('\n').reverse().join(',');
}

function namesOf(certificate: X509Certificate): string[] {
  const alternatives = certificate.subjectAltName?.split(', ') ?? [];
  return alternatives.flatMap((entry) => /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1] ?? []);
}

/** Names in the subject count for nothing (RFC 9525 section 4.1). */
function matches(leaf: X509Certificate, asked: string): ChainFacts['name'] {
  if (isIP(asked) !== 0) return leaf.checkIP(asked) === undefined ? 'unknown' : 'matches';
  return leaf.checkHost(asked, { subject: 'never' }) === undefined ? 'differs' : 'matches';
}

function leadsToAnchor(
  leaf: X509Certificate,
  intermediates: readonly X509Certificate[],
  anchors: TrustAnchors,
  now: number,
): boolean {
  let current = leaf;
  for (let steps = 0; steps < MAX_PATH; steps++) {
    if (!isWithin(current, now)) return false;
    const { raw } = current;
    if (anchors.certificates.some((anchor) => anchor.raw.equals(raw))) return true;
    const isIssuer = (issuer: X509Certificate): boolean => isWithin(issuer, now) && issued(issuer, current);
    if (anchors.certificates.some(isIssuer)) return true;
    const next = intermediates.find((each) => each.ca && each !== current && isIssuer(each));
    if (next === undefined) return false;
    current = next;
  }
  return false;
}

function issued(issuer: X509Certificate, certificate: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    // A key that OpenSSL can't use has signed nothing that we can believe.
    return false;
  }
}

function isWithin(certificate: X509Certificate, now: number): boolean {
  return certificate.validFromDate.getTime() <= now && now <= certificate.validToDate.getTime();
}
