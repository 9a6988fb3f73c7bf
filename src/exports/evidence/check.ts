import { createHash } from 'node:crypto';
import { type LogState, parseCheckpoint } from '../../audit/checkpoint.ts';
import { leafOf } from '../../audit/leaf.ts';
import { type NoteVerifier, openNote, parseVerifier, verifierText } from '../../audit/note.ts';
import { isConsistent, rootByInclusion, rootByRange } from '../../audit/proofs.ts';
import type { AuditRecord } from '../../core/audit.ts';
import type { EvidencePeriod } from '../../core/evidence.ts';
import type { IncidentAct, MessageCount } from '../../core/period.ts';
import {
  DATA_FILES,
  jsonText,
  type Manifest,
  OTHER_FILES,
  type PackEntry,
  type PackFlow,
  type PackIncident,
  type PackProofs,
  PROVING,
} from './data.ts';
import { tallyOf } from './facts.ts';
import { gapsOf } from './gaps.ts';
import { type Numbers, numbersOf } from './numbers.ts';
import { bytesOf, canonical, isBase64, type Read, rows } from './read.ts';
import { filesOf, type PackFile, zipOf } from './zip.ts';

/** What a check found. Nothing was touched where there are no problems. */
export interface Checked {
  /** What was checked and holds, a line each. */
  readonly held: readonly string[];
  /** What was touched: where, and how it shows. */
  readonly problems: readonly string[];
  /** What a reader should know beside. */
  readonly notes: readonly string[];
  readonly numbers: Numbers;
}

/** Reports are written here while a check goes on. */
interface Findings {
  readonly held: string[];
  readonly problems: string[];
  readonly notes: string[];
}

/**
 * Checks a pack, offline and without Cordon. `key` is what the reader had beforehand (`cordon keys audit`); without it the pack's own key is taken, and
 * a note says so. Never throws for what is in a pack.
 */
export function checkPack(zip: Buffer, key: string | null): Checked {
  const found: Findings = { held: [], problems: [], notes: [] };
  const { files, whole } = containerOf(zip, found);
  const read = (name: string): Buffer => files.get(name) ?? Buffer.of();
  let numbers: Numbers = {};
  const step = (place: string, run: () => void): void => {
    try {
      run();
    } catch (error) {
      found.problems.push(`${place}: does not hold (${error instanceof Error ? error.message : String(error)})`);
    }
  };
  step(PROVING.manifest, () => checkDigests(files, read, found));
  step('audit', () => checkLog(read, key, found));
  step(OTHER_FILES.numbers, () => {
    numbers = checkNumbers(read, found);
  });
  if (!whole && found.problems.length === 0) found.problems.push('the zip: its bytes are not those that its files make');
  return { ...found, numbers };
}

function containerOf(zip: Buffer, { held, problems }: Findings): { files: Map<string, Buffer>; whole: boolean } {
  let list: PackFile[] | null = null;
  try {
    list = filesOf(zip);
  } catch (error) {
    problems.push(`the zip: its directory leads outside of it (${error instanceof Error ? error.message : String(error)})`);
  }
  if (list === null) {
    problems.push('the zip: it has no directory: it was cut short, or is none');
    return { files: new Map(), whole: false };
  }
  const files = new Map(list.map(({ name, bytes }) => [name, Buffer.from(bytes)]));
  const whole = files.size === list.length && zipOf(list).equals(zip);
  if (whole) held.push(`zip: ${list.length} files, ${zip.length.toLocaleString('en-US')} bytes, and nothing else in it`);
  else problems.push(`the zip: ${differs(zipOf(list), zip)}`);
  return { files, whole };
}

function differs(expected: Buffer, zip: Buffer): string {
  const at = expected.findIndex((byte, index) => zip[index] !== byte);
  if (at < 0) return `${zip.length - expected.length} bytes stand behind its end`;
  return `byte ${at} is not what its files make it: it was changed, or bytes were added or taken before it`;
}

function checkDigests(files: Map<string, Buffer>, read: Read, { held, problems }: Findings): void {
  const manifest: Manifest = canonical(read, PROVING.manifest);
  const proving: readonly string[] = Object.values(PROVING);
  const listed = new Set(manifest.files.map(({ name }) => name));
  for (const name of files.keys()) {
    if (!listed.has(name) && !proving.includes(name)) problems.push(`${name}: was added: the manifest does not list it`);
  }
  for (const name of proving) if (!files.has(name)) problems.push(`${name}: is missing`);
  let same = 0;
  for (const { name, bytes, sha256: digest } of manifest.files) {
    const file = files.get(name);
    if (file === undefined) problems.push(`${name}: is missing`);
    else if (sha256(file) !== digest) {
      problems.push(`${name}: was changed: ${file.length} bytes with SHA-256 ${sha256(file)}, and not ${bytes} with ${digest}`);
    } else same++;
  }
  if (same === manifest.files.length) held.push(`digests: ${same} files are as the manifest lists them`);
}

