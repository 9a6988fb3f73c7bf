import { createHash } from 'node:crypto';
import type { Clock } from '../core/clock.ts';
import type { DisclosureDecision, Transfer } from '../core/transfer.ts';
import type { FlowRow } from '../ledger/flow-store.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { monthOf } from '../ledger/months.ts';
import type { IncidentRow } from '../policy/decision.ts';
import type { FlowPolicy } from '../policy/flow.ts';
import type { Locations } from '../policy/location.ts';
import type { Register } from '../policy/register.ts';
import { titleOf } from '../review/titles.ts';
import { accountingOf } from './accounting.ts';
import { type EncryptionAt, encryptionReader } from './encryption.ts';
import { inChunks, mergeSorted } from './merge.ts';
import type { Period } from './period.ts';
import type { ExportRecord } from './record.ts';

/** Rows that are in memory at a time. */
const PAGE = 500;
const DAY_MS = 86_400_000;

/** What records are read from. */
export interface RecordSource {
  readonly ledger: Pick<Ledger, 'exports' | 'flows' | 'evidence'>;
  readonly register: Register;
  readonly locations: Locations;
  readonly clock: Clock;
  /** Tokens of the one person whose transfers alone are read: incidents are nobody's. Everything where it is left out. */
  readonly patients?: readonly string[];
}

interface Reading {
  readonly source: RecordSource;
  readonly flows: ReadonlyMap<string, FlowRow>;
  readonly encryption: EncryptionAt;
}

/**
 * The transfers and then the incidents whose last message falls into the period, page by page. Transfers are in the order of flow, patient and day, so
 * that what was sent of one patient follows each other.
 */
export async function* exportRecords(source: RecordSource, period: Period): AsyncGenerator<ExportRecord> {
  const flows = new Map((await source.ledger.flows.list()).map((flow) => [flow.key, flow]));
  const reading = { source, flows, encryption: encryptionReader(source.ledger.evidence, source.locations) };
  yield* transferRecords(reading, period);
  if (source.patients === undefined) yield* incidentRecords(reading, period);
}

async function* transferRecords(reading: Reading, period: Period): AsyncGenerator<ExportRecord> {
  const months: AsyncGenerator<Transfer>[] = [];
  for (let month = monthOf(period.from); month < period.to; month = monthOf(month, 1)) {
    months.push(transfersOf(reading, month, period));
  }
  for await (const page of inChunks(mergeSorted(months, inOrder), PAGE)) {
    const decisions = await decisionsOn(reading, page);
    for (const transfer of page) yield await transferRecord(reading, transfer, decisions.get(transfer.flow) ?? []);
  }
}

async function* transfersOf({ source }: Reading, month: number, period: Period): AsyncGenerator<Transfer> {
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page = await source.ledger.exports.transfers({
      month,
      ...period,
      limit: PAGE,
      ...(source.patients === undefined ? {} : { patients: source.patients }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    yield* page.rows;
    cursor = page.next;
  }
}

function inOrder(a: Transfer, b: Transfer): number {
  if (a.flow !== b.flow) return a.flow < b.flow ? -1 : 1;
  if (a.patient !== b.patient) return a.patient < b.patient ? -1 : 1;
  return a.day - b.day;
}

async function decisionsOn({ source }: Reading, page: readonly Transfer[]): Promise<Map<string, readonly DisclosureDecision[]>> {
  const decisions = new Map<string, readonly DisclosureDecision[]>();
  for (const [flow, transfers] of Map.groupBy(page, (transfer) => transfer.flow)) {
    const patients = [...new Set(transfers.map(({ patient }) => patient))];
    decisions.set(flow, await source.ledger.exports.decisions(flow, patients));
  }
  return decisions;
}

/** What a policy says of where it goes. */
function destinationOf(policy: FlowPolicy | null, locations: Locations) {
  const location = policy?.destination.location ?? null;
  const country = policy?.destination.country ?? locations.get(location ?? '')?.country ?? null;
  return { recipient: policy?.destination ?? null, basis: policy?.basis ?? null, location, country };
}

async function transferRecord(
  { source, flows, encryption }: Reading,
  transfer: Transfer,
  decisions: readonly DisclosureDecision[],
): Promise<ExportRecord> {
  const { day, patient, ...carried } = transfer;
  const flow = flows.get(transfer.flow);
  const id = flow?.policy ?? null;
  const policy = source.register.flows.get(id ?? '')?.policy ?? null;
  return {
    ...carried,
    ...(await encryption(policy, Math.min(day + DAY_MS - 1, source.clock()))),
    ...destinationOf(policy, source.locations),
    kind: 'transfer',
    id: transferId(transfer),
    source: flow?.source ?? 'unknown',
    destination: flow?.destination ?? 'unknown',
    policy: id,
    patient: patient === '' ? null : patient,
    patients: patient === '' ? 0 : 1,
    incident: null,
    accounting: accountingOf(transfer, policy, decisions),
  };
}

/** A UUID of version 8 (RFC 9562 5.8) made of what tells transfers apart. */
function transferId({ flow, patient, day }: Transfer): string {
  const bytes = createHash('sha256').update(`${flow}\0${patient}\0${day}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

async function* incidentRecords(reading: Reading, { from, to }: Period): AsyncGenerator<ExportRecord> {
  let page: readonly IncidentRow[];
  let after = '';
  do {
    page = await reading.source.ledger.exports.incidents(after, PAGE);
    for (const row of page) if (row.lastSeen >= from && row.lastSeen < to) yield await incidentRecord(reading, row);
    after = page.at(-1)?.id ?? after;
  } while (page.length === PAGE);
}

async function incidentRecord({ source, encryption }: Reading, row: IncidentRow): Promise<ExportRecord> {
  const policy = source.register.flows.get(row.flow)?.policy ?? null;
  const { id, flow, messages, patients, state, severity, group } = row;
  return {
    ...(await encryption(policy, Math.min(row.lastSeen, source.clock()))),
    ...destinationOf(policy, source.locations),
    kind: 'incident',
    id,
    firstAt: row.firstSeen,
    lastAt: row.lastSeen,
    source: row.source,
    destination: row.destination,
    flow,
    policy: policy?.id ?? null,
    patient: null,
    patients,
    messages,
    flagged: messages,
    formats: [],
    categories: row.category === null ? [] : [row.category],
    unpermitted: row.category === null ? [] : [row.category],
    reasons: [row.reason],
    sensitivities: [],
    incident: { title: titleOf(row), state, severity, group, unconfirmed: row.desk.unconfirmed, assignee: row.desk.assignee },
    accounting: null,
  };
}
