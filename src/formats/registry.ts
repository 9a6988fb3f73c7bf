import type { Body, Format, Parsed } from '../core/format.ts';
import { withElided } from './coverage.ts';
import { csv } from './csv/format.ts';
import { dicom } from './dicom/format.ts';
import { dicomJson } from './dicom/json.ts';
import { dicomXml } from './dicom/native-xml.ts';
import { type Allowance, newAllowance } from './embedded/allowance.ts';
import { kindOf } from './embedded/kind.ts';
import { openBody, openEmbedded } from './embedded/open.ts';
import { fhir } from './fhir/format.ts';
import { hl7v2 } from './hl7v2/format.ts';
import { mail } from './mail/format.ts';
import { pdf } from './pdf/format.ts';
import { text } from './text/format.ts';
import { rawParsed } from './text/raw.ts';
import { openSource } from './text/source.ts';
import { xml } from './xml/format.ts';

/** Every format; a new one is one line here. */
export const formats: readonly Format[] = [hl7v2, dicom, dicomJson, dicomXml, fhir, pdf, xml, mail, csv, text];

/**
 * Reads a body in the format that is surest of it, and the documents that are encoded in its values (embedded/open.ts). Never throws for
 * what the bytes hold: a format that fails leaves the body to be read as raw text, with problem `parser.failed`. The spans of what is
 * returned are contiguous and cover the body.
 */
export function parseBody(body: Body, among: readonly Format[] = formats): Parsed[] {
  const allowance = newAllowance();
  return parseWithin({ ...body, purse: allowance.purse }, among, allowance);
}

function parseWithin(body: Body, among: readonly Format[], allowance: Allowance): Parsed[] {
  const inner = (bytes: Buffer, left: Allowance): Parsed[] => parseWithin({ bytes, elided: [], purse: left.purse }, among, left);
  const parsed = parseAs(body, among);
  const [first] = parsed;
  if (parsed.length === 1 && first?.format === 'raw') {
    const bytes = Buffer.from(body.bytes.buffer, body.bytes.byteOffset, body.bytes.byteLength);
    const kind = kindOf(bytes);
    if (kind === 'gzip' || kind === 'zip') return [openBody(bytes, first, allowance, inner)];
  }
  return parsed.map((each) => openEmbedded(each, allowance, inner));
}

function parseAs(body: Body, among: readonly Format[]): Parsed[] {
  let best: Format = text;
  let confidence = 0;
  for (const format of among) {
    // Nobody is surer than sure.
    if (confidence === 1) break;
    const sure = format.sniff(body.bytes);
    if (sure > confidence) {
      best = format;
      confidence = sure;
    }
  }
  try {
    return best.parse(body);
  } catch (thrown) {
    // The kind of error only: its text may hold what the parser choked on.
    const kind = thrown instanceof Error ? thrown.name : typeof thrown;
    const source = openSource(body.bytes);
    const problem = { code: 'parser.failed', detail: `format ${best.name} failed (${kind}); the body is read as raw text` };
    return withElided([rawParsed(source, 0, source.buffer.length, [problem])], body.elided);
  }
}
