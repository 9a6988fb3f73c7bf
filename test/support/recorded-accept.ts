import { createHash, createHmac } from 'node:crypto';
import { v7 } from 'uuid';
import type { AcceptResult, AcceptRow } from '../../src/core/accept-row.ts';
import { CordonError } from '../../src/core/errors.ts';
import type { Accept } from '../../src/core/provenance.ts';
import { createAccept } from '../../src/ingest/accept.ts';
import { createVaultQuota, type VaultQuota } from '../../src/ingest/limits.ts';
import { readHeader } from './header.ts';

export interface RecordedAccept {
  readonly accept: Accept;
  /** What was committed, in order; duplicates are not. */
  readonly rows: AcceptRow[];
  readonly dispatched: string[];
  readonly dispatchFailures: string[];
  readonly quota: VaultQuota;
  /** Saves that are under way, and the most there ever were. */
  readonly saving: { now: number; most: number };
  /** The text of each committed body. */
  bodies(): string[];
  /** Until told otherwise every save fails like a ledger that is down. */
  down(is: boolean): void;
  queueDown(is: boolean): void;
  /** Holds saves back until the returned function is called. */
  hold(): () => void;
}

/** The real `createAccept` over a recording `save` with the ledger's duplicate rule, and no sealing. */
export function recordedAccept(): RecordedAccept {
  const rows: AcceptRow[] = [];
  const dispatched: string[] = [];
  const dispatchFailures: string[] = [];
  const quota = createVaultQuota(1 << 30);
  const saving = { now: 0, most: 0 };
  const state: { ledgerDown: boolean; queueDown: boolean; held: Promise<void> } = {
    ledgerDown: false,
    queueDown: false,
    held: Promise.resolve(),
  };

  function commit(row: AcceptRow): AcceptResult {
    if (state.ledgerDown) throw new CordonError('ledger.unavailable', 'down');
    const sameKey = rows.find(({ duplicateKey }) => duplicateKey !== null && duplicateKey === row.duplicateKey);
    const sameContent = rows.find(
      ({ duplicateContent }) => duplicateContent !== null && duplicateContent === row.duplicateContent,
    );
    const earlier = sameKey?.digest === row.digest ? sameKey : sameContent;
    if (earlier !== undefined) return { id: earlier.id, duplicate: true, keyReused: false };
    rows.push(row);
    return { id: row.id, duplicate: false, keyReused: sameKey !== undefined };
  }

  const accept = createAccept({
    async save(row) {
      saving.now++;
      saving.most = Math.max(saving.most, saving.now);
      await state.held;
      await new Promise((resolve) => setImmediate(resolve));
      saving.now--;
      return commit(row);
    },
    seal: (bytes) => ({ dataKey: 'k', chunks: [{ number: 0, last: true, data: Uint8Array.from(bytes) }] }),
    digest: (bytes, restDigest) =>
      createHash('sha256')
        .update(bytes)
        .update(restDigest ?? '')
        .digest('hex'),
    scopeHmac: (text) => createHmac('sha256', 'test').update(text).digest('base64url'),
    peek: readHeader,
    quota,
    async dispatch(ids) {
      if (state.queueDown) throw new Error('queue is down');
      dispatched.push(...ids);
    },
    onDispatchFailure: (reason) => dispatchFailures.push(reason),
    newId: v7,
  });

  return {
    accept,
    rows,
    dispatched,
    dispatchFailures,
    quota,
    saving,
    bodies: () => rows.map(({ chunks }) => Buffer.concat(chunks.map(({ data }) => data)).toString('latin1')),
    down: (is) => {
      state.ledgerDown = is;
    },
    queueDown: (is) => {
      state.queueDown = is;
    },
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      state.held = promise;
      return resolve;
    },
  };
}
