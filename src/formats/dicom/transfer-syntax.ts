/** How a data set is encoded (PS3.5 §10 and annex A). */
export interface Encoding {
  readonly explicit: boolean;
  readonly bigEndian: boolean;
  readonly deflated: boolean;
}

export const IMPLICIT_LITTLE = '1.2.840.10008.1.2';
export const EXPLICIT_LITTLE = '1.2.840.10008.1.2.1';
export const DEFLATED_LITTLE = '1.2.840.10008.1.2.1.99';
export const EXPLICIT_BIG = '1.2.840.10008.1.2.2';

const PLAIN: Encoding = { explicit: true, bigEndian: false, deflated: false };
const ENCODINGS: Readonly<Record<string, Encoding>> = {
  [IMPLICIT_LITTLE]: { explicit: false, bigEndian: false, deflated: false },
  [EXPLICIT_BIG]: { explicit: true, bigEndian: true, deflated: false },
  [DEFLATED_LITTLE]: { explicit: true, bigEndian: false, deflated: true },
  // JPIP Referenced Deflate, JPIP HTJ2K Referenced Deflate (PS3.5 A.7, A.10): the data set is deflated too.
  '1.2.840.10008.1.2.4.95': { explicit: true, bigEndian: false, deflated: true },
  '1.2.840.10008.1.2.4.205': { explicit: true, bigEndian: false, deflated: true },
};

/** Every transfer syntax that is not named here, private ones too, is Explicit VR Little Endian around its pixel data (PS3.5 A.4). */
export function encodingOf(uid: string): Encoding {
  return ENCODINGS[uid] ?? PLAIN;
}
