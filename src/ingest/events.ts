/** What a listener tells of its work, for metrics, logs and alerts. Nothing here holds a value of a message. */
export type IngestEvent =
  | {
      readonly kind: 'accepted';
      readonly listener: string;
      readonly bytes: number;
      readonly duplicate: boolean;
      readonly quarantined: boolean;
      /** From the last byte read to durable. */
      readonly seconds: number;
    }
  /** Nothing durable happened and the sender was told, or not answered, so that it comes again. `code` is one of core/errors.ts. */
  | { readonly kind: 'shed'; readonly listener: string; readonly address: string; readonly code: string }
  /** A wrong or missing key or certificate, or clear text on a TLS port. Alert. */
  | { readonly kind: 'credentials'; readonly listener: string; readonly address: string; readonly reason: string }
  /** Bytes outside of frames; `kept` says that they became a quarantined message. */
  | { readonly kind: 'junk'; readonly listener: string; readonly address: string; readonly bytes: number; readonly kept: boolean }
  /** A frame without an end; it became a quarantined message. */
  | { readonly kind: 'unterminated'; readonly listener: string; readonly address: string; readonly bytes: number }
  /** A connection that failed below the protocol (`ECONNRESET`, `ETIMEDOUT`, …). */
  | { readonly kind: 'connection'; readonly listener: string; readonly address: string; readonly code: string };

export type Report = (event: IngestEvent) => void;