function checkLog(read: Read, given: string | null, found: Findings): void {
  const { held, problems, notes } = found;
  const own = parseVerifier(read(OTHER_FILES.key).toString('utf8'));
  const verifier = given === null ? own : parseVerifier(given);
  if (verifier === null) {
    problems.push(
      given === null ? `${OTHER_FILES.key}: is no key` : 'the key that was given is none: cordon keys audit prints it',
    );
    return;
  }
  if (given === null)
    notes.push(`signed by the key in the pack, ${verifierText(verifier)}: compare it with the one you were given, or use --key`);
  else if (own === null || verifierText(own) !== verifierText(verifier))
    problems.push(`${OTHER_FILES.key}: is not the key that was given`);
  const last = checkpointOf(read(PROVING.checkpoint).toString('utf8'), verifier);
  if (last === null) {
    problems.push(`${PROVING.checkpoint}: is not signed by ${verifier.name}, or was changed`);
    return;
  }
  held.push(`signature: ${verifier.name} signed a log of ${last.size} entries`);
  const proofs = proofsOf(read);
  const { seal, retained } = sealOf(read);
  const proved = (record: AuditRecord, path: readonly string[]): boolean =>
    rootByInclusion(record.seq, last.size, leafOf(record), path.map(bytesOf))?.equals(last.root) === true;
  const manifest = sha256(read(PROVING.manifest));
  if (!proved(seal, proofs.seal))
    problems.push(`${PROVING.seal} or ${PROVING.proofs}: the seal is no entry of the log that was signed`);
  else if (seal.action !== 'evidence.seal' || seal.detail.manifest !== manifest) {
    problems.push(`${PROVING.manifest}: was changed: entry ${seal.seq} of the log sealed another one`);
  } else held.push(`seal: the manifest is entry ${seal.seq} of the log, of ${iso(seal.at)} by ${seal.actor}`);
  if (retained !== null && !proved(retained, proofs.retained)) {
    problems.push(`${PROVING.seal} or ${PROVING.proofs}: what says that entries went with their time is no entry of the log`);
  }
  checkEntries(read, { proofs, last, retained }, found);
  checkEarlier(read, verifier, { proofs, last }, found);
}

function checkEarlier(
  read: Read,
  verifier: NoteVerifier,
  { proofs, last }: Pick<Log, 'proofs' | 'last'>,
  { held, problems }: Findings,
): void {
  const notes: readonly string[] = canonical(read, OTHER_FILES.earlier);
  const before = problems.length;
  if (proofs.consistency.length !== notes.length)
    problems.push(`${PROVING.proofs}: proofs and earlier checkpoints are not as many`);
  for (const [index, note] of notes.entries()) {
    const size = note.split('\n')[1] ?? '?';
    const state = checkpointOf(note, verifier);
    if (state === null)
      problems.push(`${OTHER_FILES.earlier}: the checkpoint of ${size} entries is not signed by ${verifier.name}`);
    else if (!isConsistent(state, last, (proofs.consistency[index] ?? []).map(bytesOf))) {
      problems.push(
        `${OTHER_FILES.earlier} or ${PROVING.proofs}: the log of ${size} entries is no beginning of the one of ${last.size}: it was rewritten since`,
      );
    }
  }
  if (problems.length === before) held.push(`checkpoints: ${notes.length} earlier ones are beginnings of the last`);
}

/** A signed checkpoint as this program writes it: nothing stands beside its three lines and one signature. Null for any other. */
function checkpointOf(note: string, verifier: NoteVerifier): LogState | null {
  const state = parseCheckpoint(openNote(note, verifier) ?? '');
  return state !== null && note.split('\n').length === 6 && state.origin === verifier.name ? state : null;
}

/** The proofs, with nothing beside them. Throws for any other. */
function proofsOf(read: Read): PackProofs {
  const { start, end, before, after, seal, retained, consistency }: PackProofs = canonical(read, PROVING.proofs);
  const proofs = { start, end, before, after, seal, retained, consistency };
  if (jsonText(proofs) !== read(PROVING.proofs).toString('utf8')) throw new Error(`${PROVING.proofs} holds more than proofs`);
  for (const hash of [before, after, seal, retained, ...consistency].flat()) {
    if (!isBase64(hash)) throw new Error(`${PROVING.proofs}: a hash is not written as base64`);
  }
  return proofs;
}

