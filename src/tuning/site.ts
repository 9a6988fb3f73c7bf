import type { Tokenizer } from '../core/token.ts';
import { compileTuning, type Tuning, tunedDigest } from './apply.ts';
import type { Overlay } from './schema.ts';

/** Overlays made ready for messages. */
export interface SiteTuning {
  readonly tuning: Tuning;
  /** SHA-256 (hex) of packs and overlays together. */
  readonly digest: string;
  /** Of every token key, retired ones included, by key id. */
  readonly tokenizers: ReadonlyMap<string, Tokenizer>;
}

/** `packs`: the digest of the packs that they lie over. Null where they change nothing. */
export function siteTuning(
  overlays: readonly Overlay[],
  packs: string,
  tokenizers: ReadonlyMap<string, Tokenizer>,
): SiteTuning | null {
  const tuning = compileTuning(overlays);
  return tuning === null ? null : { tuning, digest: tunedDigest(packs, overlays), tokenizers };
}
