import { type DimseListener, type DimseOptions, listenDimse } from '../../src/ingest/dimse.ts';
import type { IngestEvent } from '../../src/ingest/events.ts';
import { createInFlight, type InFlight } from '../../src/ingest/limits.ts';
import { type RecordedAccept, recordedAccept } from './recorded-accept.ts';

export interface StartedDimse extends RecordedAccept {
  readonly listener: DimseListener;
  readonly events: IngestEvent[];
  readonly inFlight: InFlight;
  /** Waits for an event of a kind, and returns the first. */
  event<Kind extends IngestEvent['kind']>(kind: Kind): Promise<Extract<IngestEvent, { kind: Kind }>>;
}

/** A DICOM listener over a recorded `accept`. */
export async function startDimse(more: Partial<DimseOptions> = {}): Promise<StartedDimse> {
  const recorded = recordedAccept();
  const events: IngestEvent[] = [];
  const waiting: (() => void)[] = [];
  const inFlight = more.inFlight ?? createInFlight(1 << 20);
  const listener = await listenDimse({
    name: 'dimse',
    host: '127.0.0.1',
    port: 0,
    tls: null,
    accept: recorded.accept,
    limits: { limit: 1 << 18, hardLimit: 1 << 20 },
    report(event) {
      events.push(event);
      for (const wake of waiting.splice(0)) wake();
    },
    clock: Date.now,
    deadline: 4000,
    idle: 60_000,
    callingAEs: [],
    calledAEs: [],
    maxAssociations: 64,
    maxObjects: 0,
    ...more,
    inFlight,
  });
  return {
    ...recorded,
    listener,
    events,
    inFlight,
    async event(kind) {
      for (;;) {
        const found = events.find((event) => event.kind === kind);
        if (found !== undefined && isKind(found, kind)) return found;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
}

function isKind<Kind extends IngestEvent['kind']>(event: IngestEvent, kind: Kind): event is Extract<IngestEvent, { kind: Kind }> {
  return event.kind === kind;
}
