import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Parsed } from '../../../src/core/format.ts';
import { element, writeDicom } from '../../../src/demo/dicom/write.ts';
import { showing, writePdf } from '../pdf/write.ts';
import { latin1, message, parse, utf8, values } from '../support.ts';
import { zipOf } from './write.ts';

const HEADER = 'MSH|^~\\&|LAB|H|EHR|H|20260101||ORU^R01|1|P|2.5\rPID|1||00123456||DOE^JANE\r';
const INNER = 'MSH|^~\\&|X|H|Y|H|20260101||ADT^A01|2|P|2.5\rPID|1||777||ROE^ANN\r';
const TEXT = 'Seen today: Jane Doe, record 00123456.';

const base64 = (content: string | Uint8Array): string => Buffer.from(content).toString('base64');
const of = (...segments: readonly string[]): Parsed => message(utf8(HEADER + segments.map((segment) => `${segment}\r`).join('')));
const ed = (encoded: string, encoding = 'Base64'): Parsed => of(`OBX|1|ED|1^doc||LAB^AP^X^${encoding}^${encoded}||||||F`);

/** Leaves of opened documents. */
function inner(parsed: Parsed): string[] {
  return values(parsed).slice(parsed.leaves.own ?? parsed.leaves.count);
}

const reasons = (parsed: Parsed): string[] => parsed.coverage.unexamined.map(({ reason }) => reason);

function checkSum({ coverage }: Parsed): void {
  const missed = coverage.unexamined.reduce((sum, { start, end }) => sum + end - start, 0);
  expect(coverage.examined + missed).toBe(coverage.bytes);
}

describe('a value of type ED', () => {
  const pdf = writePdf({ pages: [showing('first'), showing(TEXT)] });
  it.each<[string, string | Uint8Array, string[]]>([
    ['text', TEXT, [`OBX-5.5=${TEXT}`]],
    ['text in UTF-16', Buffer.from(`\ufeff${TEXT}`, 'utf16le'), [`OBX-5.5=${TEXT}`]],
    ['text in an 8-bit set', latin1('Herr M\xfcller aus K\xf6ln kommt wieder'), ['OBX-5.5=Herr Müller aus Köln kommt wieder']],
    ['a PDF', pdf, ['OBX-5.5/page=first', `OBX-5.5/page[2]=${TEXT}`]],
    [
      'RTF',
      `{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}Seen: {\\b Jane} Doe\\par M\\'fcller \\u321?ukasz}`,
      ['OBX-5.5=Seen: Jane Doe', 'OBX-5.5=Müller Łukasz'],
    ],
    [
      'HTML',
      '<html><body><p>Jane <b>D</b>oe &amp; M&uuml;ller&#160;co</p><p>next<br>line</p></body></html>',
      ['OBX-5.5=Jane Doe & Müller co', 'OBX-5.5=next', 'OBX-5.5=line'],
    ],
    ['gzip', gzipSync(TEXT), [`OBX-5.5=${TEXT}`]],
    ['zlib', deflateSync(TEXT), [`OBX-5.5=${TEXT}`]],
    [
      'a ZIP of two',
      zipOf([
        ['a.txt', 'one text'],
        ['b.txt', TEXT],
      ]),
      ['OBX-5.5/entry=one text', `OBX-5.5/entry[2]=${TEXT}`],
    ],
    [
      'base64 in a text',
      `see ${base64(TEXT.repeat(3))} there`,
      [`OBX-5.5=see ${base64(TEXT.repeat(3))} there`, `OBX-5.5=${TEXT.repeat(3)}`],
    ],
  ])('is opened: %s', (_, content, expected) => {
    const parsed = ed(base64(content));
    expect(inner(parsed)).toEqual(expected);
    expect(reasons(parsed)).toEqual([]);
    checkSum(parsed);
  });

  it('that is an office document gives the words of its paragraphs whole', () => {
    const body = '<w:p><w:r><w:t>Ja</w:t></w:r><w:r><w:t>ne Doe</w:t></w:r></w:p><w:p><w:r><w:t>second</w:t></w:r></w:p>';
    const zip = zipOf([
      ['[Content_Types].xml', '<Types/>'],
      ['word/document.xml', `<?xml version="1.0"?><w:document><w:body>${body}</w:body></w:document>`],
    ]);
    expect(inner(ed(base64(zip)))).toEqual(['OBX-5.5/entry[2]=Jane Doe', 'OBX-5.5/entry[2]=second']);
  });

  it('that holds a message names its people, after those of the message itself', () => {
    const parsed = ed(base64(INNER));
    expect(inner(parsed)).toContain('OBX-5.5/PID-5.1=ROE');
    expect(parsed.identity.values.map(({ parts }) => parts.join(' '))).toEqual(['00123456', 'DOE JANE', 'ROE ANN']);
    const name = parsed.identity.values.at(-1);
    expect(parsed.leaves.path(name?.leaf ?? -1)).toBe('OBX-5.5/PID-5.1');
    expect(parsed.routing.fields['MSH-3']).toBe('LAB');
  });

  it('in hexadecimal, or in clear', () => {
    expect(inner(ed(Buffer.from(TEXT).toString('hex'), 'Hex'))).toEqual([`OBX-5.5=${TEXT}`]);
    expect(ed('A short plain text', 'A').leaves.own).toBeUndefined();
  });

  it('keeps leaves without bytes, and says where it was decoded from', () => {
    const encoded = base64(TEXT);
    const { leaves } = ed(encoded);
    const leaf = leaves.count - 1;
    expect([leaves.start[leaf], leaves.end[leaf], leaves.spanOf(leaf, 0, 4)]).toEqual([-1, -1, null]);
    const [span] = leaves.hostSpans?.(leaf) ?? [];
    expect((span?.end ?? 0) - (span?.start ?? 0)).toBe(encoded.length);
  });
});

