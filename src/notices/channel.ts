import type { Notice } from '../ledger/desk/notice.ts';

/** A way to tell somebody. */
export interface Channel {
  /** The same from start to start: what was delivered over it is known by it. */
  readonly name: string;
  /**
   * Resolves when the receiver took it. Rejects with a DeliveryError where it did not; with anything else where nobody knows, which is tried again
   * too. The same notice may come again: its id is the same then.
   */
  send(notice: Notice, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** A delivery that failed. Its text holds nothing of what the receiver said but a status. */
export class DeliveryError extends Error {
  /** Trying again would change nothing. */
  readonly isFinal: boolean;

  constructor(message: string, isFinal: boolean) {
    super(message);
    this.isFinal = isFinal;
  }
}
