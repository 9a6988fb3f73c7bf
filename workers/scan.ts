import type { KeyObject } from 'node:crypto';
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../src/core/clock.ts';
import { CordonError } from '../src/core/errors.ts';
import { createTokenizer, type Tokenizer } from '../src/core/token.ts';
import type { MessageId } from '../src/core/vocabulary.ts';
import { compilePacks } from '../src/detect/compile.ts';
import { addressRefusals } from '../src/formats/address-book.ts';
import type { Keyring } from '../src/keyring/keyring.ts';
import { openKeyring } from '../src/keyring/open.ts';
import type { PendingMessage } from '../src/ledger/ledger.ts';
import { type LedgerReader, openReader } from '../src/ledger/open.ts';
import { createDataKeyReader } from '../src/ledger/vault/data-keys.ts';
import { open } from '../src/ledger/vault/seal.ts';
import { loadFlows } from '../src/policy/load.ts';
import { compileRegister } from '../src/policy/register.ts';
import type { KnownFlows } from '../src/policy/standing.ts';
import { readTable } from '../src/registry/table.ts';
import { testNames } from '../src/registry/test-names.ts';
import { type SiteTuning, siteTuning } from '../src/tuning/site.ts';
import { createDeviceKeeper } from './devices.ts';
import { type JudgeContext, judge } from './judge.ts';
import {
  BUSY,
  type Kept,
  type Learned,
  type NewRules,
  PLACE,
  type RegistryGrown,
  type ScanOutcome,
  type ScanReply,
  type ScanRequest,
  type ScanThreadData,
} from './protocol.ts';

/** A scan thread: load → open → judge. It reads the ledger and never writes it; what it read in clear never leaves it. */

// Linux gives each thread a priority of its own: where cores are few, a sender's answer goes before a scan, which nobody waits for.
setPriority(0, 19);

const data: ScanThreadData = workerData;
const position = new Int32Array(data.progress);
const rules: Pick<JudgeContext, 'register' | 'retention'> = {
  register: compileRegister(loadFlows(data.flows)),
  retention: data.retention,
};
let ruleset = compilePacks(data.packs);
let { overlays } = data;
/** Null: overlays change nothing; undefined: not made yet, which needs the keyring. */
let tuning: SiteTuning | null | undefined;
let evidence: KnownFlows = new Map();
const devices = createDeviceKeeper();
const isTest = testNames(data.testNames ?? []);
const registry = data.registry === undefined ? null : readTable(data.registry);
let opened: Promise<LedgerReader> | null = null;
let secrets: Promise<Secrets> | null = null;

/** What needs the keyring: the data keys, and the tokens of a judgement. */
interface Secrets {
  readonly keyOf: (id: string) => Promise<KeyObject>;
  readonly context: Omit<JudgeContext, 'evidence' | 'ruleset' | 'tuning'>;
  /** Of every token key, by key id: an overlay keeps the token that its author saw. */
  readonly tokenizers: ReadonlyMap<string, Tokenizer>;
}

/**
 * More kinds of places were met than a process tells apart, in all its messages. What is new lies from now on where rules on places do not see it: another
 * thread takes over, which tries this message again. One that holds too many by itself is given up there, as what could not be scanned.
 */
function checkPlaces(before: number): void {
  if (addressRefusals() > before) throw new CordonError('scan.places', 'more kinds of places than a thread tells apart');
}

/** Opened at the first scan, and again after it failed: a key service that is away is no reason for the thread to end. */
function keyring(): Promise<Secrets> {
  secrets ??= openKeyring({ path: data.keyringPath, kmsKey: null }, false).then(
    (ring) => ({
      keyOf: createDataKeyReader(async (id) => (await reader()).dataKey(id), ring),
      context: contextOf(ring),
      tokenizers: new Map([...ring.tokenKeys.values()].map((key) => [key.kid, createTokenizer(key)])),
    }),
    (error: unknown) => {
      secrets = null;
      throw error;
    },
  );
  return secrets;
}

function contextOf(ring: Keyring): Secrets['context'] {
  const tokenizer = createTokenizer(ring.tokenKey);
  const retired = [...ring.tokenKeys.values()].filter(({ kid }) => kid !== ring.tokenKey.kid);
  // What was learnt under a key that rotation retired is known until a flow teaches it again.
  const tokenizers = [tokenizer, ...retired.map((key) => createTokenizer(key))];
  return {
    ...rules,
    tokenizer,
    digestKey: ring.digestKey,
    ...(registry === null ? {} : { registry: { table: registry, tokenizers, isTest } }),
  };
}

/** Opened at the first scan, and again after it failed: a database that is away is no reason for the thread to end. */
function reader(): Promise<LedgerReader> {
  opened ??= openReader(data.ledger).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

async function scan(id: MessageId, read: PendingMessage | undefined): Promise<ScanOutcome> {
  try {
    const pending = read ?? (await (await reader()).load(id));
    if (pending === null) return { id, row: null, gone: true };
    const { keyOf, context, tokenizers } = await keyring();
    const key = await keyOf(pending.dataKey);
    Atomics.store(position, BUSY, 1);
    const bytes = open(pending.chunks, key, id);
    const { provenance, quarantined, elided, inflated } = pending;
    if (tuning === undefined) tuning = siteTuning(overlays, ruleset.digest, tokenizers);
    const row = judge(
      { id, body: { bytes, elided, inflated }, provenance, quarantined },
      { ...context, ruleset, evidence, ...(tuning === null ? {} : { tuning }) },
      systemClock(),
    );
    return { id, row: devices.fresh(row) };
  } catch (error) {
    return { id, row: null, gone: false, ...described(error) };
  }
}

/** The text of an error that is not ours could quote the message: only its kind and the place in our code are told. */
function described(error: unknown): { error: string; transient: boolean } {
  if (error instanceof CordonError) return { error: error.message, transient: error.retry === 'transient' };
  const place = error instanceof Error ? (/\(?([^\s()]+:\d+:\d+)\)?$/m.exec(error.stack ?? '')?.[1] ?? '') : '';
  return { error: `${error instanceof Error ? error.name : 'an error'} at ${place}`, transient: false };
}

/** What can't be read ahead is read when its turn comes, which then tells why where it fails. */
async function readAhead(ids: readonly MessageId[]): Promise<ReadonlyMap<MessageId, PendingMessage>> {
  try {
    return await (await reader()).ahead(ids);
  } catch {
    return new Map();
  }
}

async function scanAll({ ids }: ScanRequest): Promise<void> {
  const outcomes: ScanOutcome[] = [];
  Atomics.store(position, BUSY, 0);
  const read = await readAhead(ids);
  for (const [index, id] of ids.entries()) {
    Atomics.store(position, PLACE, index);
    Atomics.store(position, BUSY, 0);
    const refusals = addressRefusals();
    outcomes.push(await scan(id, read.get(id)));
    checkPlaces(refusals);
  }
  const reply: ScanReply = { outcomes };
  parentPort?.postMessage(JSON.stringify(reply));
}

parentPort?.on('message', (request: ScanRequest | Learned | Kept | NewRules | RegistryGrown) => {
  if ('grown' in request) return registry?.adopt(request.grown);
  if ('kept' in request) return devices.remember(request.kept);
  if ('rules' in request) {
    ruleset = compilePacks(request.rules.packs);
    overlays = request.rules.overlays;
    tuning = undefined;
    return;
  }
  if ('known' in request) {
    evidence = new Map(request.known);
    return;
  }
  scanAll(request).catch((error: unknown) => {
    throw error;
  });
});