describe('pieces of one document', () => {
  const long = `${TEXT} ${'and more of the same. '.repeat(12)}end of ${TEXT}`;
  const encoded = base64(long);
  const pieces = encoded.match(/.{1,80}/g) ?? [];
  const segments = (name: string): string[] => pieces.map((piece, index) => `${name}|${index + 1}|TX|1^doc||${piece}||||||F`);

  it.each<[string, string[]]>([
    ['over repetitions', [`OBX|1|TX|1^doc||${pieces.join('~')}||||||F`]],
    ['over segments', segments('OBX')],
    ['over notes', pieces.map((piece, index) => `NTE|${index + 1}||${piece}`)],
    ['over segments of the site', pieces.map((piece, index) => `ZPD|${index + 1}|${piece}`)],
    ['over lines that broke out of the segment', [`OBX|1|TX|1^doc||${pieces.join('\r\n')}||||||F`]],
    ['over escaped line breaks', [`OBX|1|FT|1^doc||${pieces.join('\\.br\\')}||||||F`]],
    [
      'encoded one by one',
      (long.match(/.{1,50}/g) ?? []).map((piece, index) => `OBX|${index + 1}|ED|1^doc||A^B^C^Base64^${base64(piece)}||||||F`),
    ],
  ])('%s', (_, lines) => {
    const parsed = of(...lines);
    expect(inner(parsed).map((row) => row.slice(row.indexOf('=') + 1))).toEqual([long]);
    expect(reasons(parsed)).toEqual([]);
  });

  it('and documents that follow each other stay apart', () => {
    const pdf = (text: string): string => base64(writePdf({ pages: [showing(text)] }));
    const parsed = of(`OBX|1|ED|1||A^B^C^Base64^${pdf('one')}`, `OBX|2|ED|2||A^B^C^Base64^${pdf('two')}`);
    expect(inner(parsed)).toEqual(['OBX-5.5/page=one', 'OBX[2]-5.5/page=two']);
  });
});

