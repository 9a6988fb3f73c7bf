import type { Category, Reason } from '../core/vocabulary.ts';
import type { Expected, Kind } from './draft.ts';

/** One message or object of the demo, ready to be sent. */
export interface DemoMessage {
  /** MSH-10 or the SOP Instance UID: by this the labels know it. */
  readonly id: string;
  /** Policy id in src/demo/flows; a name of our own for a flow that nobody registered. */
  readonly flow: string;
  readonly transport: 'mllp' | 'http' | 'dimse' | 'stow';
  /** Request headers of an HTTP message or a STOW-RS request; empty otherwise. */
  readonly headers: Readonly<Record<string, string>>;
  /** AE titles of a DICOM object that goes over an association. */
  readonly association?: { readonly calling: string; readonly called: string };
  readonly bytes: Uint8Array;
  readonly expected: Expected;
}

/** An incident that a planted leak opens. */
export interface Cause {
  readonly reason: Reason;
  /** Policy id; null where nobody registered the flow: then Cordon names it, and the destination tells which it is. */
  readonly flow: string | null;
  /** `MKTGCRM` of MSH-5, or what the sender claims in Cordon-Destination. */
  readonly destination: string;
  readonly category: Category | null;
  readonly group: string | null;
}

/** One planted leak. */
export interface Plant {
  readonly kind: Kind;
  /** Id of the message; null where the leak is that none came. */
  readonly message: string | null;
  readonly flow: string;
  readonly values: readonly string[];
  readonly expect: { readonly incident: Reason; readonly category: Category | null; readonly path: string | null };
  /** Every incident that this leak may open, the expected one first. */
  readonly causes: readonly Cause[];
}
