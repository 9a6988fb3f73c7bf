import { createHmac } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { NO_CLAIMS } from '../core/provenance.ts';
import { token } from '../core/token.ts';
import { type Category, type Finding, SEVERITIES } from '../core/vocabulary.ts';
import type { Keyring } from '../keyring/keyring.ts';
import type { IncidentCause } from '../policy/decision.ts';
import { createDataKeys } from './data-keys.ts';
import type { Ledger, ScanRow } from './ledger.ts';
import { seal } from './seal.ts';

const AT_ONCE = 512;
const DAY_MS = 86_400_000;
const CATEGORIES: readonly Category[] = ['ssn', 'mrn', 'name', 'date', 'phone', 'narrative'];
const GROUPS = ['ZPI', 'OBX', 'NTE', 'PID', 'OBR'];

export interface SeedOptions {
  readonly messages: number;
  /** Incidents that the messages are facts of, by turns; with more incidents than messages, as many as messages. */
  readonly incidents: number;
  /** The last message's time; the others spread over the thirty days before it. */
  readonly now: number;
  step(messages: number): void;
}

/**
 * Fills a ledger with rows that no person stands behind, through the same writes as real ones: to try the pages on, and to
 * measure with. One message in ten is flagged.
 */
export async function seedLedger(ledger: Ledger, keyring: Keyring, options: SeedOptions): Promise<void> {
  const { messages, incidents, now } = options;
  const dataKey = await (await createDataKeys(ledger.vault, keyring)).current(now);
  for (let from = 0; from < messages; from += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, messages - from) }, (_, index) => from + index);
    await Promise.all(
      numbers.map(async (number) => {
        const receivedAt = now - Math.floor(((messages - 1 - number) / messages) * 30 * DAY_MS);
        const id = uuid();
        const body = Buffer.from(
          `MSH|^~\\&|SEED${number % 7}|LAB|REG${number % 3}|STATE|||ORU^R01|${number}|T|2.5.1\r`,
          'latin1',
        );
        await ledger.messages.accept({
          id,
          provenance: {
            listener: 'mllp',
            protocol: 'mllp',
            peer: { address: '127.0.0.1', certificate: null, apiKey: null },
            tls: null,
            claims: NO_CLAIMS,
            receivedAt,
          },
          bytes: body.length,
          elided: [],
          digest: createHmac('sha256', keyring.digestKey).update(body).digest('base64url'),
          duplicateKey: null,
          duplicateContent: null,
          quarantined: false,
          problems: [],
          dataKey: dataKey.id,
          chunks: seal(body, dataKey.key, id),
        });
        const incident = number < incidents ? number : number % 10 === 0 && incidents > 0 ? (number / 10) % incidents : null;
        await ledger.messages.saveScan(scanOf({ id, number, receivedAt, bytes: body.length, incident }, keyring, now));
      }),
    );
    options.step(numbers.length);
  }
}

interface Seeded {
  readonly id: string;
  readonly number: number;
  readonly receivedAt: number;
  readonly bytes: number;
  /** Number of the incident it is a fact of; null: clean. */
  readonly incident: number | null;
}

function scanOf({ id, number, receivedAt, bytes, incident }: Seeded, keyring: Keyring, now: number): ScanRow {
  const flow = {
    key: `seed|REG${number % 3}|SEED${number % 7}`,
    listener: 'mllp',
    source: `SEED${number % 7}`,
    destination: `REG${number % 3}`,
    policy: null,
  };
  const flagged = incident !== null;
  const cause = incident === null ? null : causeOf(incident, flow.key);
  const reasons = cause === null ? [] : [cause.reason];
  const verdict = flagged ? 'flagged' : 'clean';
  return {
    id,
    scannedAt: receivedAt,
    format: 'hl7v2',
    type: 'ORU^R01',
    examined: bytes,
    unexamined: [],
    problems: [],
    verdict,
    reasons,
    decision: { verdict, reasons, flow, causes: cause === null ? [] : [cause], shadowed: [], sensitivities: [], summary: [] },
    findings: cause === null ? [] : [findingOf(cause, number, keyring)],
    patients: [token(keyring.tokenKey, 'number', `seed ${number % 5000}`)],
    ruleset: 'seed',
    keepBodyUntil: flagged ? now + 30 * DAY_MS : null,
  };
}

function causeOf(incident: number, flow: string): IncidentCause {
  const category = CATEGORIES[incident % CATEGORIES.length] ?? 'ssn';
  const group = GROUPS[incident % GROUPS.length] ?? 'ZPI';
  const severity = SEVERITIES[incident % SEVERITIES.length] ?? 'high';
  return { key: `seed|${incident}`, reason: 'content.category', flow, category, group, severity, matches: [0] };
}

function findingOf(cause: IncidentCause, number: number, keyring: Keyring): Finding {
  const category = cause.category ?? 'ssn';
  return {
    rule: `seed.${category}`,
    pack: 'seed@1.0.0',
    category,
    subject: 'patient',
    path: `${cause.group ?? 'ZPI'}-2`,
    start: 0,
    end: 3,
    confidence: 0.9,
    severity: cause.severity,
    mask: '999-99-9999',
    token: token(keyring.tokenKey, 'number', `seed ${number}`),
  };
}
