import { z } from 'zod';
import { BINARY, LOCALIZED, NUMERIC, PLAIN } from '../formats/dicom/vr.ts';
import { COLUMN_PATTERN, isSpoken } from './columns.ts';
import { DOTTED_PATTERN } from './dotted.ts';
import { TAG_PATTERN } from './tags.ts';

// The schema of where a rule looks (pack.ts): places of HL7 v2, data elements of DICOM, paths of FHIR and CDA, columns of tables, or text.

const place = z
  .string()
  .regex(
    /^(?:[A-Z][A-Z0-9]{2}-(?:\*|\d+(?:\.\d+){0,2})|[A-Z]{2,3}(?:\.\d+){0,3}|\*|raw)$/,
    'not a place (PID-5, PID-*, OBX-5.2, XPN.1, CX)',
  )
  .describe(
    'A field of a segment (`PID-5`, `OBX-5.2`, `PID-*`) or a place in a data type (`XPN.1`, `DTM`). What lies beneath it is included.',
  );

export const places = z.array(place).min(1);

const tag = z
  .string()
  .regex(TAG_PATTERN, 'not a tag ((0010,0010), (50xx,xxxx), (odd,xxxx) for private elements)')
  .describe('A DICOM data element at any depth of nesting; `x` is any digit, `odd` any private group.');

export const tags = z.array(tag).min(1);

const dotted = z
  .string()
  .regex(DOTTED_PATTERN, 'not a dotted place (Patient.name, *.telecom, **.patientRole.id, HumanName.family)')
  .describe(
    'A path from the resource (`Patient.name`) or from the root element, or a data type (`HumanName.family`); `*` is any one name, `**` any number of them. What lies beneath it is included.',
  );

export const dottedPlaces = z.array(dotted).min(1);

export const columns = z
  .array(
    z
      .string()
      .regex(COLUMN_PATTERN, 'not words of a column (patient name, mrn, dob): small letters, digits, spaces')
      .refine(isSpoken, 'not as headers are read: a space between letters and digits or between scripts, no marks on letters'),
  )
  .min(1);

/** PS3.5 §6.2; a sequence has no value of its own. */
const VRS = [...LOCALIZED, ...PLAIN, ...NUMERIC, ...BINARY];

export const scope = z
  .strictObject({
    paths: places.optional().describe('Places in segments.'),
    types: places.optional().describe('Places in data types, wherever a field has that type.'),
    segments: z
      .array(z.string().regex(/^[A-Z][A-Z0-9]{2}$/))
      .min(1)
      .optional()
      .describe('Narrows `types`, `text` and `any` to these segments.'),
    text: z
      .literal(true)
      .optional()
      .describe(
        'Free text (TX, FT, ST, OBX-5, NTE-3; in DICOM LT, ST, UT, UC, descriptions and comments, private text and binary runs) and leaves that no standard types (Z segments, raw).',
      ),
    any: z.literal(true).optional().describe('Every leaf. Gate such a rule with `needs` and `minLength`.'),
    tags: tags
      .optional()
      .describe('DICOM data elements, at any depth. Narrows `vrs`, `text` and `any` where one of them is given.'),
    vrs: z
      .array(z.enum(VRS))
      .min(1)
      .optional()
      .describe('DICOM value representations, wherever an element has them. Narrows `tags` where both are given.'),
    creators: z
      .array(z.string().min(1).max(64))
      .min(1)
      .optional()
      .describe(
        'Private creators (`SIEMENS CSA HEADER`): narrows `tags` and `vrs` to elements of a block that one of them reserved (PS3.5 §7.8.1).',
      ),
    fhir: dottedPlaces
      .optional()
      .describe('Paths from the resource and data types of FHIR. Narrows `text` and `any` where one of them is given.'),
    cda: dottedPlaces.optional().describe('The same of CDA and other XML, by local names; an attribute is `.@value`.'),
    columns: columns
      .optional()
      .describe(
        'Columns of a table whose header holds these words, one after the other, and elements and attributes of XML that no schema types (`patient name`, `dob`).',
      ),
    notColumns: columns
      .optional()
      .describe(
        'None that holds these words as well (`drug`, `test`); with `text` and without `columns`, where the rule does not look (`exp`).',
      ),
    listed: z
      .literal(true)
      .optional()
      .describe("The data elements that a pack's `attributes` list under the rule's category; whose they are is said there."),
    except: z
      .array(z.union([place, tag, dotted]))
      .min(1)
      .optional()
      .describe('Never at these places, types or tags.'),
  })
  .refine(
    ({ paths, types, text, any, tags, vrs, listed, fhir, cda, columns: called }) =>
      [paths, types, text, any, tags, vrs, listed, fhir, cda, called].some((each) => each !== undefined),
    'names no place: give `paths`, `types`, `tags`, `vrs`, `fhir`, `cda`, `columns`, `listed`, `text` or `any`',
  )
  .refine(
    ({ creators, tags, vrs }) => creators === undefined || tags !== undefined || vrs !== undefined,
    '`creators` narrows `tags` or `vrs`: give one of them ((odd,xxxx) for all that they own)',
  );
