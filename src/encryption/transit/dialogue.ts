import type { Fact } from '../../core/evidence.ts';

/** What to do after some bytes came. */
export type Step =
  | { readonly kind: 'more' }
  /** Answer with `bytes`; `taken` bytes of what came are done with. */
  | { readonly kind: 'reply'; readonly bytes: Buffer; readonly taken: number }
  | { readonly kind: 'done' }
  /** What came is not of this protocol. */
  | { readonly kind: 'other' };

/** Asks a peer whether it speaks a protocol, with as little as that has for it. Pure: somebody else holds the connection. */
export interface Dialogue {
  readonly opening: Buffer;
  /** `received` is all that came and was not taken. */
  hear(received: Buffer): Step;
  /** What the answers tell; null until one of them proved the protocol. Codes only, never a peer's text. */
  learned(): Readonly<Record<string, Fact>> | null;
}
