import { z } from 'zod';
import { SUBJECTS } from '../core/vocabulary.ts';

const dataElement = z.string().regex(/^\([0-9A-F]{4},[0-9A-F]{4}\)$/, 'not a tag ((0010,0010))');
const valueOfVr = z.string().regex(/^[A-Z]{2}(?: [\s\S]*)?$/, 'not a value representation and a value (PN DOE^JANE)');

/** What a rule has to find, or to leave alone: a text, segments, data elements, a resource or a file; made up, and shown to everybody. */
export const sample = z.union([
  z.string().min(1).describe('Free text, as in OBX-5 of type TX; a text that starts with a segment id and `|` is read as HL7.'),
  z.strictObject({
    hl7: z.string().min(4).describe('One or more segments, separated by line breaks.'),
    finds: z.array(z.string()).min(1).optional().describe('The texts that must be found, in order.'),
    subject: z.enum(SUBJECTS).optional(),
  }),
  z.strictObject({
    dicom: z
      .record(dataElement, z.union([valueOfVr, z.array(z.record(dataElement, valueOfVr)).min(1)]))
      .describe(
        "Data elements by tag: `'(0010,0010)': PN DOE^JANE` (value representation and value), or the items of a sequence, which hold the same.",
      ),
    finds: z.array(z.string()).min(1).optional().describe('The texts that must be found, in order.'),
    subject: z.enum(SUBJECTS).optional(),
  }),
  z.strictObject({
    fhir: z
      .record(z.string(), z.json())
      .describe('A resource as FHIR writes it in JSON: `{resourceType: Patient, birthDate: 1962-03-03}`.'),
    finds: z.array(z.string()).min(1).optional().describe('The texts that must be found, in order.'),
    subject: z.enum(SUBJECTS).optional(),
  }),
  z.strictObject({
    file: z.string().min(4).describe('A file as it is, whatever its format: XML, a table.'),
    finds: z.array(z.string()).min(1).optional().describe('The texts that must be found, in order.'),
    subject: z.enum(SUBJECTS).optional(),
  }),
]);
