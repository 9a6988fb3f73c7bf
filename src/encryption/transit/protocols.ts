/** What an endpoint may speak inside TLS, and can be asked for. */
export const PROTOCOLS = ['dicom', 'mllp', 'http'] as const;
export type SpokenProtocol = (typeof PROTOCOLS)[number];

interface WellKnownPort {
  readonly protocol: SpokenProtocol;
  /** Ports on which the same service is usually offered in clear. */
  readonly clear: readonly number[];
}

/** IANA: 104 and 11112 dicom, 2762 dicom-tls, 2575 hl7; 2576 is this project's MLLP over TLS. */
const PORTS: ReadonlyMap<number, WellKnownPort> = new Map([
  [104, { protocol: 'dicom', clear: [] }],
  [11_112, { protocol: 'dicom', clear: [] }],
  [2762, { protocol: 'dicom', clear: [104, 11_112] }],
  [2575, { protocol: 'mllp', clear: [] }],
  [2576, { protocol: 'mllp', clear: [2575] }],
  [443, { protocol: 'http', clear: [80] }],
  [8443, { protocol: 'http', clear: [8080] }],
]);

/** What a well-known port is for; null for any other, of which nothing is guessed. */
export function protocolOfPort(port: number): SpokenProtocol | null {
  return PORTS.get(port)?.protocol ?? null;
}

/** The plain ports that usually lie beside a port with TLS. */
export function clearPortsBeside(port: number): readonly number[] {
  return PORTS.get(port)?.clear ?? [];
}

const NAMES = { dicom: 'DICOM', mllp: 'MLLP', http: 'HTTP', unknown: 'something else' } as const;

/** For sentences: `DICOM`. */
export function nameOf(protocol: keyof typeof NAMES): string {
  return NAMES[protocol];
}
