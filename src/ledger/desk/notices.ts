import { toIncident } from '../incidents/incidents.ts';
import { type Builder, type Executor, once } from '../statement.ts';
import { NOTICE_KINDS, type Notice, type NoticeDelivery, type NoticeKind } from './notice.ts';
import { readDigest, readUnconfirmed } from './round.ts';
import type { NoticesTable } from './schema.ts';

/** Notices that get their deliveries at once. */
const SLICE = 200;

interface Take {
  readonly channels: readonly string[];
  readonly now: number;
  readonly until: number;
  readonly limit: number;
}

/** The outbox of notices: a row for each notice, and one for each channel that it goes over. */
export function noticeWrites(db: Builder) {
  /** Where no channel is set up, notices are said to nobody, and not kept for a channel of later. */
  async function plan(x: Executor, { channels, now }: Take): Promise<void> {
    const rows = await x.all(once(unplannedQuery(db)));
    if (rows.length === 0) return;
    const ids = rows.map(({ id }) => id);
    const deliveries = ids.flatMap((notice) =>
      channels.map((channel) => ({ notice, channel, state: 'waiting' as const, attempts: 0, next_at: now, error: '' })),
    );
    if (deliveries.length > 0) {
      await x.run(
        once(
          db
            .insertInto('notice_deliveries')
            .values(deliveries)
            .onConflict((conflict) => conflict.doNothing()),
        ),
      );
    }
    await x.run(once(db.updateTable('notices').set({ planned: 1 }).where('id', 'in', ids)));
  }

  return {
    async takeNotices(x: Executor, take: Take): Promise<readonly Notice[]> {
      await plan(x, take);
      if (take.channels.length === 0) return [];
      const due = await x.all(once(waitingDeliveriesQuery(db, take)));
      const taken: Notice[] = [];
      for (const delivery of due) {
        const { notice, channel, attempts } = delivery;
        const mine = db.updateTable('notice_deliveries').set({ next_at: take.until, attempts: attempts + 1 });
        await x.run(once(mine.where('notice', '=', notice).where('channel', '=', channel)));
        const row = await x.get(once(db.selectFrom('notices').selectAll().where('id', '=', notice)));
        if (row !== undefined) taken.push({ ...(await toNotice(x, db, row)), channel, attempts });
      }
      return taken;
    },
    async settleNotice(
      x: Executor,
      settled: { notice: string; channel: string; error: string; next: number | null },
    ): Promise<void> {
      const { notice, channel, error, next } = settled;
      const set =
        next === null
          ? { state: error === '' ? ('sent' as const) : ('dead' as const), error }
          : { state: 'waiting' as const, error, next_at: next };
      const one = db.updateTable('notice_deliveries').set(set);
      await x.run(once(one.where('notice', '=', notice).where('channel', '=', channel).where('state', '=', 'waiting')));
    },
  };
}

export function noticeReads(db: Builder) {
  return {
    async undelivered(x: Executor, limit: number): Promise<readonly NoticeDelivery[]> {
      const rows = await x.all(once(undeliveredQuery(db, limit)));
      return rows.flatMap(({ state, next_at, kind, ...row }) => {
        const known = kindOf(kind);
        return known === null ? [] : [{ ...row, kind: known, next: state === 'dead' ? null : next_at }];
      });
    },
  };
}

export function undeliveredQuery(db: Builder, limit: number) {
  return db
    .selectFrom('notice_deliveries')
    .innerJoin('notices', 'notices.id', 'notice_deliveries.notice')
    .select(['notice', 'kind', 'incident', 'channel', 'at', 'attempts', 'state', 'next_at', 'error'])
    .where('state', 'in', ['dead', 'waiting'])
    .where('error', '<>', '')
    .orderBy('next_at', 'desc')
    .limit(limit);
}

export function unplannedQuery(db: Builder) {
  return db.selectFrom('notices').select('id').where('planned', '=', 0).orderBy('at').limit(SLICE);
}

export function waitingDeliveriesQuery(db: Builder, { channels, now, limit }: Take) {
  return db
    .selectFrom('notice_deliveries')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('next_at', '<=', now)
    .where('channel', 'in', [...channels])
    .orderBy('next_at')
    .limit(limit);
}

/** As it stands now, not as it stood when the notice was made: who is told late is told what is true. */
async function toNotice(x: Executor, db: Builder, row: NoticesTable): Promise<Omit<Notice, 'channel' | 'attempts'>> {
  const { id, at, incident } = row;
  const found =
    incident === null ? undefined : await x.get(once(db.selectFrom('incidents').selectAll().where('id', '=', incident)));
  const kind = kindOf(row.kind) ?? 'incident';
  return {
    id,
    kind,
    at,
    incident: found === undefined ? null : toIncident(found),
    digest: kind === 'digest' ? await readDigest(x, db, at) : null,
    unconfirmed: kind === 'digest' ? await readUnconfirmed(x, db) : null,
  };
}

function kindOf(text: string): NoticeKind | null {
  return NOTICE_KINDS.find((kind) => kind === text) ?? null;
}
