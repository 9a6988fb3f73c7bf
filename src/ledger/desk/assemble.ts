import { CordonError } from '../../core/errors.ts';
import type { Engine } from '../engine.ts';
import { relatedReads } from '../incidents/related.ts';
import { actReads, checkAct, slicesOf } from './acts.ts';
import { noticeReads } from './notices.ts';
import { queueReads } from './queue.ts';
import type { Acted, DeskStore } from './store.ts';

/** The desk's side of a ledger. */
export function deskStore(engine: Engine): DeskStore {
  const { db, reader, call } = engine;
  const acts = actReads(db);
  const queue = queueReads(db);
  const notices = noticeReads(db);
  const related = relatedReads(db);
  return {
    preview: (act) => engine.snapshot((x) => acts.preview(x, act)),
    async act(act) {
      checkAct(act);
      return inSlices(act.id, act.items, (items) => call('actOn', { ...act, items }));
    },
    async undo(undone, { id, actor, at }) {
      const ids = await acts.incidentsOf(reader, undone);
      if (ids.length === 0)
        throw new CordonError('ledger.conflict', `no act has the id ${undone}: the history of an incident names them`);
      return inSlices(id, ids, (some) => call('undoOn', { undone, by: { actor, at, act: id }, ids: some }));
    },
    queue: (now, limit) => engine.snapshot((x) => queue.queue(x, now, limit)),
    sharedPatients: (incident, others) => related.sharedPatients(reader, incident, others),
    round: (now) => call('deskRound', now),
    knowPacks: (names, now) => call('knowPacks', { names, now }),
    takeNotices: (take) => call('takeNotices', take),
    settleNotice: (settled) => call('settleNotice', settled),
    undelivered: (limit) => notices.undelivered(reader, limit),
  };
}

/** One transaction a slice; what is done stays done where a later one fails, and the same act again goes on from there. */
async function inSlices<T>(id: string, items: readonly T[], run: (some: readonly T[]) => Promise<Acted>): Promise<Acted> {
  const done: string[] = [];
  const refused: Acted['refused'][number][] = [];
  for (const slice of slicesOf(items)) {
    const acted = await run(slice);
    done.push(...acted.done);
    refused.push(...acted.refused);
  }
  return { id, done, refused };
}
