import { CordonError } from '../core/errors.ts';
import { token } from '../core/token.ts';
import type { Finding, MessageId } from '../core/vocabulary.ts';
import type { Keyring } from '../keyring/keyring.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { createDataKeyReader } from '../ledger/vault/data-keys.ts';
import { open } from '../ledger/vault/seal.ts';
import { revealedValue } from './value.ts';

/**
 * What came of opening a value. `gone`: its body, or the key of that, was dropped. `lost`: the body does not read as it did. `locked`: the
 * service that holds the keys does not answer.
 */
export type Opened =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'gone' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'locked' };

/** What shows values at the desk. */
export interface Revealing {
  /** How long an approved value may be looked at, in milliseconds. */
  readonly openFor: number;
  open(message: MessageId, finding: Finding): Promise<Opened>;
}

/**
 * Opens one value straight from the vault. Nothing of it is kept: neither the data key nor the body nor the token's input is remembered, and
 * the body is wiped before this returns. Errors hold no value; those of the ledger are thrown as they are.
 */
export function createOpenValue(ledger: Pick<Ledger, 'messages' | 'vault'>, keyring: Keyring): Revealing['open'] {
  return async (message: MessageId, finding: Finding): Promise<Opened> => {
    const sealed = await ledger.messages.load(message);
    if (sealed === null) return { kind: 'gone' };
    // A reader of its own for each value: unwrapped keys of others' bodies do not stay in this process.
    const keyOf = createDataKeyReader((id) => ledger.vault.dataKey(id), keyring);
    let bytes: Uint8Array;
    try {
      bytes = open(sealed.chunks, await keyOf(sealed.dataKey), message);
    } catch (error) {
      if (error instanceof CordonError && error.code === 'vault.missing') return { kind: 'gone' };
      if (error instanceof CordonError && error.code === 'keyring.unavailable') return { kind: 'locked' };
      throw error;
    }
    try {
      const { elided, inflated } = sealed;
      const value = readAgain({ bytes, elided, inflated }, finding, keyring);
      return value === null ? { kind: 'lost' } : { kind: 'value', value };
    } finally {
      bytes.fill(0);
    }
  };
}

/** By the key that made the finding's token: a rotation since must not hide the value. */
function readAgain(body: Parameters<typeof revealedValue>[0], finding: Finding, keyring: Keyring): string | null {
  const key = keyring.tokenKeys.get(finding.token.slice(0, finding.token.indexOf('.')));
  return key === undefined ? null : revealedValue(body, finding, (kind, value) => token(key, kind, value));
}
