import { createHmac } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { AcceptRow } from '../../core/accept-row.ts';
import { mask } from '../../core/mask.ts';
import { NO_CLAIMS } from '../../core/provenance.ts';
import { type Tokenizer, tokenKindOf } from '../../core/token.ts';
import type { Finding } from '../../core/vocabulary.ts';
import type { Keyring } from '../../keyring/keyring.ts';
import type { ObservedFlow } from '../../policy/decision.ts';
import { deviceIdsOf } from '../devices/gather.ts';
import type { ScanRow } from '../ledger.ts';
import type { DataKey } from '../vault/data-keys.ts';
import { seal } from '../vault/seal.ts';
import { seedDevices } from './estate.ts';
import type { SeedCause } from './hospital.ts';
import { seedLineage } from './lineage.ts';
import { scattered } from './random.ts';

const PATIENTS = 60_000;
/** One message in so many is the same patient's: of a million, ten thousand. */
const MUCH_SEEN = 100;
const TYPES = ['ORU^R01', 'ADT^A08', 'ORM^O01', 'MDM^T02', 'ORU^R01', 'ADT^A01'];

export interface SeedMessage {
  /** Counts from 0; everything else that varies comes from it. */
  readonly number: number;
  readonly receivedAt: number;
  readonly flow: ObservedFlow;
  /** What is wrong with it; null: it is permitted. */
  readonly cause: SeedCause | null;
  /** Seals its body where that is kept; null: the body was dropped. */
  readonly keep: { readonly dataKey: DataKey; readonly until: number } | null;
}

/** The rows of one message as a listener and a scan thread would have made them. A body that is kept opens, and its finding is in it. */
export function seedRows(
  message: SeedMessage,
  keyring: Pick<Keyring, 'digestKey'>,
  tokenizer: Tokenizer,
  anyKey: DataKey,
): { accepted: AcceptRow; scanned: ScanRow } {
  const { number, receivedAt, flow, keep } = message;
  const id = uuid({ msecs: receivedAt, seq: number, random: randomOf(number) });
  const type = TYPES[number % TYPES.length] ?? 'ORU^R01';
  const { body, start, end, value } = bodyOf(message, type);
  const dataKey = keep?.dataKey ?? anyKey;
  const accepted: AcceptRow = {
    id,
    provenance: {
      listener: 'mllp',
      protocol: 'mllp',
      peer: { address: `10.20.${(number >> 4) % 12}.${number % 16}`, certificate: null, apiKey: null },
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
    // A body that the scan would drop at once is not sealed first.
    chunks: keep === null ? [] : seal(body, dataKey.key, id),
  };
  return { accepted, scanned: scanOf({ ...message, id, type, bytes: body.length, start, end, value, tokenizer, flow }) };
}

interface Scanned extends SeedMessage {
  readonly id: string;
  readonly type: string;
  readonly bytes: number;
  readonly start: number;
  readonly end: number;
  readonly value: string;
  readonly tokenizer: Tokenizer;
}

function scanOf({ id, number, type, bytes, receivedAt, flow, cause, keep, start, end, value, tokenizer }: Scanned): ScanRow {
  const verdict = cause === null ? 'permitted' : 'flagged';
  const reasons = cause === null ? [] : [cause.reason];
  const findings = cause === null ? [] : [findingOf(cause, { start, end, value, tokenizer })];
  const patient = tokenizer('number', `seed ${number % MUCH_SEEN === 0 ? 'often' : scattered(number, PATIENTS)}`);
  const category = cause?.category ?? 'name';
  const devices = seedDevices(number, flow);
  const causes = cause === null ? [] : [{ ...cause, flow: flow.policy ?? flow.key, matches: [0] }];
  return {
    id,
    scannedAt: receivedAt + 40,
    format: 'hl7v2',
    type,
    examined: bytes,
    unexamined: [],
    problems: [],
    verdict,
    reasons,
    decision: {
      verdict,
      reasons,
      flow,
      causes,
      shadowed: [],
      sensitivities: [],
      summary: [{ category, subject: 'patient', count: 1, permitted: cause === null }],
    },
    findings,
    patients: [patient],
    ruleset: 'seed',
    keepBodyUntil: keep?.until ?? null,
    devices,
    deviceIds: deviceIdsOf(devices),
    lineage: seedLineage({ number, flow, bytes, category, permitted: cause === null, patient }),
  };
}

function findingOf(
  { category, group, severity }: SeedCause,
  at: Pick<Scanned, 'start' | 'end' | 'value' | 'tokenizer'>,
): Finding {
  return {
    rule: `seed.${category}`,
    pack: 'seed@1.0.0',
    category,
    subject: 'patient',
    path: `${group}-2`,
    start: at.start,
    end: at.end,
    confidence: 0.9,
    severity,
    mask: mask(at.value),
    token: at.tokenizer(tokenKindOf(category), at.value),
  };
}

/** A message of two segments, the second with a made-up value in its second field. */
function bodyOf({ number, flow, cause }: SeedMessage, type: string) {
  const value = `SEED-${String(number).padStart(9, '0')}`;
  const head = `MSH|^~\\&|${flow.source}|SEED|${flow.destination}|SEED|||${type}|${number}|P|2.5.1\r${cause?.group ?? 'PID'}|1|`;
  return {
    body: Buffer.from(`${head}${value}\r`, 'latin1'),
    start: head.length,
    end: head.length + value.length,
    value,
  };
}

/** The random bytes of an id (RFC 9562 5.7), from the number. */
function randomOf(number: number): Uint8Array {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  for (let word = 0; word < 4; word++) view.setUint32(word * 4, scattered(number + word * 0x9e37, 0xffffffff));
  return bytes;
}
