import { Writable } from 'node:stream';
import fc from 'fast-check';
import { TRANSFER_FORMATS } from '../../src/core/transfer.ts';
import { CATEGORIES, REASONS, SENSITIVITIES, SEVERITIES } from '../../src/core/vocabulary.ts';
import type { ExportRecord } from '../../src/exports/record.ts';
import type { Reporter } from '../../src/exports/reporter.ts';
import { INCIDENT_STATES } from '../../src/policy/decision.ts';

/** 2026-11-24T00:00:00Z */
export const DAY = Date.UTC(2026, 10, 24);

/** A transfer to a registry that a policy knows; tests name only what they are about. */
export function transfer(over: Partial<ExportRecord> = {}): ExportRecord {
  return {
    kind: 'transfer',
    id: '019a2f6e-0000-8000-8000-000000000001',
    firstAt: DAY + 3_600_000,
    lastAt: DAY + 7_200_000,
    source: 'LIS^HOSPITAL',
    destination: 'REGISTRY^STATE',
    flow: 'mllp|REGISTRY^STATE|LIS^HOSPITAL',
    policy: 'lab-registry',
    recipient: { system: 'registry', entity: 'public-health', endpoint: 'registry.example:6661', location: 'registry-db' },
    basis: { purpose: 'public-health', dataset: 'phi', agreement: { kind: 'none', ref: '' } },
    location: 'registry-db',
    country: 'US',
    patient: 'k1.c3ludGhldGlj',
    patients: 1,
    messages: 3,
    flagged: 1,
    formats: ['hl7v2'],
    categories: ['name', 'mrn'],
    unpermitted: ['mrn'],
    reasons: ['content.category'],
    sensitivities: [],
    transit: 'proven',
    rest: 'unknown',
    incident: null,
    accounting: { status: 'candidate', suggested: null, decision: null },
    ...over,
  };
}

export function incident(over: Partial<ExportRecord> = {}): ExportRecord {
  return {
    ...transfer(),
    kind: 'incident',
    id: '019a2f6e-0000-7000-8000-000000000002',
    patient: null,
    patients: 4,
    accounting: null,
    incident: {
      title: 'Patient name in a note (NTE) sent to registry',
      state: 'open',
      severity: 'high',
      group: 'NTE',
      unconfirmed: false,
      assignee: null,
    },
    ...over,
  };
}

const several = <T>(words: readonly T[]) => fc.uniqueArray(fc.constantFrom(...words), { maxLength: 4 });
/** Names of systems come from senders: anything printable, and what spreadsheets, XML and JSON stumble over. */
const name = fc.oneof(
  fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
  fc.constantFrom('=1+1', '+1', '-1', '@x', '"', '<a>&amp;]]>', 'a,b', "it's", '\u0007bell', 'ÄÖ \u{1F600}'),
);
const times = fc.tuple(fc.nat(3_600_000), fc.nat(3_600_000)).map(([a, b]) => ({ firstAt: DAY + a, lastAt: DAY + a + b }));
const outcome = fc.constantFrom('proven', 'failed', 'claimed', 'unknown' as const);

/** Any record, of either kind. */
export const anyRecord: fc.Arbitrary<ExportRecord> = fc
  .record({
    times,
    id: fc.uuid(),
    source: name,
    destination: name,
    registered: fc.boolean(),
    patient: fc.option(fc.stringMatching(/^k1\.[A-Za-z0-9_-]{43}$/)),
    messages: fc.integer({ min: 1, max: 9999 }),
    formats: several(TRANSFER_FORMATS),
    categories: several(CATEGORIES),
    unpermitted: several(CATEGORIES),
    reasons: several(REASONS),
    sensitivities: several(SENSITIVITIES),
    transit: outcome,
    rest: outcome,
    status: fc.constantFrom('candidate', 'disclosure', 'exempt' as const),
    incident: fc.option(
      fc.record({
        title: name,
        state: fc.constantFrom(...INCIDENT_STATES),
        assignee: fc.option(name),
        severity: fc.constantFrom(...SEVERITIES),
        group: fc.option(name),
        unconfirmed: fc.boolean(),
      }),
    ),
  })
  .map(({ times: when, registered, patient, status, incident: about, ...rest }) => {
    const known = registered ? {} : { policy: null, recipient: null, basis: null, location: null, country: null };
    const flow = `mllp|${rest.destination}|${rest.source}`;
    const flagged = about === null ? rest.messages % 2 : rest.messages;
    const common = { ...rest, ...when, ...known, flow, flagged };
    if (about !== null) return incident({ ...common, incident: about });
    const accounting = { status, suggested: null, decision: null };
    return transfer({ ...common, patient, patients: patient === null ? 0 : 1, accounting });
  });

/** What a reporter writes of these records, as text. */
export async function written(reporter: Reporter, records: Iterable<ExportRecord>): Promise<string> {
  const chunks: Buffer[] = [];
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  await reporter.write(given(records), out);
  if (out.writableEnded) throw new Error('a reporter ends nothing: the stream is its caller’s');
  return Buffer.concat(chunks).toString('utf8');
}

async function* given(records: Iterable<ExportRecord>): AsyncGenerator<ExportRecord> {
  yield* records;
}

export function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

/** Rows of RFC 4180 by the names in their header, read by rules of its own and not by what wrote them. */
export function readCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [];
  let cells: string[] = [];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    cells.push(quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(cells);
    cells = [];
  }
  const [header = [], ...body] = rows;
  return body.map((row) => Object.fromEntries(header.map((column, index) => [column, row[index] ?? ''])));
}
