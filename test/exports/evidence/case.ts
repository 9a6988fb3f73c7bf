import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { v7 as uuid } from 'uuid';
import { auditSigner } from '../../../src/audit/signer.ts';
import { makeCheckpoint } from '../../../src/audit-checkpoint.ts';
import type { AuditEntry } from '../../../src/core/audit.ts';
import { evidenceExporter } from '../../../src/exports/evidence/exporter.ts';
import { openFileKeyring } from '../../../src/keyring/file.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { openLedger } from '../../../src/ledger/open.ts';
import { compileRegister } from '../../../src/policy/register.ts';
import { freshFolder } from '../../ledger/folder.ts';
import { acceptRow, DAY, flaggedRow, HOUR, NOON, scanRow } from '../../ledger/rows.ts';

export const FROM = Date.UTC(2026, 10, 24);
export const TO = FROM + DAY;

export function act(over: Partial<AuditEntry> = {}): AuditEntry {
  return {
    at: NOON,
    actor: 'Ada',
    role: 'officer',
    action: 'incident.move',
    object: 'incident:1',
    detail: { to: 'resolved' },
    ...over,
  };
}

/** A ledger with a day's traffic, what became of it, and what people did; and the packs that are made of it. */
export async function evidenceCase() {
  const folder = freshFolder();
  const keyring = openFileKeyring(`${folder}/keyring.json`, true);
  const path = `${folder}/ledger.db`;
  const ledger = await openLedger({ path, migrate: true });
  const signer = auditSigner(keyring);
  await ledger.vault.saveDataKey('dk-test', 'keyring.wrapped', NOON);
  for (const hour of [0, 1, 2]) {
    const at = NOON + hour * HOUR;
    const row = acceptRow({ id: uuid({ msecs: at, random: randomBytes(16) }), receivedAt: at });
    await ledger.messages.accept(row);
    if (hour < 2) await ledger.messages.saveScan(hour === 0 ? flaggedRow(row.id) : scanRow(row.id));
  }
  await ledger.evidence.save([
    {
      ...{ target: 'tls:registry.example:6661', check: 'version', profile: 'rfc9325', section: '3.1.1', outcome: 'proven' },
      ...{ how: 'probed', facts: { version: 'TLSv1.3' }, reason: null, at: NOON, expires: NOON + 2 * DAY },
    },
  ]);
  await ledger.audit.append(act({ at: FROM - HOUR, action: 'agent.start' }));
  for (let n = 0; n < 5; n++) await ledger.audit.append(act({ at: NOON + n }));
  await makeCheckpoint(ledger.audit, signer, () => NOON + HOUR);
  for (let n = 5; n < 9; n++) await ledger.audit.append(act({ at: NOON + 2 * HOUR + n }));
  await ledger.reviews.sign({
    at: NOON + 3 * HOUR,
    actor: 'Ada',
    role: 'officer',
    from: FROM,
    to: TO,
    outcome: 'nothing-further',
    note: 'queue and flows',
  });
  await makeCheckpoint(ledger.audit, signer, () => NOON + 4 * HOUR);
  await ledger.audit.append(act({ at: TO + HOUR, action: 'signin' }));
  return { folder, path, ledger, keyring, signer, pack: () => packOf(ledger, keyring) };
}

export async function packOf(
  ledger: Ledger,
  keyring: ReturnType<typeof openFileKeyring>,
  period = { from: FROM, to: TO },
): Promise<Buffer> {
  const who = { actor: 'cli:auditor', role: 'operator', clock: () => TO + 2 * HOUR };
  const out = new PassThrough();
  const request = { period, ledger, keyring, register: compileRegister([]), locations: new Map(), ...who };
  const written = evidenceExporter.write(request, out).then(() => out.end());
  const [pack] = await Promise.all([buffer(out), written]);
  return pack;
}
