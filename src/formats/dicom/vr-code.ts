import { BINARY, LOCALIZED, lengthBytes, NUMERIC, PLAIN, SINGLE } from './vr.ts';

/** What a value of a VR is made of, and so how it is read. */
export const Kind = { text: 0, single: 1, numeric: 2, binary: 3, unknown: 4, sequence: 5 } as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

/**
 * VRs as small numbers, for columns and tables: `VR_NAMES[code]`. 0 is what has no VR (text outside every element). New VRs go to the
 * end of the standard's list, so the order here has no meaning beyond one process.
 */
export const VR_NAMES: readonly string[] = ['', 'SQ', ...LOCALIZED, ...PLAIN, ...NUMERIC, ...BINARY];

const NAME_CODES: ReadonlyMap<string, number> = new Map(VR_NAMES.map((name, code) => [name, code]));

/** The code of a VR by name; 0 for what is none. */
export function vrCode(name: string): number {
  return NAME_CODES.get(name) ?? 0;
}

/** By the two bytes of a VR, the first one high: its code; 0 where they are no VR of the standard. */
export const CODE_BY_BYTES = new Uint8Array(1 << 16);
/** By VR code: 2 where its explicit length has 16 bits, 4 where it has 32 (PS3.5 §7.1.2). */
export const LENGTH_BYTES = new Uint8Array(VR_NAMES.length);
/** By VR code: its Kind. */
export const KIND_BY_CODE = new Uint8Array(VR_NAMES.length).fill(Kind.unknown);

VR_NAMES.forEach((name, code) => {
  if (name === '') return;
  CODE_BY_BYTES[(name.charCodeAt(0) << 8) | name.charCodeAt(1)] = code;
  LENGTH_BYTES[code] = lengthBytes(name.charCodeAt(0), name.charCodeAt(1));
  KIND_BY_CODE[code] = kindOf(name);
});

function kindOf(name: string): Kind {
  if (name === 'SQ') return Kind.sequence;
  if (name === 'UN') return Kind.unknown;
  if (NUMERIC.has(name)) return Kind.numeric;
  if (BINARY.has(name)) return Kind.binary;
  return SINGLE.has(name) ? Kind.single : Kind.text;
}

export const VR_SQ = vrCode('SQ');
export const VR_UN = vrCode('UN');
export const VR_UL = vrCode('UL');
export const VR_LO = vrCode('LO');
export const VR_OB = vrCode('OB');
