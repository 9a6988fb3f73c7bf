import { reasonOf } from '../src/core/errors.ts';
import type { Notice } from '../src/ledger/desk/notice.ts';
import type { DeskStore } from '../src/ledger/desk/store.ts';
import { type Channel, DeliveryError } from '../src/notices/channel.ts';

/** Waits between tries, milliseconds; after the last of them a delivery is given up. Standard Webhooks, "Deliverability", has the same. */
const WAITS = [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600].map(
  (seconds) => seconds * 1000,
);

/** Deliveries of one round, and how long they are nobody else's: longer than the slowest of them takes. */
const AT_ONCE = 20;
const LEASE = 120_000;

export interface NotifyDeps {
  readonly desk: Pick<DeskStore, 'takeNotices' | 'settleNotice'>;
  readonly channels: readonly Channel[];
  readonly clock: () => number;
  /** Told of what failed; `next`: when it is tried again, or null where it was given up. */
  readonly onFailure: (notice: Notice, reason: string, next: number | null) => void;
}

/** One round of deliveries, all at once. Returns how many arrived. One that a stop cuts off is tried again when its lease is over. */
export async function notify({ desk, channels, clock, onFailure }: NotifyDeps, signal: AbortSignal): Promise<number> {
  const now = clock();
  const names = channels.map(({ name }) => name);
  const notices = await desk.takeNotices({ channels: names, now, until: now + LEASE, limit: AT_ONCE });
  const sent = await Promise.all(
    notices.map(async (notice) => {
      const channel = channels.find(({ name }) => name === notice.channel);
      if (channel === undefined) return 0;
      const settle = (error: string, next: number | null) =>
        desk.settleNotice({ notice: notice.id, channel: notice.channel, error, next });
      try {
        await channel.send(notice, signal);
      } catch (error) {
        const isFinal = error instanceof DeliveryError && error.isFinal;
        const wait = isFinal ? undefined : WAITS[notice.attempts];
        const next = wait === undefined ? null : clock() + wait;
        onFailure(notice, reasonOf(error), next);
        await settle(reasonOf(error), next);
        return 0;
      }
      await settle('', null);
      return 1;
    }),
  );
  return sent.filter((one) => one === 1).length;
}
