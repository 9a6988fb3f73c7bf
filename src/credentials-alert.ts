import type { Clock } from './core/clock.ts';
import { reasonOf } from './core/errors.ts';
import type { IngestEvent } from './ingest/events.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Log } from './log.ts';

/** A sender that tries all day is one incident; so often at most it gets another fact. */
const INTERVAL = 60_000;
const REMEMBERED = 1000;

type Refusal = Extract<IngestEvent, { kind: 'credentials' }>;

/** Turns refused senders into incidents, one a listener and address, whatever was wrong with their credentials. */
export function createCredentialsAlert(ledger: Pick<Ledger, 'incidents'>, clock: Clock, log: Log): (event: Refusal) => void {
  const raisedAt = new Map<string, number>();
  return ({ listener, address }) => {
    const now = clock();
    const flow = `${listener} ${address}`;
    if (now - (raisedAt.get(flow) ?? Number.NEGATIVE_INFINITY) < INTERVAL) return;
    if (raisedAt.size >= REMEMBERED) raisedAt.clear();
    raisedAt.set(flow, now);
    ledger.incidents
      .raise(
        {
          key: `credentials|${flow}`,
          reason: 'credentials',
          flow,
          category: null,
          group: null,
          severity: 'high',
          matches: [],
        },
        { source: address, destination: listener, at: now },
      )
      .catch((error: unknown) => log('error', 'incident not raised', { reason: reasonOf(error) }));
  };
}
