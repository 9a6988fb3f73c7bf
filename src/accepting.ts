import { createHmac, randomUUIDv7 } from 'node:crypto';
import type { Clock } from './core/clock.ts';
import type { Accept, Incoming, Receipt } from './core/provenance.ts';
import { sparingly } from './core/sparingly.ts';
import { peekDicom } from './formats/dicom/peek.ts';
import { peekFhir } from './formats/fhir/peek.ts';
import { peekHl7 } from './formats/hl7v2/peek.ts';
import { peekDocument } from './formats/peek-document.ts';
import { createAccept } from './ingest/accept.ts';
import type { VaultQuota } from './ingest/limits.ts';
import { peekMessage } from './ingest/peek.ts';
import { readOnce } from './ingest/read-once.ts';
import type { Keyring } from './keyring/keyring.ts';
import type { Ledger } from './ledger/ledger.ts';
import { createDataKeys } from './ledger/vault/data-keys.ts';
import { seal } from './ledger/vault/seal.ts';
import type { Log } from './log.ts';
import type { Queue } from './queue/queue.ts';

/** Tells somebody of every message that was accepted. */
export function observed(accept: Accept, onAccepted: (message: Incoming, receipt: Receipt) => void): Accept {
  return async (message, provenance) => {
    const receipt = await accept(message, provenance);
    onAccepted(message, receipt);
    return receipt;
  };
}

/** What listeners read of a header, once for each message. */
export const peek = readOnce(peekHl7);
const peekAny = peekMessage(peekDicom, peek, [peekFhir, peekDocument]);

interface AcceptParts {
  readonly ledger: Pick<Ledger, 'messages' | 'vault'>;
  readonly keyring: Keyring;
  readonly queue: Pick<Queue, 'add'>;
  readonly quota: VaultQuota;
  readonly clock: Clock;
  readonly log: Log;
}

/** What takes messages: it seals them, keeps them, and hands them to the queue. */
export async function acceptOf({ ledger, keyring, queue, quota, clock, log }: AcceptParts): Promise<Accept> {
  const dataKeys = await createDataKeys(ledger.vault, keyring);
  // Keyed: a plain digest of a short message could be found by trying.
  const digest = (text: string | Uint8Array, rest: string | null): string => {
    const mac = createHmac('sha256', keyring.digestKey).update(text);
    return (rest === null ? mac : mac.update(rest, 'hex')).digest('base64url');
  };
  return createAccept({
    save: (row) => ledger.messages.accept(row),
    async seal(bytes, id) {
      const dataKey = await dataKeys.current(clock());
      return { dataKey: dataKey.id, chunks: seal(bytes, dataKey.key, id) };
    },
    digest,
    scopeHmac: (text) => digest(text, null),
    peek: peekAny,
    quota,
    dispatch: (ids) => queue.add(ids),
    onDispatchFailure: sparingly(clock, (reason, messages) => log('warn', 'dispatch failed', { reason, messages })),
    newId: () => randomUUIDv7(),
  });
}
