import { v7 as uuid } from 'uuid';
import type { SaltedEntry } from '../../core/audit.ts';
import type { Bulk } from '../bulk.ts';
import { slicesOf } from '../desk/acts.ts';
import type { Act, ActItem, Change } from '../desk/store.ts';
import { incidentReads } from '../incidents/incidents.ts';
import { createOperations } from '../operations.ts';

/** Incidents that are read at once. */
const AT_ONCE = 2000;
const DAY_MS = 86_400_000;
/** More rounds than a desk of any size needs to have done all that it does by itself. */
const MOST_ROUNDS = 2000;

/** What became of one incident in ten: five are resolved, one is none, one is under way, one somebody has in hand, and nobody saw two. */
const OUTCOMES: readonly (Change | null)[] = [
  { kind: 'move', to: 'false-positive', note: 'seeded', until: null },
  { kind: 'move', to: 'acknowledged', note: 'seeded', until: null },
  { kind: 'assign', assignee: 'seed' },
  null,
  null,
  ...Array.from({ length: 5 }, (): Change => ({ kind: 'move', to: 'resolved', note: 'seeded', until: null })),
];

/**
 * Somebody has worked through most of the queue: through the state machine and the audit log, as everybody does, and the desk has done what it
 * does by itself.
 */
export async function seedDesk(bulk: Bulk, now: number): Promise<void> {
  const { one } = createOperations(bulk.db);
  const acts = [...(await openOnes(bulk))].flatMap(([outcome, items]) => actsOf(OUTCOMES[outcome] ?? null, items, now));
  // The log is in the order of time.
  for (const act of acts.sort((a, b) => a.at - b.at)) {
    await bulk.transaction(async (x) => {
      await one.actOn(x, act);
      for (const { id } of act.items) await one.appendAudit(x, entryOf(id, act.at));
    });
  }
  for (let round = 0, busy = true; busy && round < MOST_ROUNDS; round++) {
    const did = await bulk.transaction((x) => one.deskRound(x, now));
    busy = did.admitted + did.overdue + did.lowered > 0;
  }
}

/** One thing done to many, spread over the last year, so that charts and reports have something to show. */
function actsOf(change: Change | null, items: readonly ActItem[], now: number): Act[] {
  if (change === null) return [];
  return slicesOf(items).map((some, index, { length }) => {
    const at = Math.floor(now - ((length - index) / length) * 360 * DAY_MS);
    return { id: uuid(), actor: 'seed', at, change, items: some };
  });
}

/** Open incidents by what becomes of them. */
async function openOnes({ db, transaction }: Bulk): Promise<ReadonlyMap<number, readonly ActItem[]>> {
  const { list } = incidentReads(db);
  const all: ActItem[] = [];
  let cursor: string | undefined;
  do {
    const page = await transaction((x) => list(x, { limit: AT_ONCE, ...(cursor === undefined ? {} : { cursor }) }));
    all.push(...page.rows.filter(({ state }) => state === 'open').map(({ id, state }) => ({ id, from: state })));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  const numbers = new Map(all.map((item, number) => [item, number]));
  return Map.groupBy(all, (item) => (numbers.get(item) ?? 0) % OUTCOMES.length);
}

function entryOf(incident: string, at: number): SaltedEntry {
  const said = { actor: 'seed', role: 'officer', action: 'incident.act', object: `incident:${incident}` };
  return { id: uuid(), salt: Buffer.alloc(16).toString('base64'), at, ...said, detail: { seeded: true } };
}
