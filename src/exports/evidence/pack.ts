import packageJson from '../../../package.json' with { type: 'json' };
import { parseCheckpoint } from '../../audit/checkpoint.ts';
import { consistencyPath, inclusionPath, type Span } from '../../audit/merkle.ts';
import { openNote, verifierText } from '../../audit/note.ts';
import { besideOf } from '../../audit/proofs.ts';
import { type AuditSigner, auditSigner } from '../../audit/signer.ts';
import { makeCheckpoint } from '../../audit-checkpoint.ts';
import type { AuditCheckpoint, AuditRecord } from '../../core/audit.ts';
import { CordonError } from '../../core/errors.ts';
import type { AuditStore } from '../../ledger/audit/store.ts';
import type { ExportRequest } from '../exporter.ts';
import type { Period } from '../period.ts';
import { checkerText } from './check-evidence.generated.ts';
import { type About, DATA_FILES, jsonText, type Manifest, OTHER_FILES, PROVING } from './data.ts';
import { tallyOf } from './facts.ts';
import { gapsOf } from './gaps.ts';
import { actsOf, entriesOf, evidenceOf, flowsOf, incidentsOf } from './gather.ts';
import { numbersOf } from './numbers.ts';
import { readmeText } from './readme.ts';
import { reportPdf } from './report.ts';
import { reportRowsOf } from './report-rows.ts';
import { type Entry, entryOf, spooled } from './spool.ts';

/** Reviews of one period are a few; this many say that something else is wrong. */
const REVIEWS = 10_000;

/**
 * The files of one zip for an auditor (docs/adr/0035-evidence-pack.md), one after the other: the next is made once the last was written. The manifest's digest goes on
 * the audit log before a checkpoint is signed, so the signature is over everything in it. Throws `audit.corrupt` where the audit log is not what was
 * signed before.
 */
export async function* packEntries({ period, ledger, keyring, clock, actor, role }: ExportRequest): AsyncGenerator<Entry> {
  const { audit } = ledger;
  const signer = auditSigner(keyring);
  const key = verifierText(signer.verifier);
  const origin = signer.verifier.name;
  const about: About = { format: 'cordon-evidence/1', ...period, made: clock(), by: actor, origin, version: packageJson.version };
  const span = await spanOf(audit, period);
  const earlier = await earlierOf(audit, period);
  const files: Listing[] = [];
  const reading: Reading = { ledger, about, span, gone: null };
  for await (const entry of contents(reading, earlier, key)) {
    const { name, size, sha256 } = entry;
    files.push({ name, bytes: size, sha256 });
    yield entry;
  }
  const manifest = entryOf(PROVING.manifest, jsonText({ about, files } satisfies Manifest));
  const digest = manifest.sha256;
  const detail = { manifest: digest, from: period.from, to: period.to };
  const seal = await audit.append({ at: about.made, actor, role, action: 'evidence.seal', object: `manifest:${digest}`, detail });
  yield manifest;
  yield* await provingFiles(audit, signer, { span, earlier, seal, clock, gone: reading.gone });
}

type Listing = Manifest['files'][number];

interface Reading {
  readonly ledger: ExportRequest['ledger'];
  readonly about: About;
  readonly span: Span;
  /** The last entry of the audit log that has only its leaf left, once they were read. */
  gone: number | null;
}

/** What the manifest lists. Acts come before incidents: who was handled belongs to the period too. */
async function* contents(reading: Reading, earlier: readonly AuditCheckpoint[], key: string): AsyncGenerator<Entry> {
  const { ledger, about, span } = reading;
  yield entryOf(OTHER_FILES.readme, readmeText(about, key));
  yield entryOf(OTHER_FILES.checker, checkerText);
  const messages = await ledger.period.counts(about.from, about.to);
  const flows = await flowsOf(ledger, about);
  const reviews = await ledger.reviews.list(about.from, about.to, REVIEWS);
  const tally = tallyOf({ about, messages, flows });
  const shown = reportRowsOf(about);
  const handled = new Set<string>();
  yield* ndjson(DATA_FILES.messages, messages);
  yield* ndjson(DATA_FILES.flows, flows);
  yield* ndjson(DATA_FILES.acts, actsOf(ledger, about), (row) => {
    handled.add(row.incident);
    tally.act(row);
    shown.act(row);
  });
  yield* ndjson(DATA_FILES.incidents, incidentsOf(ledger, about, handled), (row) => {
    tally.incident(row);
    shown.incident(row);
  });
  yield* ndjson(DATA_FILES.evidence, evidenceOf(ledger, about), tally.evidence);
  yield* ndjson(DATA_FILES.reviews, reviews, tally.review);
  yield* ndjson(OTHER_FILES.entries, entriesOf(ledger.audit, span), (row) => {
    if (row.entry === null) reading.gone = row.seq;
    tally.entry(row);
    shown.entry(row);
  });
  yield entryOf(OTHER_FILES.earlier, jsonText(earlier.map(({ note }) => note)));
  yield entryOf(OTHER_FILES.key, `${key}\n`);
  const facts = tally.facts();
  const numbers = numbersOf(facts);
  const gaps = gapsOf(facts, numbers);
  yield entryOf(OTHER_FILES.numbers, jsonText({ numbers, gaps }));
  yield entryOf(OTHER_FILES.report, await reportPdf(facts, shown.rows(reviews), numbers, gaps, key));
}

