import type { Device, DeviceAttributeName } from './device.ts';

const DAY = 86_400_000;

/** What a signal is worth when it is fresh, 0 to 1, and days after which it is worth half. */
interface Signal {
  readonly weight: number;
  readonly halfLife: number;
}

/**
 * Strong: certificate, UDI, serial, EUI-64. Medium: AE title with its implementation. Weak: names that anybody may give, and addresses.
 * What is not here (software, place) says nothing of which device it is.
 */
const SIGNALS: Partial<Readonly<Record<DeviceAttributeName, Signal>>> = {
  certificate: { weight: 0.95, halfLife: 90 },
  udi: { weight: 0.85, halfLife: 180 },
  serial: { weight: 0.8, halfLife: 180 },
  'eui-64': { weight: 0.8, halfLife: 180 },
  'ae-title': { weight: 0.35, halfLife: 30 },
  implementation: { weight: 0.35, halfLife: 30 },
  'equipment-id': { weight: 0.4, halfLife: 90 },
  application: { weight: 0.3, halfLife: 30 },
  station: { weight: 0.3, halfLife: 90 },
  source: { weight: 0.2, halfLife: 30 },
  manufacturer: { weight: 0.1, halfLife: 180 },
  address: { weight: 0.1, halfLife: 7 },
};

/** What nobody can give but who holds it: TLS has proven its key. Everything else is text that a sender wrote. */
const PROVEN: ReadonlySet<DeviceAttributeName> = new Set(['certificate']);
/** Where everything that can be spoofed ends, however much of it there is. */
const SPOOFABLE_LIMIT = 0.89;
/** A device that contradicts itself is worth half when that is noticed; the doubt halves each thirty days. */
const DOUBT = 0.5;
const DOUBT_HALF_LIFE = 30;

export type Identified = Pick<Device, 'attributes' | 'conflicts'>;

/**
 * How sure it is, 0 to below 1, that a device is one and the one that it says it is (docs/adr/0033-devices.md):
 *
 *     1 − (1 − c) · (1 − 0.89 · (1 − Π (1 − wᵢ · 2^(−ageᵢ / hᵢ)))), times 1 − 0.5 · 2^(−age / 30 d) for each contradiction
 *
 * `c` is the certificate's own w · 2^(−age / h); i goes over the kinds of signal that can be spoofed, each with its latest value. It grows
 * with each signal, falls with time, and stays below 0.9 without a certificate. `now` in milliseconds.
 */
export function confidenceOf(device: Identified, now: number): number {
  return confidencePartsOf(device, now).confidence;
}

/** What one kind of signal counts. */
export interface SignalWorth {
  readonly name: DeviceAttributeName;
  /** What it is worth when it is fresh, 0 to 1, and days after which it is worth half. */
  readonly weight: number;
  readonly halfLife: number;
  /** Milliseconds: when it was last said. */
  readonly at: number;
  /** What it counts now. */
  readonly worth: number;
  /** Whether nobody can give it but who holds it. */
  readonly proven: boolean;
}

/** How a confidence comes about, for who has to explain it. */
export interface ConfidenceParts {
  /** What counts most now first. */
  readonly signals: readonly SignalWorth[];
  /** `c`, and what all that can be spoofed comes to, 0.89 at most. */
  readonly proven: number;
  readonly spoofable: number;
  /** The two together, before contradictions. */
  readonly known: number;
  /** What each contradiction leaves of it. */
  readonly doubts: readonly number[];
  readonly confidence: number;
}

/** `confidenceOf` with its parts. `now` in milliseconds. */
export function confidencePartsOf({ attributes, conflicts }: Identified, now: number): ConfidenceParts {
  const fresh = new Map<DeviceAttributeName, SignalWorth>();
  for (const { name, lastSeen: at } of attributes) {
    const signal = SIGNALS[name];
    if (signal === undefined || (fresh.get(name)?.at ?? Number.NEGATIVE_INFINITY) >= at) continue;
    fresh.set(name, { name, ...signal, at, worth: signal.weight * decay(now - at, signal.halfLife), proven: PROVEN.has(name) });
  }
  const signals = [...fresh.values()].sort((one, other) => other.worth - one.worth);
  const together = (proven: boolean): number =>
    1 - signals.reduce((rest, signal) => (signal.proven === proven ? rest * (1 - signal.worth) : rest), 1);
  const [proven, spoofable] = [together(true), SPOOFABLE_LIMIT * together(false)];
  const known = 1 - (1 - proven) * (1 - spoofable);
  const doubts = conflicts.map(({ at }) => 1 - DOUBT * decay(now - at, DOUBT_HALF_LIFE));
  return { signals, proven, spoofable, known, doubts, confidence: doubts.reduce((sure, doubt) => sure * doubt, known) };
}

/** 1 for what is of now, or by another clock of later; 0.5 after the half-life in days. */
function decay(age: number, halfLife: number): number {
  return 2 ** (-Math.max(0, age) / (halfLife * DAY));
}
