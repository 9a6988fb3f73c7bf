import { CordonError } from '../core/errors.ts';
import { createElider } from './dicom/elide.ts';
import type { Collected } from './keep.ts';
import type { InFlight, Limits } from './limits.ts';

/** One body on its way in: elided, and accounted for among what is in flight. */
export interface Intake {
  /** Adds a chunk. False where there is no room for what is held now: shed the body, or try `settle` again later. */
  add(chunk: Uint8Array): boolean;
  /** Accounts for what is held now. False where there is no room. */
  settle(): boolean;
  /**
   * Hands over what came; `bytes.length` of it stay accounted for and are the caller's to give back. Throws `ingest.overloaded` where
   * what was inflated has no room; then nothing stays.
   */
  take(): Promise<Collected>;
  /** Gives back what is accounted for. */
  drop(): void;
  /** What is kept so far, for a look. */
  readonly kept: Uint8Array;
}

export interface IntakeDeps {
  readonly limits: Limits;
  readonly inFlight: InFlight;
}

export function createIntake({ limits, inFlight }: IntakeDeps): Intake {
  const elider = createElider(limits);
  let taken = 0;

  function account(held: number): boolean {
    if (!inFlight.take(held - taken)) return false;
    taken = held;
    return true;
  }

  function drop(): void {
    inFlight.give(taken);
    taken = 0;
  }

  return {
    add(chunk) {
      elider.add(chunk);
      return account(elider.held);
    },
    settle: () => account(elider.held),
    async take() {
      try {
        const collected = await elider.take();
        if (!account(collected.bytes.length)) throw overloaded();
        taken = 0;
        return collected;
      } catch (error) {
        drop();
        throw error;
      }
    },
    drop,
    get kept() {
      return elider.kept;
    },
  };
}

export function overloaded(): CordonError {
  return new CordonError(
    'ingest.overloaded',
    'too many bytes of messages are in flight; come again, or raise the in-flight limit',
  );
}
