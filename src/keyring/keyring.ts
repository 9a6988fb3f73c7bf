import type { KeyObject } from 'node:crypto';
import type { TokenKey } from '../core/token.ts';

/**
 * The keys that never rest in the ledger. It wraps the vault's data keys, makes tokens and keyed digests. Wrapping is async
 * because a key service does it over the network; the others are used per message and are in memory.
 */
export interface Keyring {
  /** Which keyring it is: a ledger is bound to one (`VaultStore.bindKeyring`), since with another one no token or digest would match. */
  readonly id: string;
  /** The token key in use now. */
  readonly tokenKey: TokenKey;
  /** Every token key by kid, those that rotation retired included: their tokens stay readable. */
  readonly tokenKeys: ReadonlyMap<string, TokenKey>;
  /** For keyed digests of contents and of what the duplicate rule compares. */
  readonly digestKey: KeyObject;
  /** A data key (32 bytes) as text that only this keyring can open. */
  wrap(dataKey: Uint8Array): Promise<string>;
  /** Throws `keyring.unknown-key` where another keyring wrapped it, `keyring.invalid` where the text was changed. */
  unwrap(wrapped: string): Promise<Uint8Array>;
}
