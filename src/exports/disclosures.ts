import { isoTime } from '../core/clock.ts';
import { type Row, writeRows } from './csv.ts';
import { type ExportRecord, isTransfer, type TransferRecord } from './record.ts';
import type { Reporter } from './reporter.ts';

/**
 * Accounting of disclosures (45 CFR 164.528(b)), one row a patient, flow and decision. Several days to the same recipient for one purpose are a series (b)(3): the
 * first date in full, the number, the last date. What no officer decided says `candidate`, and is no disclosure.
 */
export const disclosuresReporter: Reporter = {
  name: 'disclosures',
  contentType: 'text/csv; charset=utf-8',
  write: (records, out) => writeRows(rowsOf(records), COLUMNS, out),
};

const COLUMNS = [
  'patient',
  'status',
  'date',
  'recipient',
  'address',
  'description',
  'purpose',
  'days',
  'messages',
  'frequency',
  'last_date',
  'flagged',
  'suggested_exemption',
  'exemption',
  'decided_by',
  'decided_at',
  'policy',
  'flow',
  'country',
  'transit',
  'rest',
];

/** Transfers come by flow, patient and day, so that a series is what follows each other. */
async function* rowsOf(records: AsyncIterable<ExportRecord>): AsyncGenerator<Row> {
  let series: Series | null = null;
  for await (const record of records) {
    if (!isTransfer(record)) continue;
    if (series !== null && isSame(series.first, record)) {
      series = joined(series, record);
      continue;
    }
    if (series !== null) yield rowOf(series);
    series = {
      first: record,
      last: record,
      days: 1,
      messages: record.messages,
      flagged: record.flagged,
      carried: new Set(record.categories),
    };
  }
  if (series !== null) yield rowOf(series);
}

interface Series {
  readonly first: TransferRecord;
  readonly last: TransferRecord;
  readonly days: number;
  readonly messages: number;
  readonly flagged: number;
  readonly carried: ReadonlySet<string>;
}

function isSame(a: TransferRecord, b: TransferRecord): boolean {
  const { accounting: left } = a;
  const { accounting: right } = b;
  return (
    a.flow === b.flow &&
    a.patient === b.patient &&
    left.status === right.status &&
    left.suggested === right.suggested &&
    left.decision?.id === right.decision?.id
  );
}

function joined(series: Series, record: TransferRecord): Series {
  return {
    ...series,
    last: record,
    days: series.days + 1,
    messages: series.messages + record.messages,
    flagged: series.flagged + record.flagged,
    carried: new Set([...series.carried, ...record.categories]),
  };
}

function rowOf({ first, last, days, messages, flagged, carried }: Series): Row {
  const { accounting, recipient, basis } = first;
  const { decision } = accounting;
  return {
    patient: first.patient ?? '',
    status: accounting.status,
    date: isoTime(first.firstAt).slice(0, 10),
    recipient: decision?.recipient || recipient?.system || first.destination,
    address: decision?.address || recipient?.endpoint || '',
    description: carried.size === 0 ? 'messages without identifiers' : `messages with ${[...carried].join(', ')}`,
    purpose: decision?.purpose || basis?.purpose || '',
    days,
    messages,
    frequency: days === 1 ? 'once' : `on ${days} days, ${messages} messages`,
    last_date: isoTime(last.lastAt).slice(0, 10),
    flagged,
    suggested_exemption: accounting.suggested ?? '',
    exemption: decision?.exemption ?? '',
    decided_by: decision?.actor ?? '',
    decided_at: decision === null ? '' : isoTime(decision.at),
    policy: first.policy ?? '',
    flow: first.flow,
    country: first.country ?? '',
    transit: last.transit,
    rest: last.rest,
  };
}
