import { createTokenizer } from '../../core/token.ts';
import type { Keyring } from '../../keyring/keyring.ts';
import type { Bulk } from '../bulk.ts';
import { createOperations } from '../operations.ts';
import { createDataKeys, type DataKey } from '../vault/data-keys.ts';
import { seedDesk } from './desk.ts';
import { seedEvidence, seedPlaces } from './estate.ts';
import { type SeedHospital, seedHospital } from './hospital.ts';
import { seedRows } from './message.ts';
import { scattered } from './random.ts';

/** Messages of one transaction. */
const AT_ONCE = 2000;
const DAY_MS = 86_400_000;
/** How long a flagged body is kept. */
const KEPT_DAYS = 30;
/** One message in so many is flagged, beyond the first of each incident. */
const FLAGGED_IN = 20;
/** A small ledger has an endpoint for every so many messages, a large one for each flow. */
const PER_ENDPOINT = 5000;
/** One message in so many is a fact of the first incident: of a million, a hundred thousand. */
const LOUDEST = 10;

export interface SeedOptions {
  readonly messages: number;
  /** Incidents that the messages are facts of; with more incidents than messages, as many as messages. */
  readonly incidents: number;
  /** Days before `now` over which the messages spread. */
  readonly days: number;
  /** The last message's time. */
  readonly now: number;
  step(messages: number): void;
}

/**
 * Fills an empty ledger with a hospital's year that no person stands behind, through the same writes as real messages: to try the pages
 * on, and to measure with. The same options give the same rows, but for what is sealed and keyed.
 */
export async function seedLedger(bulk: Bulk, keyring: Keyring, options: SeedOptions): Promise<void> {
  const { messages, incidents, now } = options;
  const hospital = seedHospital(Math.min(incidents, messages));
  const { many } = createOperations(bulk.db);
  const tokenizer = createTokenizer(keyring.tokenKey, 1);
  const keyOf = await dataKeys(bulk, keyring);
  const current = await keyOf(now);
  for (let from = 0; from < messages; from += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, messages - from) }, (_, index) => from + index);
    const rows: ReturnType<typeof seedRows>[] = [];
    for (const number of numbers) {
      const message = messageOf(number, hospital, options);
      const kept = message.cause !== null && message.receivedAt > now - KEPT_DAYS * DAY_MS;
      const keep = kept ? { dataKey: await keyOf(message.receivedAt), until: message.receivedAt + KEPT_DAYS * DAY_MS } : null;
      rows.push(seedRows({ ...message, keep }, keyring, tokenizer, current));
    }
    await bulk.transaction(async (x) => {
      await many.accept(
        x,
        rows.map(({ accepted }) => accepted),
      );
      await many.saveScan(
        x,
        rows.map(({ scanned }) => scanned),
      );
    });
    options.step(numbers.length);
  }
  await seedEstate(bulk, hospital, options);
  await seedDesk(bulk, now);
}

/** Places, and what checks said of the flows' endpoints over the days. */
async function seedEstate(
  { db, transaction }: Bulk,
  { flows }: SeedHospital,
  { messages, now, days }: SeedOptions,
): Promise<void> {
  const { one } = createOperations(db);
  await transaction(async (x) => {
    for (const place of seedPlaces(now)) await one.savePlace(x, place);
  });
  const asked = flows.slice(0, Math.ceil(messages / PER_ENDPOINT));
  for (const rows of seedEvidence(asked, now - days * DAY_MS, now)) await transaction((x) => one.saveEvidence(x, rows));
}

/** What stands behind the n-th message: the first ones of all incidents come first among those that are flagged, evenly spread. */
function messageOf(number: number, { flows, causes }: SeedHospital, { messages, days, now }: SeedOptions) {
  const receivedAt = now - Math.floor(((messages - 1 - number) / messages) * days * DAY_MS);
  const cause = causes[causeIndex(number, messages, causes.length)] ?? null;
  // A few flows carry most of the traffic.
  const busy = Math.floor((scattered(number, 1 << 20) / (1 << 20)) ** 3 * flows.length);
  const flow = flows[cause?.flow ?? busy] ?? flows[0];
  if (flow === undefined) throw new RangeError('a hospital has flows');
  return { number, receivedAt, flow, cause };
}

/** Which incident the message is a fact of; -1: none. Each has one of its own, and the first ones have most of the others. */
function causeIndex(number: number, messages: number, causes: number): number {
  if (causes === 0) return -1;
  const every = Math.floor(messages / causes);
  const own = number / every;
  if (number % every === 0 && own < causes) return own;
  if (scattered(number + 2, LOUDEST) === 0) return 0;
  if (scattered(number, FLAGGED_IN) !== 0) return -1;
  return Math.floor((scattered(number + 1, 1 << 20) / (1 << 20)) ** 2 * causes);
}

async function dataKeys(bulk: Bulk, keyring: Keyring): Promise<(at: number) => Promise<DataKey>> {
  const { one } = createOperations(bulk.db);
  const keys = await createDataKeys(
    {
      bindKeyring: (id) => bulk.transaction((x) => one.bindKeyring(x, id)),
      saveDataKey: (id, wrapped, at) => bulk.transaction((x) => one.saveDataKey(x, { id, wrapped, at })),
    },
    keyring,
  );
  return (at) => keys.current(at);
}
