import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createTokenizer } from '../../src/core/token.ts';
import type { Finding } from '../../src/core/vocabulary.ts';
import { toFinding } from '../../src/detect/describe.ts';
import { detect } from '../../src/detect/scan.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { revealedValue } from '../../src/reveal/value.ts';
import { ct } from '../support/ct.ts';
import { shippedRules } from '../support/rules.ts';

const tokenizer = createTokenizer({ kid: 'k1', key: createSecretKey(randomBytes(32)) });

const HL7 = [
  'MSH|^~\\&|LIS|LAB|REG|STATE|20261124||ORU^R01|1|P|2.5.1||||||UNICODE UTF-8',
  'PID|1||MRN-7781234^^^HOSP^MR||MÜLLER^JÖRG^Q||19610214|M|||12 ELM ST^^BOSTON^MA^02134||617-555-0142',
  'OBX|1|TX|1||Jörg Müller was seen; call 617-555-0142 \\T\\ ask for Mrs Müller||||||F',
  '',
].join('\r');

/** Every finding of a body with the text that its rule matched. */
function foundIn(bytes: Uint8Array): { finding: Finding; value: string }[] {
  return parseBody({ bytes, elided: [] }).flatMap((parsed) =>
    detect(parsed, shippedRules()).matches.map((match) => ({
      finding: toFinding(parsed, match, tokenizer),
      value: parsed.leaves.text(match.leaf).slice(match.from, match.to),
    })),
  );
}

const NOTE =
  'Discharge of Jörg Müller, born 21 Feb 1961. Write to 12 Elm Street, Boston, MA 02134; his SSN is 536-22-8147. Müller agrees.';

const EMBEDDED = HL7.replace(
  'OBX|1|TX|1||',
  `OBX|2|ED|NOTE||^TEXT^PLAIN^Base64^${Buffer.from(NOTE, 'utf8').toString('base64')}||||||F\rOBX|1|TX|1||`,
);

describe('the value of a finding', () => {
  const bodies: [string, () => Promise<Uint8Array>][] = [
    ['HL7 v2 with escapes and UTF-8', async () => Buffer.from(HL7, 'utf8')],
    ['a document inside HL7 v2', async () => Buffer.from(EMBEDDED, 'utf8')],
    ['text that no parser claims', async () => Buffer.from('Patient: SSN 536-22-8147\nssn 219-09-9999 too\n', 'utf8')],
    ['DICOM', async () => ct(1)],
  ];
  it.each(bodies)('is read again from %s, all of them', async (_name, make) => {
    const bytes = await make();
    const found = foundIn(bytes);
    expect(found.length).toBeGreaterThan(1);
    for (const { finding, value } of found) expect(revealedValue({ bytes, elided: [] }, finding, tokenizer)).toBe(value);
  });

  it('is nothing where the body holds something else at its place', () => {
    const found = foundIn(Buffer.from(HL7, 'utf8')).find(({ finding }) => finding.path.startsWith('PID-5'));
    if (found === undefined) throw new Error('a name is found');
    const other = Buffer.from(HL7.replace('MÜLLER', 'MEIER!'), 'utf8');
    expect(revealedValue({ bytes: other, elided: [] }, found.finding, tokenizer)).toBeNull();
    expect(revealedValue({ bytes: new Uint8Array(), elided: [] }, found.finding, tokenizer)).toBeNull();
  });
});
