import { createHash } from 'node:crypto';
import packageJson from '../package.json' with { type: 'json' };
import { auditSigner } from './audit/signer.ts';
import { checkpointFacts, makeCheckpoint } from './audit-checkpoint.ts';
import { SYSTEM } from './core/audit.ts';
import type { Clock } from './core/clock.ts';
import { reasonOf } from './core/errors.ts';
import type { Keyring } from './keyring/keyring.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Log } from './log.ts';
import type { RuleFile } from './rule-files.ts';

const CHECKPOINT_EVERY = 3_600_000;

export interface AuditLogDeps {
  readonly ledger: Pick<Ledger, 'audit'>;
  readonly keyring: Keyring;
  /** What judges messages from now on: by digest in the entry of the start. Of packs and overlays it is the one that messages keep. */
  readonly rules: string;
  readonly flows: readonly RuleFile[];
  /** What this process does of a cluster. */
  readonly part: string;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Puts the start on the audit log, and signs checkpoints: each hour in which something came, and at the end. Each goes to the process's log too, so
 * that who keeps that elsewhere can tell a ledger that was cut short. `close` never rejects: what failed is logged.
 */
export async function startAuditLog({ ledger, keyring, rules, flows, part, clock, log }: AuditLogDeps) {
  const { audit } = ledger;
  const signer = auditSigner(keyring);
  const detail = { part, version: packageJson.version, packs: rules, flows: textDigest(flows) };
  await audit.append({ at: clock(), actor: SYSTEM, role: SYSTEM, action: 'agent.start', object: 'agent', detail });
  let logged = -1;
  async function checkpoint(): Promise<void> {
    try {
      const made = await makeCheckpoint(audit, signer, clock);
      if (made === null || made.size === logged) return;
      logged = made.size;
      log('info', 'audit checkpoint', { origin: signer.verifier.name, ...checkpointFacts(made) });
    } catch (error) {
      log('error', 'audit checkpoint failed', { reason: reasonOf(error) });
    }
  }
  await checkpoint();
  const timer = setInterval(() => void checkpoint(), CHECKPOINT_EVERY);
  return {
    async close(): Promise<void> {
      clearInterval(timer);
      try {
        await audit.append({
          at: clock(),
          actor: SYSTEM,
          role: SYSTEM,
          action: 'agent.stop',
          object: 'agent',
          detail: { part },
        });
      } catch (error) {
        log('error', 'the stop is not on the audit log', { reason: reasonOf(error) });
      }
      await checkpoint();
    },
  };
}

/** SHA-256 (hex) of the files' texts, in the order of their names. */
function textDigest(files: readonly RuleFile[]): string {
  const hash = createHash('sha256');
  for (const { text } of files) hash.update(`${Buffer.byteLength(text)}\n`).update(text);
  return hash.digest('hex');
}
