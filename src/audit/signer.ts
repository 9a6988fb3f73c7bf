import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';
import { checkpointText } from './checkpoint.ts';
import { type NoteVerifier, signNote, verifierOf } from './note.ts';

/** Signs checkpoints of the audit log of one ledger. */
export interface AuditSigner {
  readonly verifier: NoteVerifier;
  /** The signed note of a log of so many entries with this root. */
  sign(size: number, root: Buffer): string;
}

/**
 * The signer of a keyring: its Ed25519 key is derived (HKDF-SHA-256, RFC 5869) from the keyring's digest key, so it rests nowhere by itself, is
 * as well kept as the keyring (a 0600 file, or KMS), and stays the same when the keyring moves under another KMS key.
 */
export function auditSigner({ id, digestKey }: { readonly id: string; readonly digestKey: KeyObject }): AuditSigner {
  const seed = Buffer.from(hkdfSync('sha256', digestKey, Buffer.from(id, 'utf8'), 'cordon audit log: Ed25519 seed', 32));
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  seed.fill(0);
  const origin = `cordon/audit/${id}`;
  const verifier = verifierOf(origin, createPublicKey(privateKey));
  return { verifier, sign: (size, root) => signNote(checkpointText({ origin, size, root }), verifier, privateKey) };
}

/** What stands before the 32 bytes of an Ed25519 seed in DER (RFC 8410 §7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