function sealOf(read: Read): { seal: AuditRecord; retained: AuditRecord | null } {
  const given: { seal: AuditRecord; retained: AuditRecord | null } = canonical(read, PROVING.seal);
  const seal = recordOf(given.seal);
  const retained = given.retained === null ? null : recordOf(given.retained);
  if (jsonText({ seal, retained }) !== read(PROVING.seal).toString('utf8'))
    throw new Error(`${PROVING.seal} holds more than entries`);
  return { seal, retained };
}

function recordOf({ seq, id, salt, at, actor, role, action, object, detail }: AuditRecord): AuditRecord {
  return { seq, id, salt, at, actor, role, action, object, detail };
}

interface Log {
  readonly proofs: PackProofs;
  readonly last: LogState;
  readonly retained: AuditRecord | null;
}

/** That all of them are in the log, in their order and with none left out; and that what has no content any more lost it with its time. */
function checkEntries(read: Read, { proofs, last, retained }: Log, { held, problems, notes }: Findings): void {
  const place = OTHER_FILES.entries;
  const entries: PackEntry[] = [...rows<PackEntry>(read, place)];
  const { about }: Manifest = canonical(read, PROVING.manifest);
  const through = retained?.action === 'audit.retain' ? Number(retained.detail.through) : -1;
  for (const [index, { seq, leaf, entry }] of entries.entries()) {
    if (seq !== proofs.start + index)
      problems.push(`${place}: entry ${proofs.start + index} is missing: entry ${seq} stands in its place`);
    if (entry === null && seq > through) problems.push(`${place}: what entry ${seq} said was removed before its time`);
    if (entry !== null && (entry.seq !== seq || leafOf(entry).toString('base64') !== leaf)) {
      problems.push(`${place}: entry ${seq} was changed: it is not what its leaf was made of`);
    }
  }
  const root = rootByRange(
    proofs,
    last.size,
    entries.map(({ leaf }) => bytesOf(leaf)),
    { before: proofs.before.map(bytesOf), after: proofs.after.map(bytesOf) },
  );
  if (entries.length !== proofs.end - proofs.start) {
    problems.push(`${place}: has ${entries.length} entries, and not those from ${proofs.start} to ${proofs.end - 1}`);
  } else if (root?.equals(last.root) !== true) {
    problems.push(
      `${place} or ${PROVING.proofs}: the leaves do not lead to the root that was signed: entries were changed, moved or replaced`,
    );
  } else {
    held.push(`entries: ${proofs.start} to ${proofs.end - 1} are in the log in this order, and none is left out`);
  }
  const within = (item: PackEntry | undefined): boolean =>
    item?.entry !== null && item?.entry !== undefined && item.entry.at >= about.from && item.entry.at < about.to;
  if (proofs.start > 0 && within(entries[0]))
    notes.push(`entries: the one before the first, ${proofs.start - 1}, may be of the period too`);
  const gone = entries.filter(({ entry }) => entry === null).length;
  if (gone > 0)
    notes.push(`entries: ${gone} have only their leaf left: their time was over (entry ${retained?.seq ?? '?'} says so)`);
}

function checkNumbers(read: Read, { held, problems }: Findings): Numbers {
  const { about }: Manifest = canonical(read, PROVING.manifest);
  const messages = [...rows<MessageCount>(read, DATA_FILES.messages)];
  const tally = tallyOf({ about, messages, flows: [...rows<PackFlow>(read, DATA_FILES.flows)] });
  for (const row of rows<IncidentAct>(read, DATA_FILES.acts)) tally.act(row);
  for (const row of rows<PackIncident>(read, DATA_FILES.incidents)) tally.incident(row);
  for (const row of rows<EvidencePeriod>(read, DATA_FILES.evidence)) tally.evidence(row);
  for (const _signed of rows(read, DATA_FILES.reviews)) tally.review();
  for (const row of rows<PackEntry>(read, OTHER_FILES.entries)) tally.entry(row);
  const facts = tally.facts();
  const numbers = numbersOf(facts);
  const gaps = gapsOf(facts, numbers);
  if (read(OTHER_FILES.numbers).toString('utf8') === jsonText({ numbers, gaps })) {
    held.push(`numbers: all ${Object.keys(numbers).length} of the report come of the data`);
  } else problems.push(`${OTHER_FILES.numbers}: says other numbers or gaps than the data make`);
  return numbers;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