/** A file of rows; `look` sees each as it goes by. */
async function* ndjson<Row>(
  name: string,
  rows: Iterable<Row> | AsyncIterable<Row>,
  look: (row: Row) => void = () => undefined,
): AsyncGenerator<Entry> {
  async function* looked(): AsyncGenerator<Row> {
    for await (const row of rows) {
      look(row);
      yield row;
    }
  }
  const entry = await spooled(name, looked());
  try {
    yield entry;
  } finally {
    await entry.close();
  }
}

/** The entries of the period, and one before and behind: they show that it does not begin or end within. */
async function spanOf(audit: AuditStore, { from, to }: Period): Promise<Span> {
  const own = await audit.placesOf(from, to);
  const start = own?.start ?? (await audit.placesOf(0, from))?.end ?? 0;
  const end = own?.end ?? start;
  return { start: Math.max(0, start - 1), end: Math.min(await audit.size(), end + 1) };
}

/** Checkpoints of the period, the one before it and the last there was. */
async function earlierOf(audit: AuditStore, { from, to }: Period): Promise<AuditCheckpoint[]> {
  const last = await audit.lastCheckpoint();
  const during = await audit.checkpoints(from, to);
  return last === null || during.some(({ size }) => size === last.size) ? [...during] : [...during, last];
}

interface Proved {
  readonly earlier: readonly AuditCheckpoint[];
  readonly span: Span;
  readonly seal: number;
  readonly clock: ExportRequest['clock'];
  /** The last entry that has only its leaf left. */
  readonly gone: number | null;
}

async function provingFiles(audit: AuditStore, signer: AuditSigner, proved: Proved): Promise<Entry[]> {
  const { span, earlier, seal, clock, gone } = proved;
  const last = await makeCheckpoint(audit, signer, clock);
  if (last === null) throw new CordonError('audit.corrupt', 'the audit log is empty just after an entry was made');
  const base64 = async (spans: readonly Span[]): Promise<string[]> =>
    (await audit.hashes(spans)).map((hash) => hash.toString('base64'));
  const beside = besideOf(span, last.size);
  const retained = gone === null ? null : await retainedOf(audit, gone);
  const proofs = {
    ...span,
    before: await base64(beside.before),
    after: await base64(beside.after),
    seal: await base64(inclusionPath(seal, last.size)),
    retained: retained === null ? [] : await base64(inclusionPath(retained.seq, last.size)),
    consistency: await Promise.all(earlier.map(async ({ note }) => base64(consistencyPath(sizeOf(note, signer), last.size)))),
  };
  const [sealed] = await audit.entries({ start: seal, end: seal + 1 }, 1);
  return [
    entryOf(PROVING.seal, jsonText({ seal: sealed, retained })),
    entryOf(PROVING.checkpoint, last.note),
    entryOf(PROVING.proofs, jsonText(proofs)),
  ];
}

/** What the note itself says, whatever its row does. Throws `audit.corrupt` where this keyring did not sign it. */
function sizeOf(note: string, { verifier }: AuditSigner): number {
  const state = parseCheckpoint(openNote(note, verifier) ?? '');
  if (state !== null) return state.size;
  throw new CordonError('audit.corrupt', `a checkpoint of the audit log was not signed by this keyring (${verifier.name})`);
}

/** An entry that says that entries up to this place, or one behind it, went with their time. */
async function retainedOf(audit: AuditStore, through: number): Promise<AuditRecord | null> {
  for (let before: number | undefined; ; ) {
    const page = await audit.list({ object: 'audit-log', limit: 100, ...(before === undefined ? {} : { before }) });
    const found = page.find(({ action, detail }) => action === 'audit.retain' && Number(detail.through) >= through);
    if (found !== undefined) return found;
    before = page.at(-1)?.seq;
    if (before === undefined) return null;
  }
}
