import { createHash } from 'node:crypto';
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
import { DATA_FILES, jsonText, type Manifest, ndjsonText, OTHER_FILES, type PackEntry, PROVING } from './data.ts';
import { gapsOf } from './gaps.ts';
import { gather } from './gather.ts';
import { numbersOf } from './numbers.ts';
import { readmeText } from './readme.ts';
import { reportPdf } from './report.ts';
import { type PackFile, zipOf } from './zip.ts';

const PAGE = 1000;

/**
 * One zip for an auditor (docs/adr/0035-evidence-pack.md). The manifest's digest goes on the audit log before a checkpoint is signed, so the signature is over
 * everything in it. Throws `audit.corrupt` where the audit log is not what was signed before.
 */
export async function makePack({ period, ledger, keyring, clock, actor, role }: ExportRequest): Promise<Buffer> {
  const { audit } = ledger;
  const signer = auditSigner(keyring);
  const made = clock();
  const data = await gather(ledger, period, { made, by: actor, origin: signer.verifier.name });
  const span = await spanOf(audit, period);
  const entries = await entriesOf(audit, span);
  const earlier = await earlierOf(audit, period);
  const numbers = numbersOf(data);
  const gaps = gapsOf(data, numbers, entries);
  const key = verifierText(signer.verifier);
  const listed = [
    text(OTHER_FILES.readme, readmeText(data.about, key)),
    { name: OTHER_FILES.report, bytes: await reportPdf(data, numbers, gaps, entries, key) },
    text(OTHER_FILES.checker, checkerText),
    ...Object.entries(DATA_FILES).map(([name, file]) => text(file, ndjsonText(rowsOf(data, name)))),
    text(OTHER_FILES.numbers, jsonText({ numbers, gaps })),
    text(OTHER_FILES.entries, ndjsonText(entries)),
    text(OTHER_FILES.earlier, jsonText(earlier.map(({ note }) => note))),
    text(OTHER_FILES.key, `${key}\n`),
  ];
  const manifest: Manifest = { about: data.about, files: listed.map(listing) };
  const manifestText = jsonText(manifest);
  const digest = sha256(Buffer.from(manifestText, 'utf8'));
  const detail = { manifest: digest, from: period.from, to: period.to };
  const seal = await audit.append({ at: made, actor, role, action: 'evidence.seal', object: `manifest:${digest}`, detail });
  return zipOf([
    ...listed,
    text(PROVING.manifest, manifestText),
    ...(await provingFiles(audit, signer, { span, earlier, seal, clock, gone: entries.findLast(({ entry }) => entry === null) })),
  ]);
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

async function entriesOf(audit: AuditStore, { start, end }: Span): Promise<PackEntry[]> {
  const entries: PackEntry[] = [];
  for (let at = start; at < end; at += PAGE) {
    const span = { start: at, end: Math.min(end, at + PAGE) };
    const records = new Map((await audit.entries(span, PAGE)).map((record) => [record.seq, record]));
    const leaves = await audit.leaves(span);
    leaves.forEach((leaf, index) => {
      const seq = at + index;
      entries.push({ seq, leaf: leaf.toString('base64'), entry: records.get(seq) ?? null });
    });
  }
  return entries;
}

interface Proved {
  readonly earlier: readonly AuditCheckpoint[];
  readonly span: Span;
  readonly seal: number;
  readonly clock: ExportRequest['clock'];
  /** The last entry that has only its leaf left. */
  readonly gone: PackEntry | undefined;
}

async function provingFiles(audit: AuditStore, signer: AuditSigner, proved: Proved): Promise<PackFile[]> {
  const { span, earlier, seal, clock, gone } = proved;
  const last = await makeCheckpoint(audit, signer, clock);
  if (last === null) throw new CordonError('audit.corrupt', 'the audit log is empty just after an entry was made');
  const base64 = async (spans: readonly Span[]): Promise<string[]> =>
    (await audit.hashes(spans)).map((hash) => hash.toString('base64'));
  const beside = besideOf(span, last.size);
  const retained = gone === undefined ? null : await retainedOf(audit, gone.seq);
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
    text(PROVING.seal, jsonText({ seal: sealed, retained })),
    text(PROVING.checkpoint, last.note),
    text(PROVING.proofs, jsonText(proofs)),
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

function rowsOf(data: Awaited<ReturnType<typeof gather>>, name: string): readonly unknown[] {
  const rows: Readonly<Record<string, readonly unknown[]>> = {
    messages: data.messages,
    flows: data.flows,
    incidents: data.incidents,
    acts: data.acts,
    evidence: data.evidence,
    reviews: data.reviews,
  };
  return rows[name] ?? [];
}

function text(name: string, content: string): PackFile {
  return { name, bytes: Buffer.from(content, 'utf8') };
}

function listing({ name, bytes }: PackFile): Manifest['files'][number] {
  return { name, bytes: bytes.length, sha256: sha256(bytes) };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
