import type { Category, Reason } from '../core/vocabulary.ts';
import type { Segment } from './compose.ts';
import type { People } from './people.ts';
import type { Random } from './random.ts';

/** The kinds of leak that the demo plants. */
export const KINDS = [
  'name-in-note',
  'ssn-in-z-segment',
  'birth-date-in-obr',
  'pump-with-patient',
  'unregistered-flow',
  'silent-feed',
  'production-on-test',
  'text-after-pixels',
  'name-in-private-element',
  'birth-date-in-uid',
] as const;
export type Kind = (typeof KINDS)[number];

export type Expected = 'clean' | 'permitted' | 'flagged';

/** MSH as a sender of a feed fills it; time, control id and character set come when the message is composed. */
export interface Header {
  /** MSH-3, encoded: `LIS`, or `VITALGW^0012210001000001^EUI-64`. */
  readonly application: string;
  readonly facility: string;
  readonly receivingApplication: string;
  readonly receivingFacility: string;
  /** MSH-9, encoded. */
  readonly type: string;
  /** MSH-11 */
  readonly processing: 'P' | 'T' | 'D';
  /** MSH-12 */
  readonly version: string;
  /** MSH-15 and MSH-16; both empty is original mode. */
  readonly acknowledge?: readonly [string, string];
  /** MSH-21, encoded. */
  readonly profile?: string;
}

/** What is wrong with a planted message, and where. */
export interface PlantedDraft {
  readonly kind: Kind;
  /** The values in clear that must not be there, as the bytes hold them (decoded). */
  readonly values: readonly string[];
  readonly reason: Reason;
  readonly category: Category | null;
  /** The segment and the rest of the path: `['5.1']` of a PID; null where no place is to blame. */
  readonly place: { readonly segment: Segment; readonly field: string } | null;
  /** Categories that the same mistake brings along in the same segment (a PID holds more than a name). */
  readonly alsoCategories?: readonly Category[];
}

/** A message before it has its place in the day: everything but MSH. */
export interface Draft {
  readonly header: Header;
  readonly segments: readonly Segment[];
  readonly charset: 'latin1' | 'utf8';
  readonly expected: Expected;
  readonly planted?: PlantedDraft;
}

/** What a feed makes its messages of. `at` is milliseconds since the epoch. */
export interface Maker {
  readonly random: Random;
  readonly people: People;
  readonly at: number;
  /** 0, 1, 2, … within the feed. */
  readonly index: number;
}

/** One sender's traffic to one receiver over the demo's day. */
export interface Feed {
  /** The policy's id in src/demo/flows; a name of our own where nobody registered it. */
  readonly flow: string;
  readonly transport: 'mllp' | 'http';
  readonly headers: Readonly<Record<string, string>>;
  readonly count: number;
  /** How far into the day the feed goes on, 0 to 1: one that falls silent ends early. */
  readonly until: number;
  readonly make: (maker: Maker) => Draft;
  /** Planted drafts, spread evenly over the feed; they take the place of regular messages. */
  readonly plants: readonly ((maker: Maker) => Draft)[];
}
