import type { Clock } from '../core/clock.ts';
import type { KnownIdentifier, RegistryStore } from '../ledger/registry/store.ts';
import type { PersonToken } from '../lineage/row.ts';
import { COHORTS, cohortBit, kindNumber, PATIENT, printOf } from './print.ts';
import { createTable, type Grown, type Table } from './table.ts';

/** Tokens of one read: a listener's accept never waits for more. */
const PAGE = 10_000;
/** What another process commits may bear an earlier time than what was read already: so far back is read again, not with every round. */
const OVERLAP = 2 * 60_000;
const OVERLAP_EVERY = 30;
/** The same for what left, of which there is little. */
const GONE_OVERLAP = 10 * 60_000;

/** Keeps the table of this process as the ledger has it. */
export interface Feed {
  readonly table: Table;
  /** Reads all of it, page by page. Rejects with `ledger.unavailable`; what was read until then stays. */
  load(): Promise<void>;
  /** Reads what was learnt, entered and left since, by whomever; waits for `load`. */
  poll(): Promise<void>;
  /** What a scan that was just saved says of patients: not waiting for the next round. */
  saved(tokens: readonly PersonToken[]): void;
  /** Ends a load that is under way. */
  close(): Promise<void>;
}

/** Opens a table of the size that the ledger asks for. `onGrow`: a shard has a larger memory from now on. */
export async function openFeed(store: RegistryStore, clock: Clock, onGrow: (grown: Grown) => void): Promise<Feed> {
  const table = createTable(await store.size(), onGrow);
  const begin = clock();
  let closed = false;
  let loading: Promise<void> | null = null;
  let learnt = { at: begin - OVERLAP, token: '' };
  let entered = begin - OVERLAP;
  /** What was taken out already, so that one who is taught again stays. */
  const done = new Map<string, number>();
  let polls = 0;

  async function load(): Promise<void> {
    for (let after = ''; !closed; ) {
      const page = await store.learnt(after, PAGE);
      for (const known of page) learn(known);
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) break;
      after = last.token;
    }
    await readMembers();
  }

  function learn({ token, kind }: KnownIdentifier): void {
    table.add(printOf(token), PATIENT | (kind === null ? 0 : kindNumber(kind)));
  }

  async function readMembers(since?: number): Promise<void> {
    for (let after = { cohort: '', token: '' }; !closed; ) {
      const page = await store.members(after, PAGE, since);
      for (const { cohort, token, kind } of page)
        table.add(printOf(token), setNamed(cohort) | (kind === null ? 0 : kindNumber(kind)));
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      after = last;
    }
  }

  /** First, and what was learnt after it: who left and came again is there again. */
  async function readGone(now: number): Promise<void> {
    for (const { at, print, part } of await store.gone(now - GONE_OVERLAP)) {
      const key = `${at}|${print}|${part}`;
      if (done.has(key)) continue;
      done.set(key, at);
      table.remove(printOf(print), part === 'patient' ? PATIENT : setNamed(part));
    }
    for (const [key, at] of done) if (at < now - 2 * GONE_OVERLAP) done.delete(key);
  }

  async function readLearnt(again: boolean): Promise<void> {
    let after = again ? { at: learnt.at - OVERLAP, token: '' } : learnt;
    while (!closed) {
      const page = await store.since(after, PAGE);
      for (const known of page) learn(known);
      const last = page.at(-1);
      if (last === undefined) return;
      after = { at: last.at, token: last.token };
      if (after.at > learnt.at || (after.at === learnt.at && after.token > learnt.token)) learnt = after;
      if (page.length < PAGE) return;
    }
  }

  /** Once; after it failed, again. */
  function loaded(): Promise<void> {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  }

  return {
    table,
    load: loaded,
    async poll() {
      await loaded();
      const now = clock();
      const again = polls++ % OVERLAP_EVERY === 0;
      await readGone(now);
      await readLearnt(again);
      await readMembers(again ? entered - OVERLAP : entered);
      entered = now;
    },
    saved(tokens) {
      for (const { token, kind } of tokens) if (kind !== undefined) learn({ token, kind });
    },
    async close() {
      closed = true;
      await loading?.catch(() => undefined);
    },
  };
}

/** 0 for a cohort that this Cordon does not know. */
function setNamed(name: string): number {
  const cohort = COHORTS.find((each) => each === name);
  return cohort === undefined ? 0 : cohortBit(cohort);
}