describe('base64 where nothing says so', () => {
  it.each([
    ['a text of observations', `OBX|1|ST|1^doc||${base64(TEXT)}`],
    ['a segment of the site', `ZPD|1|${base64(TEXT)}`],
    ['a data: URI', `NTE|1||see data:text/plain;base64,${base64('Jane Doe')} there`],
    ['a run in other text', `NTE|1||Report: ${base64(TEXT.repeat(2))} end`],
  ])('in %s', (_, segment) => {
    expect(inner(of(segment)).join()).toMatch(/Jane Doe/);
  });

  it.each([
    ['words', 'Gastroenterologyconsultation'],
    ['a code', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123'],
    ['a digest', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['a sequence', 'ACGTTGCA'.repeat(100)],
    ['a sentence', `the patient ${'was seen again and again '.repeat(20)}`],
    ['digits', '12345678901234567890123456789012'],
  ])('is no %s', (_, value) => {
    const parsed = of(`OBX|1|ST|1||${value}`);
    expect(parsed.leaves.own).toBeUndefined();
    expect(reasons(parsed)).toEqual([]);
  });
});

describe('other formats', () => {
  const cda = '<?xml version="1.0"?><ClinicalDocument><title>Jane Doe</title></ClinicalDocument>';

  it('DICOM: an encapsulated PDF, and a text that keeps its place', () => {
    const pdf = writePdf({ pages: [showing('Jane Doe')] });
    const [object] = parse(writeDicom({ elements: [element('(0042,0011)', 'OB', pdf)] }));
    expect(values(object as Parsed)).toContain('(0042,0011)/page=Jane Doe');
    const bytes = Buffer.from(writeDicom({ elements: [element('(0042,0011)', 'OB', Buffer.from(cda))] }));
    const [other] = parse(bytes);
    const leaves = (other as Parsed).leaves;
    const leaf =
      Array.from({ length: leaves.count }, (_, index) => index).find(
        (index) => leaves.text(index).includes('Jane Doe') && index >= (leaves.own ?? 0),
      ) ?? -1;
    const from = leaves.text(leaf).indexOf('Jane');
    const span = leaves.spanOf(leaf, from, from + 8);
    expect(bytes.toString('latin1', span?.start, span?.end)).toBe('Jane Doe');
    expect((other as Parsed).coverage.unexamined).toEqual([]);
  });

  it('DICOM: an encapsulated model is not examined, over its bytes', () => {
    const model = Buffer.concat([Buffer.from('solid of somebody'), Buffer.from([0, 1, 2, 3, 255, 254, 0, 7])]);
    const bytes = Buffer.from(writeDicom({ elements: [element('(0042,0011)', 'OB', Buffer.concat([model, Buffer.from([9])]))] }));
    const [object] = parse(bytes);
    expect((object as Parsed).coverage.unexamined).toMatchObject([{ reason: 'encapsulated' }]);
    const [span] = (object as Parsed).coverage.unexamined;
    expect(bytes.subarray(span?.start, span?.end).includes(model)).toBe(true);
  });

  it('a file that is compressed, as if it were not', () => {
    const [only] = parse(gzipSync(HEADER));
    expect(values(only as Parsed)).toContain('PID-5.1=DOE');
    const [zip] = parse(
      zipOf([
        ['a.hl7', HEADER],
        ['b.hl7', INNER],
      ]),
    );
    expect(values(zip as Parsed)).toContain('entry[2]/PID-5.1=ROE');
  });

  it('lines of a mail', () => {
    const encoded = base64(TEXT.repeat(6)).match(/.{1,76}/g) ?? [];
    const [mail] = parse(
      utf8(`Subject: report\r\nContent-Transfer-Encoding: base64\r\n\r\n${encoded.join('\r\n')}\r\n\r\n--end--\r\n`),
    );
    expect(inner(mail as Parsed)).toEqual([`raw=${TEXT.repeat(6)}`]);
  });
});

describe('what cannot be read counts as unexamined, over the bytes that hold it', () => {
  const noise = Buffer.from(Array.from({ length: 600 }, (_, index) => (index * 7919 + (index >> 3) * 104729) & 0xff));
  it.each<[string, Uint8Array, string]>([
    ['a picture', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), noise]), 'image'],
    ['binary', Buffer.concat([Buffer.from([1, 0, 2]), noise]), 'encapsulated'],
    ['an encrypted PDF', writePdf({ pages: ['x'], trailer: '/Encrypt << /V 9 >>' }), 'encrypted'],
    ['a damaged PDF', Buffer.from('%PDF-1.4\n'), 'damaged'],
    ['a cut archive', gzipSync(noise).subarray(0, 200), 'damaged'],
  ])('%s', (_, content, reason) => {
    const encoded = base64(content);
    const parsed = ed(encoded);
    expect(parsed.coverage.unexamined).toMatchObject([{ reason }]);
    const [span] = parsed.coverage.unexamined;
    expect((span?.end ?? 0) - (span?.start ?? 0)).toBe(encoded.length);
    checkSum(parsed);
  });

  it('text in clear in it is read all the same', () => {
    const parsed = ed(base64(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), noise, Buffer.from('\0Patient Jane Doe\0')])));
    expect(inner(parsed).join()).toContain('Patient Jane Doe');
  });

  it('documents inside documents end at a depth', () => {
    let nested = TEXT.repeat(3);
    for (let depth = 0; depth < 6; depth++) nested = base64(nested);
    const parsed = ed(nested);
    expect(reasons(parsed)).toEqual(['too-deep']);
  });

  it('bombs end at a cap, and small ones are read', () => {
    const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024, 0x20), { level: 9 });
    expect(reasons(ed(base64(bomb)))).toEqual(['decoded-cap']);
    const nested = gzipSync(gzipSync(Buffer.alloc(64 * 1024 * 1024), { level: 9 }), { level: 9 });
    expect(reasons(ed(base64(nested)))).toEqual(['decoded-cap']);
    const files = Array.from({ length: 50 }, (_, index): [string, Buffer] => [`${index}`, Buffer.alloc(4 * 1024 * 1024, 0x41)]);
    expect(reasons(ed(base64(zipOf(files))))).toEqual(['decoded-cap']);
  });

  it('a ZIP with a password', () => {
    const zip = zipOf([['a.txt', TEXT]]);
    for (const mark of [Buffer.from('PK\x03\x04'), Buffer.from('PK\x01\x02')]) {
      const at = zip.indexOf(mark) + (mark[2] === 3 ? 6 : 8);
      zip.writeUInt16LE(zip.readUInt16LE(at) | 1, at);
    }
    expect(reasons(ed(base64(zip)))).toEqual(['encrypted']);
  });
});
