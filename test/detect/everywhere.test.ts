import { describe, expect, it } from 'vitest';
import { type SampleElements, sampleFile } from '../../src/detect/dicom-sample.ts';
import { detect } from '../../src/detect/scan.ts';
import { SEGMENTS } from '../../src/formats/hl7v2/dictionary.generated.ts';
import { fieldCount } from '../../src/formats/hl7v2/dictionary.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { shippedRules } from '../support/rules.ts';

// A sentence about somebody is found wherever a message has room for one, whatever the place is made for.

const SAID = 'Seen w son JOHN SMITH 217-555-0134';
const ASKED = ['JOHN SMITH', '217-555-0134'];

/** Whether both are in what was found, be it as the whole of a field that a rule claims. */
function isFound(bytes: Uint8Array): boolean {
  const found = parseBody({ bytes, elided: [] }).flatMap((parsed) =>
    detect(parsed, shippedRules()).matches.map(({ leaf, from, to }) => parsed.leaves.text(leaf).slice(from, to)),
  );
  return ASKED.every((asked) => found.some((text) => text.includes(asked)));
}

const HEADER = ['MSH', '^~\\&', 'A', 'B', 'C', 'D', '20260102030405', '', 'ADT^A08', '1', 'P', '2.8'];

/** A message with the sentence in one component of one field. */
function hl7(segment: string, field: number, component: number): Buffer {
  const value = '^'.repeat(component - 1) + SAID;
  const header = [...HEADER];
  if (segment === 'MSH') {
    while (header.length < field) header.push('');
    header[field - 1] = value;
    return Buffer.from(`${header.join('|')}\r`);
  }
  const isBatch = segment === 'FHS' || segment === 'BHS';
  const rest = isBatch ? `|^~\\&${'|'.repeat(field - 2)}${value}` : `${'|'.repeat(field)}${value}`;
  return Buffer.from(`${HEADER.join('|')}\r${segment}${rest}\r`);
}

/** The first field that is none of the delimiters. */
const firstField = (segment: string): number => (['MSH', 'FHS', 'BHS'].includes(segment) ? 3 : 1);

const segments = SEGMENTS.split('\n').map((row) => row.slice(0, 3));

const RESOURCES =
  'Patient Observation Condition Encounter DiagnosticReport MedicationRequest Immunization CarePlan ServiceRequest DocumentReference Task Appointment Coverage Claim RelatedPerson Device Composition Provenance AuditEvent OperationOutcome';
const ELEMENTS =
  'description comment note text title reason reasonCode code status category value payload instruction name display relationship activity detail method identifier extension subject performer';
const SHAPES: readonly ((said: string) => unknown)[] = [
  (said) => said,
  (said) => ({ text: said }),
  (said) => ({ coding: [{ display: said }] }),
  (said) => ({ reference: said }),
  (said) => [{ system: said }],
  (said) => [{ url: said }],
  (said) => [{ valueString: said }],
];

const VRS = 'LO SH CS LT ST UT PN AE AS DA TM DT IS DS UI UR UC UN OB';
const TAGS =
  '(0008,0008) (0008,0018) (0008,0050) (0008,0060) (0008,0070) (0008,0100) (0008,0104) (0008,1010) (0008,1030) (0010,0010) (0010,0020) (0010,0040) (0018,0015) (0018,1000) (0018,0050) (0020,0010) (0020,0013) (0028,0004) (0032,1060) (0040,0254) (0040,A160) (300A,0002) (0009,1001)';

describe('a sentence about somebody', () => {
  it.each([1, 2, 3])('is found in component %i of each field of each segment of HL7 v2', (component) => {
    const missed = segments.flatMap((segment) =>
      Array.from({ length: fieldCount(segment) }, (_, index) => index + 1)
        .filter((field) => field >= firstField(segment) && !isFound(hl7(segment, field, component)))
        .map((field) => `${segment}-${field}.${component}`),
    );
    expect(missed).toEqual([]);
  });

  it.each(RESOURCES.split(' '))('is found in any element of a FHIR %s', (resourceType) => {
    const missed = ELEMENTS.split(' ').flatMap((element) =>
      SHAPES.map((shape) => ({ resourceType, [element]: shape(SAID) }))
        .filter((resource) => !isFound(Buffer.from(JSON.stringify(resource))))
        .map((resource) => JSON.stringify(resource)),
    );
    expect(missed).toEqual([]);
  });

  it.each(VRS.split(' '))('is found in any element of DICOM with VR %s', (vr) => {
    const missed = TAGS.split(' ').filter((tag) => {
      const elements: SampleElements = {
        [tag]: `${vr} ${SAID}`,
        ...(tag === '(0009,1001)' ? { '(0009,0010)': 'LO SAMPLE' } : {}),
      };
      return !isFound(sampleFile(elements));
    });
    expect(missed).toEqual([]);
  });
});
