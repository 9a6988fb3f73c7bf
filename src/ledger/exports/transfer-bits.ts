import { TRANSFER_FORMATS, type TransferFormat } from '../../core/transfer.ts';
import type { Category, Reason, Sensitivity } from '../../core/vocabulary.ts';

/**
 * Sets of words as the bits of one integer, so that SQL joins them with `|`. A word keeps its bit for ever: new ones get the next free bit, and the
 * compiler asks for it. Thirty-one bits fit an integer of PostgreSQL.
 */
export interface Bits<Word extends string> {
  of(words: Iterable<Word>): number;
  words(bits: number): readonly Word[];
}

function bitsOf<Word extends string>(places: Readonly<Record<Word, number>>): Bits<Word> {
  const known = new Map<string, number>(Object.entries(places));
  const inOrder: readonly (readonly [string, number])[] = [...known].toSorted(([, a], [, b]) => a - b);
  const isWord = (word: string): word is Word => known.has(word);
  return {
    of(words) {
      let bits = 0;
      for (const word of words) bits |= 1 << places[word];
      return bits;
    },
    words: (bits) => inOrder.flatMap(([word, place]) => ((bits & (1 << place)) !== 0 && isWord(word) ? [word] : [])),
  };
}

export const CATEGORY_BITS = bitsOf<Category>({
  name: 0,
  street: 1,
  geo: 2,
  date: 3,
  age: 4,
  phone: 5,
  fax: 6,
  email: 7,
  ssn: 8,
  mrn: 9,
  'health-plan': 10,
  account: 11,
  license: 12,
  vehicle: 13,
  'device-id': 14,
  url: 15,
  'ip-address': 16,
  biometric: 17,
  photo: 18,
  'unique-id': 19,
  narrative: 20,
  unexamined: 21,
});

export const REASON_BITS = bitsOf<Reason>({
  'flow.none': 0,
  'flow.unregistered': 1,
  'flow.expired': 2,
  'flow.suspended': 3,
  'flow.silent': 4,
  'flow.volume': 5,
  'content.category': 6,
  'content.subject': 7,
  'content.sensitivity': 8,
  'dataset.limited': 9,
  'dataset.safe-harbor': 10,
  'agreement.missing': 11,
  'agreement.expired': 12,
  'environment.test': 13,
  'transport.unproven': 14,
  'transport.failed': 15,
  'location.unknown': 16,
  unexamined: 17,
  quarantined: 18,
  credentials: 19,
  'device.conflict': 20,
});

export const SENSITIVITY_BITS = bitsOf<Sensitivity>({
  'sud-part2': 0,
  psychotherapy: 1,
  behavioral: 2,
  hiv: 3,
  reproductive: 4,
  genetic: 5,
  minor: 6,
});

export const FORMAT_BITS = bitsOf<TransferFormat>({ hl7v2: 0, dicom: 1, fhir: 2, text: 3, raw: 4 });

/** What no format of ours names is bytes. */
export function transferFormat(name: string): TransferFormat {
  return TRANSFER_FORMATS.find((format) => format === name) ?? 'raw';
}
