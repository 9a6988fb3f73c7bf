import type { SaltedEntry } from '../core/audit.ts';
import { CordonError } from '../core/errors.ts';
import type { Answer, Argument, Call, OperationName } from './operations.ts';

/** A call that waits for its commit, and who wants to know of it. */
export interface Waiting {
  readonly call: Call;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Calls that wait for a commit: those that somebody waits for go first. */
export interface Line {
  readonly length: number;
  /** How many somebody waits for: all but scan results and upkeep. */
  readonly urgent: number;
  /** Puts a call in the line. Rejects as its operation does, and with `ledger.unavailable` where the line is too long. */
  join<Name extends OperationName>(name: Name, argument: Argument<Name>, entry?: SaltedEntry): Promise<Answer<Name>>;
  /** The next batch: what senders wait for, and a share of the rest, so that neither starves. */
  take(share: Share): Waiting[];
  /** All of it, in the order of a batch. */
  clear(): Waiting[];
}

/**
 * How large a batch may be, and how many scan results it may hold beside accepts and alone: a quarter of those where senders were in the batch
 * before, since more of them are on their way and would wait for it.
 */
export interface Share {
  readonly most: number;
  readonly beside: number;
  readonly alone: number;
}

const BACKGROUND: ReadonlySet<OperationName> = new Set<OperationName>([
  'saveScan',
  'dropExpired',
  'shredKeys',
  'dropEvidence',
  'dropTrail',
  'dropTransfers',
  'dropDevices',
  'dropFacts',
  'dropOldBodies',
  'dropMessages',
  'dropIncidents',
]);

/** Calls that may wait; past it the ledger is too slow for what comes in, and saying so early is kinder than memory without end. */
const MAX_WAITING = 50_000;

/** `place` is what errors call the ledger. */
export function createLine(place: string): Line {
  const urgent: Waiting[] = [];
  const background: Waiting[] = [];
  let senders = false;
  const length = (): number => urgent.length + background.length;
  return {
    get length() {
      return length();
    },
    get urgent() {
      return urgent.length;
    },
    join<Name extends OperationName>(name: Name, argument: Argument<Name>, entry?: SaltedEntry): Promise<Answer<Name>> {
      if (length() >= MAX_WAITING) {
        return Promise.reject(new CordonError('ledger.unavailable', `${place}: ${length()} writes wait already`));
      }
      return new Promise<Answer<Name>>((resolve, reject) => {
        // What an operation answers to `name` is Answer<Name>: whoever runs it has both from `Operations`.
        const line = BACKGROUND.has(name) ? background : urgent;
        const call = { name, argument, ...(entry === undefined ? {} : { entry }) } as Call;
        line.push({ call, resolve: resolve as (value: unknown) => void, reject });
      });
    },
    take({ most, beside, alone }) {
      const apart = senders ? Math.ceil(alone / 4) : alone;
      senders = urgent.length > 0;
      const later = background.splice(0, Math.min(most, senders ? beside : apart));
      return [...urgent.splice(0, most - later.length), ...later];
    },
    clear: () => [...urgent.splice(0), ...background.splice(0)],
  };
}
