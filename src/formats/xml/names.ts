import { refuseAddress } from '../address-book.ts';

/** Stands in paths for a name that could be somebody's. */
export const HIDDEN = '?';

/** Elements that stand inside words and between them: HL7 v3 narrative blocks, XHTML. Any other ends a line or a cell. */
const INLINE = new Set(
  `content sub sup linkHtml footnote footnoteRef a abbr acronym b big cite code dfn em font i ins del kbd mark q s samp small span strike strong
   tt u var emphasis`.split(/\s+/),
);

/** Parts of names, addresses and intervals: beside text they are no sentence with it. */
const PARTS = new Set(
  `given family prefix suffix delimiter streetAddressLine streetName streetNameBase streetNameType houseNumber houseNumberNumeric additionalLocator
   unitID unitType postBox city county state precinct censusTract postalCode country deliveryAddressLine low high center width numerator
   denominator useablePeriod`.split(/\s+/),
);

export interface Names {
  /** The number of a local name; past the cap all share that of HIDDEN. */
  numberOf(name: string): number;
  /** As it may stand in a path. */
  shown(number: number): string;
  /** As it is written. */
  word(number: number): string;
  /** A name as schemas give them, that is no value. */
  isPlain(number: number): boolean;
  isInline(number: number): boolean;
  isPart(number: number): boolean;
  /** Whether the text of an element of this name in that one, and of all in it, is one text: a section of a CDA document, a FHIR narrative. */
  isNarrative(number: number, outer: number): boolean;
}

const MAX_NAMES = 1 << 14;
const LONGEST = 64;

/** The names of one document, by number. */
export function createNames(): Names {
  const words: string[] = [HIDDEN];
  const numbers = new Map<string, number>([[HIDDEN, 0]]);
  const plain: boolean[] = [false];
  const inline: boolean[] = [false];
  const part: boolean[] = [false];
  const numberOf = (name: string): number => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    if (words.length >= MAX_NAMES) {
      refuseAddress();
      return 0;
    }
    const number = words.length;
    words.push(name);
    numbers.set(name, number);
    plain.push(isPlainName(name));
    inline.push(INLINE.has(name));
    part.push(PARTS.has(name));
    return number;
  };
  const [text, section, div] = ['text', 'section', 'div'].map(numberOf);
  return {
    numberOf,
    shown: (number) => (plain[number] === true ? (words[number] ?? HIDDEN) : HIDDEN),
    word: (number) => words[number] ?? HIDDEN,
    isPlain: (number) => plain[number] ?? false,
    isInline: (number) => inline[number] ?? false,
    isPart: (number) => part[number] ?? false,
    isNarrative: (number, outer) => (number === text && outer === section) || (number === div && outer === text),
  };
}

export const isInlineName = (name: string): boolean => INLINE.has(name);

/** Letters, few digits in a row: interaction ids of HL7 v3 have six (`PRPA_IN201305UV02`). */
function isPlainName(name: string): boolean {
  return name.length <= LONGEST && /^[A-Za-z_][\w.-]*$/.test(name) && !/\d{7}/.test(name);
}
