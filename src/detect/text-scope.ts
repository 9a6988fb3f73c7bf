import { cdaScope } from './cda-text.ts';
import { dicomScope } from './dicom-text.ts';
import { fhirScope } from './fhir-text.ts';
import type { Position, Scope } from './places.ts';

/** Text types of HL7 v2 (2.5.1 §2.A): string, text, formatted text; and what stands where a dictionary knows no type. */
const TEXT_TYPES = new Set(['', 'TX', 'FT', 'ST', 'VARIES', 'GTS']);

/** Displayed texts of coded entries: 2 and 5 text, 9 original text (§2.A.13). As an observation's value people type into them. */
const CODED = new Set(['CWE', 'CNE', 'CE', 'CF']);

/** Coded fields that people write sentences into: observation value, clinical information, reasons, comments. Elsewhere displays repeat a vocabulary. */
const WRITTEN = new Set([
  'OBX-5',
  'OBR-13',
  'OBR-31',
  'OBR-39',
  'OBR-43',
  'OBR-46',
  'OBR-47',
  'ORC-16',
  'PV2-3',
  'PV2-4',
  'AL1-3',
  'AL1-5',
  'DG1-3',
  'RXA-9',
  'ACC-2',
]);

/** Segments that say how a message travels: their strings are names of systems and control ids. */
const ENVELOPE = new Set(['MSH', 'FHS', 'FTS', 'BHS', 'BTS', 'SFT', 'UAC', 'DSC', 'MSA', 'QAK']);

/** What people or programs say in an envelope: the text of an acknowledgment, names and comments of files and batches, what a product says of itself (§2.14, §2.10.3). */
const REMARKS = new Set(['MSA-3', 'FHS-9', 'FHS-10', 'BHS-9', 'BHS-10', 'FTS-2', 'BTS-2', 'SFT-5']);

/** How free the text of a leaf at this position is. */
export function textScope(position: Position): Scope {
  if (position.dicom) return dicomScope(position.tag, position.vr);
  if (position.dotted?.key === 'fhir') return fhirScope(position.dotted);
  if (position.dotted?.key === 'cda') return cdaScope(position.dotted);
  const { segment, numbers, type, typeNumbers } = position;
  // Data that is encoded was opened by the format (formats/embedded); what is left of ED.5 is written in clear (ED.4 `A`).
  if (type === 'ED') return typeNumbers[0] === 5 ? 'text' : 'typed';
  if (ENVELOPE.has(segment)) return REMARKS.has(`${segment}-${numbers[0]}`) ? 'text' : 'typed';
  if (TEXT_TYPES.has(type)) return 'text';
  if (CODED.has(type)) {
    const component = typeNumbers[0] ?? 1;
    // A coded field without components is what an older version typed ST (OBR-13, OBX-8): a word, or a sentence.
    if (component === 9 || numbers.length === 1) return 'text';
    return (component === 2 || component === 5) && WRITTEN.has(`${segment}-${numbers[0]}`) ? 'text' : 'typed';
  }
  return 'typed';
}
