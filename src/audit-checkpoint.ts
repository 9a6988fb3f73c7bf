import { parseCheckpoint } from './audit/checkpoint.ts';
import { consistencyPath } from './audit/merkle.ts';
import { openNote } from './audit/note.ts';
import { isConsistent } from './audit/proofs.ts';
import type { AuditSigner } from './audit/signer.ts';
import type { AuditCheckpoint } from './core/audit.ts';
import type { Clock } from './core/clock.ts';
import { CordonError } from './core/errors.ts';
import type { AuditStore } from './ledger/audit/store.ts';

/** What making checkpoints asks of the audit log. */
export type Checkpointed = Pick<AuditStore, 'size' | 'hashes' | 'lastCheckpoint' | 'saveCheckpoint'>;

/**
 * Signs how long the audit log is now and what it holds, and keeps that. Where nothing came since the last one, that one; null for an empty log.
 * Throws `audit.corrupt` where the log is not the one of the last checkpoint with more behind it: it signs no fork of itself.
 */
export async function makeCheckpoint(audit: Checkpointed, signer: AuditSigner, clock: Clock): Promise<AuditCheckpoint | null> {
  // The last one first: a log can only be longer than when that was made.
  const last = await audit.lastCheckpoint();
  const size = await audit.size();
  if (size === 0 && last === null) return null;
  const root = size === 0 ? null : ((await audit.hashes([{ start: 0, end: size }]))[0] ?? null);
  if (last !== null) {
    const former = signedState(last, signer);
    const grown = root !== null && former.size <= size;
    const proof = grown ? await audit.hashes(consistencyPath(former.size, size)) : [];
    if (!grown || !isConsistent(former, { size, root }, proof)) {
      throw new CordonError(
        'audit.corrupt',
        `the audit log has ${size} entries and is not what was signed when it had ${former.size}: its tables were changed. ` +
          'Keep this ledger as evidence, and compare it with its backups: `cordon check-evidence` says what of a pack was touched',
      );
    }
    if (former.size === size) return last;
  }
  if (root === null) return null;
  const checkpoint = { size, at: clock(), note: signer.sign(size, root) };
  await audit.saveCheckpoint(checkpoint);
  return checkpoint;
}

/** What a checkpoint of ours says. Throws `audit.corrupt` where its signature is not ours or it says another size than its row. */
function signedState({ size, note }: AuditCheckpoint, { verifier }: AuditSigner) {
  const text = openNote(note, verifier);
  const state = text === null ? null : parseCheckpoint(text);
  if (state === null || state.size !== size || state.origin !== verifier.name) {
    throw new CordonError(
      'audit.corrupt',
      `the checkpoint of ${size} entries of the audit log was not signed by this keyring (${verifier.name}): put back the keyring, or keep this ledger as evidence`,
    );
  }
  return state;
}

/** What of a checkpoint is logged, so that it leaves the machine with the log: with the origin, all that its note is made of. */
export function checkpointFacts({ size, note }: AuditCheckpoint): { size: number; root: string; signature: string } {
  const [, , root = '', , signature = ''] = note.split('\n');
  return { size, root, signature: signature.slice(2) };
}
