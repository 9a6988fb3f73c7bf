import type { Inflated } from './format.ts';
import type { MessageId, Problem, Unexamined } from './vocabulary.ts';

/** What a listener speaks. */
export const PROTOCOLS = ['mllp', 'mllp-tls', 'http', 'dimse', 'dimse-tls'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** A certificate as inventory: who it names, who issued it, what it is known by, until when it holds. */
export interface CertificateFacts {
  /** RFC 4514, most specific first: `CN=lis,O=Hospital`. */
  readonly subject: string;
  readonly issuer: string;
  /** Hex, as the issuer gave it. */
  readonly serial: string;
  /** SHA-256 of the certificate, hex. */
  readonly fingerprint: string;
  /** Milliseconds since the epoch. */
  readonly validFrom: number;
  readonly validTo: number;
}

/** What our side of the mirror leg negotiated. It proves nothing of the real leg. Without TLS there is none: plain is plain. */
export interface TlsFacts {
  /** `TLSv1.3` */
  readonly version: string;
  /** IANA name, `TLS_AES_256_GCM_SHA384`. */
  readonly cipher: string;
  /** The key exchange's group (`x25519`); null where the runtime does not tell a server. */
  readonly group: string | null;
  /** ALPN protocol; null where none was negotiated. */
  readonly alpn: string | null;
  /** SNI; null where none was sent. */
  readonly serverName: string | null;
  /** What we showed. */
  readonly own: CertificateFacts | null;
  /** What the client showed; null without one. Verified where the listener asks for one. */
  readonly peer: CertificateFacts | null;
}

/** Who sent it, as far as the connection says. Inventory, not PHI: kept in clear. */
export interface Peer {
  readonly address: string;
  /** Subject of a verified client certificate, `CN=lis,O=Hospital`; null without one. */
  readonly certificate: string | null;
  /** Id of the API key; null without one. */
  readonly apiKey: string | null;
}

/** The DICOM association that an object came over (PS3.8 §9.3). AE titles are trimmed; inventory, kept in clear. */
export interface Association {
  readonly calling: string;
  readonly called: string;
  /** Implementation Class UID and Version Name of the user information (PS3.7 D.3.3.2); empty where not said. */
  readonly implementation: string;
  readonly version: string;
}

/** What the sender claims in Cordon-* headers; validated at the border (short, printable ASCII), never trusted. */
export interface Claims {
  readonly flow: string | null;
  readonly source: string | null;
  readonly destination: string | null;
  /** Milliseconds since the epoch. */
  readonly observedAt: number | null;
  /** `tls=1.2; cipher=…` as the engine states it of the real leg. */
  readonly leg: string | null;
}

export const NO_CLAIMS: Claims = { flow: null, source: null, destination: null, observedAt: null, leg: null };

export interface Provenance {
  /** The listener's name: its protocol, unless configuration names it. */
  readonly listener: string;
  readonly protocol: Protocol;
  readonly peer: Peer;
  readonly tls: TlsFacts | null;
  readonly claims: Claims;
  /** Of DIMSE listeners only. */
  readonly association?: Association | undefined;
  readonly receivedAt: number;
}

/** One message as a listener hands it over. */
export interface Incoming {
  /** What is kept: at most LIMIT bytes. */
  readonly bytes: Uint8Array;
  /** Size as sent, what was not kept included. */
  readonly total: number;
  /** SHA-256 (hex) of everything that was digested past `bytes`; null when nothing was left out. */
  readonly restDigest: string | null;
  /** Spans of the original that are not in `bytes`. */
  readonly elided: readonly Unexamined[];
  readonly inflated?: Inflated | undefined;
  readonly idempotencyKey: string | null;
  /** False for what is no complete message: junk between frames, a frame that was cut off. It is quarantined and never a duplicate. */
  readonly whole: boolean;
  /** What the listener noticed: `header.invalid`, `frame.junk`, `frame.unterminated`. */
  readonly problems: readonly Problem[];
}

export interface Receipt {
  readonly id: MessageId;
  readonly duplicate: boolean;
  /** No format could read it; it is kept, scanned raw and shown. */
  readonly quarantined: boolean;
}

/**
 * Seals, commits, and only then resolves. Throws CordonError with retry `transient` when nothing durable happened, so that the
 * listener answers in the way that makes the sender come again (DESIGN §6.3).
 */
export type Accept = (message: Incoming, provenance: Provenance) => Promise<Receipt>;
