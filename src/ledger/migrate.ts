import { CordonError } from '../core/errors.ts';
import type { Migration } from './migration.ts';
import { first } from './migrations/0001-first.ts';
import { inflated } from './migrations/0002-inflated.ts';
import { evidence } from './migrations/0003-evidence.ts';
import { evidenceHistory } from './migrations/0004-evidence-history.ts';
import { retention } from './migrations/0005-retention.ts';
import { patientDays } from './migrations/0006-patient-days.ts';
import { audit } from './migrations/0007-audit.ts';
import { lineage } from './migrations/0008-lineage.ts';
import { placesAndDevices } from './migrations/0009-places-and-devices.ts';
import { accounts } from './migrations/0010-accounts.ts';
import { desk } from './migrations/0011-desk.ts';
import { exports } from './migrations/0012-exports.ts';
import { reveal } from './migrations/0013-reveal.ts';
import { deskPace } from './migrations/0014-desk-pace.ts';
import { lineagePace } from './migrations/0015-lineage-pace.ts';
import { flowKinds } from './migrations/0016-flow-kinds.ts';
import { auditAction } from './migrations/0017-audit-action.ts';
import { messageDevices } from './migrations/0018-message-devices.ts';
import { registry } from './migrations/0019-registry.ts';
import { unassigned } from './migrations/0020-unassigned.ts';
import { unconfirmed } from './migrations/0021-unconfirmed.ts';

const MIGRATIONS: readonly Migration[] = [
  first,
  inflated,
  evidence,
  evidenceHistory,
  retention,
  patientDays,
  audit,
  lineage,
  placesAndDevices,
  accounts,
  desk,
  exports,
  reveal,
  deskPace,
  lineagePace,
  flowKinds,
  auditAction,
  messageDevices,
  registry,
  unassigned,
  unconfirmed,
];

/** The schema version that this Cordon reads and writes. */
export const SCHEMA_VERSION = Math.max(...MIGRATIONS.map((migration) => migration.version));

/** The steps from a version on. Throws `ledger.schema` where the ledger is newer than this Cordon. */
export function migrationsAfter(version: number, place: string): readonly Migration[] {
  if (version > SCHEMA_VERSION) {
    throw new CordonError(
      'ledger.schema',
      `${place}: made by a newer Cordon (schema ${version}; this one knows up to ${SCHEMA_VERSION}). Run the newer one, or restore a backup`,
    );
  }
  return MIGRATIONS.filter((migration) => migration.version > version);
}
