import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { isoTime } from '../core/clock.ts';
import type { ExportRecord } from './record.ts';
import type { Reporter } from './reporter.ts';

/** Every record, one row each; lists are joined by blanks. */
export const csvReporter: Reporter = {
  name: 'csv',
  contentType: 'text/csv; charset=utf-8',
  write: (records, out) => writeRows(rowsOf(records), COLUMNS, out),
};

export type Row = Readonly<Record<string, string | number>>;

/** Writes rows under a header, no faster than `out` takes them (RFC 4180). */
export async function writeRows(rows: AsyncIterable<Row>, columns: readonly string[], out: Writable): Promise<void> {
  // A cell that starts like a formula is one to a spreadsheet, and names of systems come from senders.
  const format = stringify({
    header: true,
    columns: [...columns],
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
    escape_formulas: true,
  });
  await pipeline(Readable.from(rows), format, out, { end: false });
}

const COLUMNS = [
  'kind',
  'id',
  'first',
  'last',
  'source',
  'destination',
  'flow',
  'policy',
  'recipient',
  'entity',
  'purpose',
  'dataset',
  'agreement',
  'location',
  'country',
  'patient',
  'patients',
  'messages',
  'flagged',
  'formats',
  'categories',
  'unpermitted',
  'reasons',
  'sensitivities',
  'transit',
  'rest',
  'accounting',
  'incident',
  'severity',
  'unconfirmed',
  'state',
  'assignee',
];

async function* rowsOf(records: AsyncIterable<ExportRecord>): AsyncGenerator<Row> {
  for await (const record of records) yield rowOf(record);
}

function rowOf(record: ExportRecord): Row {
  const { kind, id, source, destination, flow, recipient, basis, incident, patients, messages, flagged } = record;
  return {
    kind,
    id,
    first: isoTime(record.firstAt),
    last: isoTime(record.lastAt),
    source,
    destination,
    flow,
    policy: record.policy ?? '',
    recipient: recipient?.system ?? '',
    entity: recipient?.entity ?? '',
    purpose: basis?.purpose ?? '',
    dataset: basis?.dataset ?? '',
    agreement: basis?.agreement.kind ?? '',
    location: record.location ?? '',
    country: record.country ?? '',
    patient: record.patient ?? '',
    patients,
    messages,
    flagged,
    formats: record.formats.join(' '),
    categories: record.categories.join(' '),
    unpermitted: record.unpermitted.join(' '),
    reasons: record.reasons.join(' '),
    sensitivities: record.sensitivities.join(' '),
    transit: record.transit,
    rest: record.rest,
    accounting: record.accounting?.status ?? '',
    incident: incident?.title ?? '',
    severity: incident?.severity ?? '',
    unconfirmed: incident?.unconfirmed === true ? 'yes' : '',
    state: incident?.state ?? '',
    assignee: incident?.assignee ?? '',
  };
}
