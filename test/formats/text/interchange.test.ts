import { describe, expect, it } from 'vitest';
import { parseBody } from '../../../src/formats/registry.ts';
import { interchangeOf } from '../../../src/formats/text/interchange.ts';

/** Of the fixed lengths that ISA has. */
const ISA = 'ISA*00*          *00*          *ZZ*SUBMITTERID    *ZZ*RECEIVERID     *240812*0912*^*00501*000000905*0*P*:~';
const CLAIM = `${ISA}GS*HC*S*R*20240812*0912*1*X*005010X222A1~ST*837*0021~NM1*IL*1*DOE*JANE~SE*42*0021~GE*1*1~IEA*1*000000905~`;
const LETTER =
  "UNA:+.? 'UNB+UNOC:3+579:14+579:14+240822:0912+M1'UNH+B1+MEDDIS:D:93A:UN'NAD+PAT+1105384418:CPR'UNT+2+B1'UNZ+1+M1'";
const RECORDS = '\u00021H|\\^&|||COBAS\rP|1|4471902\rL|1|N\r';

const of = (text: string) => interchangeOf(Buffer.from(text, 'latin1'));

describe('an exchange that is read as text', () => {
  it.each([
    ['claims', CLAIM, 'X12 837'],
    ['claims in lines', CLAIM.replaceAll('~', '~\r\n'), 'X12 837'],
    ['an envelope alone', `${ISA}IEA*0*000000905~`, 'X12'],
    ['with another separator', CLAIM.replaceAll('*', '|'), 'X12 837'],
    ['a letter', LETTER, 'EDIFACT MEDDIS'],
    ['a letter in lines, without service string advice', LETTER.slice(9).replaceAll("'", "'\n"), 'EDIFACT MEDDIS'],
    ['records of an analyser', RECORDS, 'ASTM E1394'],
    ['behind a byte order mark and blanks', `\u00ef\u00bb\u00bf \n${CLAIM}`, 'X12 837'],
  ])('%s says what it is', (_, text, type) => {
    expect(of(text)).toEqual({ type, isWhole: true });
    const [parsed] = parseBody({ bytes: Buffer.from(text, 'latin1'), elided: [] });
    expect([parsed?.format, parsed?.type]).toEqual(['raw', type]);
  });

  it.each([
    ['claims', CLAIM.replaceAll('*', '|').replaceAll('~', "'").replaceAll(':', '>'), 'NM1*IL*1*DOE*JANE~'],
    ['claims whose segments are lines', CLAIM.replaceAll('~', '\n').replaceAll('*', '|'), 'NM1*IL*1*DOE*JANE'],
    ['claims of other lengths', CLAIM.replaceAll('*', '|').replace('          ', ''), 'NM1*IL*1*DOE*JANE~'],
    ['a letter', LETTER.replaceAll('+', '|').replaceAll(':', ';').replaceAll("'", '!'), "NAD+PAT+1105384418:CPR'"],
  ])('%s with separators of their own are read as with those that everybody has', (_, text, segment) => {
    const bytes = Buffer.from(text, 'latin1');
    const [parsed] = parseBody({ bytes, elided: [] });
    if (parsed === undefined) throw new Error('nothing was read');
    const { leaves } = parsed;
    const said = Array.from({ length: leaves.count }, (__, leaf) => leaves.text(leaf));
    const leaf = said.findIndex((line) => line.includes(segment));
    expect(leaf).toBeGreaterThanOrEqual(0);
    const from = said[leaf]?.indexOf(segment) ?? 0;
    const span = leaves.spanOf(leaf, from, from + 3);
    expect(bytes.toString('latin1', span?.start, span?.end)).toBe(segment.slice(0, 3));
  });

  it.each([
    ['claims', CLAIM.slice(0, -25)],
    ['a letter', LETTER.slice(0, -9)],
    ['records', RECORDS.slice(0, -6)],
  ])('%s that end too soon are not whole', (_, text) => {
    expect(of(text)?.isWhole).toBe(false);
  });

  it.each([
    ['prose', 'ISABEL was seen today'],
    ['an ISA that is too short', `${ISA.slice(0, 60)}~`],
    ['an ISA of other lengths', ISA.replace('          ', '  ')],
    ['HL7', 'MSH|^~\\&|A|B'],
    ['nothing', ''],
  ])('%s is none', (_, text) => {
    expect(of(text)).toBeNull();
  });
});
