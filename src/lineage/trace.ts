import type { Category, MessageId, Verdict } from '../core/vocabulary.ts';
import type { NamedHop } from './edges.ts';
import type { Transit } from './row.ts';

/** A device under the title that the inventory gives it; of those that are held to be one, the one that stands for all. */
export interface NamedDevice {
  readonly id: string;
  readonly title: string;
}

/** One message that carried the person's data. */
export interface TraceEvent extends NamedHop {
  readonly message: MessageId;
  /** Milliseconds: when it was received. */
  readonly at: number;
  readonly type: string;
  readonly bytes: number;
  readonly verdict: Verdict | null;
  readonly transit: Transit;
  /** What the message itself and its connection identified; none of one that was scanned before that was kept with it. */
  readonly devices: readonly NamedDevice[];
  /** Number of its path among `paths` of the same page; null where it went one hop that is known. */
  readonly path: number | null;
}

/** The same content from hop to hop, in time order, whether or not every message of it still names the person. */
export type TracePath = readonly Omit<TraceEvent, 'path'>[];

/** What one hop saw of the person. */
export interface ExposedHop extends NamedHop {
  readonly messages: number;
  readonly outcomes: Readonly<Record<Transit, number>>;
  readonly categories: readonly Category[];
  readonly firstSeen: number;
  readonly lastSeen: number;
}

/** What one device had to do with the person's messages. */
export interface TracedDevice extends NamedDevice {
  readonly messages: number;
  /** Milliseconds: when the first and the last of them came. */
  readonly firstSeen: number;
  readonly lastSeen: number;
}

/** The devices of the person's messages. */
export interface TracedDevices {
  /** By first seen. */
  readonly rows: readonly TracedDevice[];
  /** Messages that were looked at: the first two thousand, without those that were scanned before devices were kept with messages. */
  readonly messages: number;
}

/** The sum of it. */
export interface Exposure {
  readonly messages: number;
  /** Distinct receiving systems. */
  readonly recipients: number;
  /** Messages by what the receiver is to us; `unregistered` where no policy says so. */
  readonly entities: Readonly<Record<string, number>>;
  readonly outcomes: Readonly<Record<Transit, number>>;
  readonly categories: readonly Category[];
  readonly locations: readonly string[];
  /** Milliseconds; null where nothing was seen. */
  readonly firstSeen: number | null;
  readonly lastSeen: number | null;
}

export interface Trace {
  /** How many persons the identifier is of: a name may be several persons'. */
  readonly persons: number;
  readonly exposure: Exposure;
  /** By first seen. */
  readonly hops: readonly ExposedHop[];
  readonly devices: TracedDevices;
  readonly timeline: { readonly rows: readonly TraceEvent[]; readonly paths: readonly TracePath[]; readonly next: string | null };
}
