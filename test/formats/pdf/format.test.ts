import { deflateSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Parsed } from '../../../src/core/format.ts';
import { parse, values } from '../support.ts';
import { ENCRYPTED } from './encrypted.ts';
import { FIRST, showing, writePdf } from './write.ts';

function pdf(bytes: Buffer): Parsed {
  const [only, ...others] = parse(bytes);
  if (only === undefined || others.length > 0) throw new Error(`${others.length + 1} parts, expected one`);
  expect(only.format).toBe('pdf');
  const missed = only.coverage.unexamined.reduce((sum, { start, end }) => sum + end - start, 0);
  expect(only.coverage.examined + missed).toBe(bytes.length);
  return only;
}

const reasons = (bytes: Buffer): string[] => pdf(bytes).coverage.unexamined.map(({ reason }) => reason);
const textOf = (bytes: Buffer): string[] => values(pdf(bytes));

describe('pages', () => {
  it('give a leaf for each line, with the number of the page', () => {
    const bytes = writePdf({ pages: [showing('Patient: Jane Doe', 'MRN 00123456'), showing('second (page)')] });
    expect(textOf(bytes)).toEqual(['page=Patient: Jane Doe', 'page=MRN 00123456', 'page[2]=second (page)']);
    expect(pdf(bytes).coverage).toEqual({ bytes: bytes.length, examined: bytes.length, unexamined: [] });
  });

  it.each([
    ['kerning between the letters of a name', 'BT /F1 12 Tf 72 700 Td [(Ja) 40 (ne) -280 (D) -15 (oe)] TJ ET', 'Jane Doe'],
    [
      'letters that are placed one by one',
      'BT /F1 12 Tf 1 0 0 1 72 700 Tm (D) Tj 1 0 0 1 80.7 700 Tm (o) Tj 1 0 0 1 87.4 700 Tm (e) Tj ET',
      'Doe',
    ],
    ['words that are placed one by one', 'BT /F1 12 Tf 72 700 Td (Jane) Tj 40 0 Td (Doe) Tj ET', 'Jane Doe'],
    ['columns', 'BT /F1 12 Tf 72 700 Td (MRN) Tj 200 0 Td (123456) Tj ET', 'MRN  123456'],
    ['lines out of order', 'BT /F1 12 Tf 1 0 0 1 90 700 Tm (456) Tj 1 0 0 1 70 700 Tm (123) Tj ET', '123456'],
    ['the operators \' and "', 'BT /F1 12 Tf 14 TL 72 700 Td (Jane) \' 1 0 (Doe) " ET', 'Jane|Doe'],
    ['a turned page', 'BT /F1 12 Tf 0 1 -1 0 300 72 Tm (Jane ) Tj (Doe) Tj ET', 'Jane Doe'],
    ['a scaled space', 'q 0.1 0 0 0.1 0 0 cm BT /F1 120 Tf 720 7000 Td (Jane Doe) Tj ET Q', 'Jane Doe'],
    ['letters set apart', 'BT /F1 12 Tf 4 Tc 72 700 Td (Jane Doe) Tj ET', 'Jane Doe'],
    [
      'letters placed apart',
      'BT /F1 12 Tf 72 700 Td [(J) -300 (a) -300 (n) -300 (e) -300 ( ) -300 (D) -300 (o) -300 (e)] TJ ET',
      'Jane Doe',
    ],
    ['text printed twice for bold', 'BT /F1 12 Tf 72 700 Td (Jane Doe) Tj 0.3 0 Td (Jane Doe) Tj ET', 'Jane Doe'],
    ['an octal and a hexadecimal string', 'BT /F1 12 Tf 72 700 Td (\\112ane ) Tj <446F65> Tj ET', 'Jane Doe'],
    ['invisible text over a scan', 'BT 3 Tr /F1 12 Tf 72 700 Td (Jane Doe) Tj ET', 'Jane Doe'],
    [
      'an inline picture before it',
      'BI /W 2 /H 2 /BPC 8 /CS /G ID \x00\x01EI\xff\n EI BT /F1 12 Tf 72 700 Td (Jane Doe) Tj ET',
      'Jane Doe',
    ],
    ['a number that is broken after its hyphen', showing('call (303) 693-', '0111 now'), 'call (303) 693-0111 now'],
    [
      'a text that stands for what is drawn',
      'BT /F1 12 Tf 72 700 Td (Gri) Tj /Span << /ActualText (ffi) >> BDC (\x01) Tj EMC (th) Tj ET',
      'Griffith',
    ],
  ])('read %s', (_, content, expected) => {
    expect(textOf(writePdf({ pages: [content] })).map((row) => row.slice('page='.length))).toEqual(expected.split('|'));
  });

  it('read forms inside forms, and no form inside itself for ever', () => {
    const form = (content: string, inner: number): [string, string] => [
      `/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << /Font << /F1 3 0 R >> /XObject << /X ${inner} 0 R >> >>`,
      content,
    ];
    const bytes = writePdf({
      pages: ['q /X Do Q'],
      resources: `/XObject << /X ${FIRST} 0 R >>`,
      objects: [form('/X Do', FIRST + 1), form('BT /F1 12 Tf 72 700 Td (Jane Doe) Tj ET /X Do', FIRST)],
    });
    expect(textOf(bytes)).toEqual(['page=Jane Doe']);
  });
});

describe('filters', () => {
  const content = showing('Patient: Jane Doe');
  const hex = `${Buffer.from(content, 'latin1').toString('hex')}>`;
  const runs = Buffer.concat([...content].map((character) => Buffer.from([0, character.charCodeAt(0)])));
  it.each([
    ['/FlateDecode', deflateSync(content)],
    ['/ASCIIHexDecode', Buffer.from(hex)],
    ['[/ASCIIHexDecode /FlateDecode]', Buffer.from(`${deflateSync(content).toString('hex')}>`)],
    ['/RunLengthDecode', Buffer.concat([runs, Buffer.from([128])])],
    ['/ASCII85Decode', Buffer.from(ascii85(Buffer.from(content, 'latin1')))],
    ['/LZWDecode', lzw(Buffer.from(content, 'latin1'))],
  ])('%s', (filter, stream) => {
    expect(textOf(writePdf({ pages: [stream], filter }))).toEqual(['page=Patient: Jane Doe']);
  });

  it('that are cut off give what is there', () => {
    const stream = deflateSync(showing(...Array.from({ length: 40 }, (_, line) => `line ${line} of Jane Doe ${line * 7919}`)));
    const found = textOf(writePdf({ pages: [stream.subarray(0, stream.length >> 1)], filter: '/FlateDecode' }));
    expect(found[0]).toBe('page=line 0 of Jane Doe 0');
    expect(found.length).toBeGreaterThan(5);
  });
});

describe('fonts', () => {
  const shown = (font: string, content: string, ...objects: (string | [string, string])[]): string[] =>
    textOf(writePdf({ pages: [content], fonts: `/F2 ${FIRST} 0 R`, objects: [font, ...objects] }));
  const map = (body: string): [string, string] => ['', `/CIDInit /ProcSet findresource begin begincmap\n${body}\nendcmap`];

  it('with glyphs of other names', () => {
    const differences = '[ 1 /J /a /n /e 10 /Lslash /eacute /uni0160 /u0017D /f_i /space ]';
    const font = `<< /Type /Font /Subtype /Type1 /BaseFont /X /Encoding << /Differences ${differences} >> >>`;
    expect(shown(font, 'BT /F2 12 Tf 72 700 Td <010203040F0A0B0C0D0E> Tj ET')).toEqual(['page=Jane ŁéŠŽfi']);
  });

  it('with numbered glyphs and a map to Unicode', () => {
    const font = `<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [<< /Subtype /CIDFontType2 /DW 600 >>] /ToUnicode ${FIRST + 1} 0 R >>`;
    const cmap = map(
      '1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0001> <004A> <0002> <0061006E0065> endbfchar 2 beginbfrange <0010> <0012> <0044> <0020> <0021> [<006F> <D83DDE00>] endbfrange',
    );
    expect(shown(font, 'BT /F2 12 Tf 72 700 Td <00010002> Tj 20 0 Td <001000200021> Tj ET', cmap)).toEqual(['page=Jane Do😀']);
  });

  it('in a character set of their own', () => {
    const font = '<< /Type /Font /Subtype /Type0 /Encoding /90ms-RKSJ-H /DescendantFonts [<< /Subtype /CIDFontType0 >>] >>';
    expect(shown(font, 'BT /F2 12 Tf 72 700 Td <8E52936391BE9859> Tj ET')).toEqual(['page=山田太郎']);
  });

  it('that nobody can read are said to be so', () => {
    const font = '<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [<< /Subtype /CIDFontType2 >>] >>';
    const bytes = writePdf({
      pages: ['BT /F2 12 Tf 72 700 Td <0001000200030004000500060007000800090001> Tj ET'],
      fonts: `/F2 ${FIRST} 0 R`,
      objects: [font],
    });
    expect(reasons(bytes)).toEqual(['undecodable']);
  });
});

describe('what stands beside the pages', () => {
  it('is read: information, fields, notes, outline, metadata, alternate text', () => {
    const bytes = writePdf({
      pages: [showing('page text')],
      trailer: `/Info ${FIRST} 0 R`,
      catalog: `/AcroForm << /Fields [${FIRST + 1} 0 R] >> /Metadata ${FIRST + 4} 0 R`,
      objects: [
        '<< /Title (Report of Jane Doe) /Author <FEFF004D00FC006C006C00650072> /CreationDate (D:20260101) /Ward (Seven) >>',
        '<< /FT /Tx /T (PatientName) /V (DOE, JANE) >>',
        '<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (ask Jane Doe) >>',
        '<< /Title (Visit of Jane Doe) /Parent 1 0 R >>',
        [
          '/Type /Metadata /Subtype /XML',
          '<x:xmpmeta xmlns:x="a"><dc:title>About Jane</dc:title><xmp:CreateDate>2026-01-01T00:00:00</xmp:CreateDate></x:xmpmeta>',
        ],
        '<< /Type /StructElem /S /Figure /Alt (photo of Jane Doe) >>',
      ],
    });
    expect(textOf(bytes)).toEqual([
      'page=page text',
      'info.Title=Report of Jane Doe',
      'info.Author=Müller',
      'info.other=Seven',
      'field=PatientName',
      'field[2]=PatientName: DOE, JANE',
      'annotation[3]=ask Jane Doe',
      'outline[4]=Visit of Jane Doe',
      'object[5]=photo of Jane Doe',
      'metadata=About Jane',
    ]);
  });

  it('is what an earlier revision showed, and a page that was removed', () => {
    const before = writePdf({ pages: [showing('SSN 536-22-8147', 'kept')] });
    const content = showing('SSN withheld', 'kept');
    const after = Buffer.concat([
      before,
      Buffer.from(
        `11 0 obj\n<< /Length ${content.length} >>\nstream\n${content}\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n`,
      ),
    ]);
    expect(textOf(after)).toEqual(['page=SSN withheld', 'page=kept', 'revision.page=SSN 536-22-8147']);
    const removed = writePdf({
      pages: [showing('left')],
      objects: [
        `<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents ${FIRST + 1} 0 R >>`,
        ['', showing('removed')],
      ],
    });
    expect(textOf(removed)).toEqual(['page=left', 'page[2]=removed']);
  });

  it('is a file that is attached, whatever its format', () => {
    const message = 'MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5\rPID|1||||DOE^JANE\r';
    const bytes = writePdf({
      pages: [showing('see attachment')],
      objects: [`<< /Type /Filespec /F (doe.hl7) /EF << /F ${FIRST + 1} 0 R >> >>`, ['/Type /EmbeddedFile', message]],
    });
    expect(textOf(bytes)).toEqual(
      expect.arrayContaining(['object=doe.hl7', 'attachment/PID-5.1=DOE', 'attachment/PID-5.2=JANE']),
    );
    expect(pdf(bytes).identity.values.map(({ parts }) => parts)).toEqual([['DOE', 'JANE']]);
  });
});

describe('what is not read is said', () => {
  const picture: [string, string] = [
    '/Type /XObject /Subtype /Image /Width 10 /Height 10 /Filter /DCTDecode',
    '\xff\xd8\xff picture',
  ];
  const scan = (content: string): Buffer =>
    writePdf({ pages: [content], resources: `/XObject << /I ${FIRST} 0 R >>`, objects: [picture] });

  it('of a page that is a picture: the bytes of the picture', () => {
    const bytes = scan('q 612 0 0 792 0 0 cm /I Do Q');
    const [span] = pdf(bytes).coverage.unexamined;
    expect(span?.reason).toBe('image-only');
    expect(bytes.toString('latin1', span?.start, span?.end)).toBe(picture[1]);
  });

  it('of a scan with a line of a fax over it, and not of a letter with a logo', () => {
    expect(reasons(scan(`q 600 0 0 780 0 0 cm /I Do Q ${showing('FAX 01/02 page 1')}`))).toEqual(['image-only']);
    expect(reasons(scan(`q 60 0 0 60 0 0 cm /I Do Q ${showing('Dear Jane Doe')}`))).toEqual([]);
    expect(
      reasons(scan(`q 600 0 0 780 0 0 cm /I Do Q ${showing(...Array.from({ length: 30 }, () => 'a scan that was read'))}`)),
    ).toEqual([]);
  });

  it('of an encrypted file', () => {
    const bytes = writePdf({
      pages: [showing('Jane')],
      trailer: '/Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (y) /P -4 >>',
    });
    expect(reasons(bytes)).toEqual(['encrypted']);
    expect(textOf(bytes)).toEqual([]);
  });

  it.each(ENCRYPTED)('of an encrypted file, unless it opens without a password: %s', (scheme, file) => {
    const bytes = gunzipSync(Buffer.from(file, 'base64'));
    const isOpen = scheme !== 'a password';
    expect(reasons(bytes)).toEqual(isOpen ? [] : ['encrypted']);
    expect(textOf(bytes)).toEqual(isOpen ? ['page=Patient: Jane Doe', 'info.Title=Report'] : []);
  });

  it('of what is no file, whose text is read where it stands in clear', () => {
    const bytes = Buffer.from('%PDF-1.7\n/Author (DOE JANE)\n\x01\x02\x03\xff');
    expect(reasons(bytes)).toEqual(['damaged']);
    expect(textOf(bytes).join()).toContain('DOE JANE');
  });
});

/** ASCII85 with its end mark. */
function ascii85(bytes: Buffer): string {
  let out = '';
  for (let at = 0; at < bytes.length; at += 4) {
    const size = Math.min(4, bytes.length - at);
    let value = 0;
    for (let index = 0; index < 4; index++) value = value * 256 + (bytes[at + index] ?? 0);
    let group = '';
    for (let index = 0; index < 5; index++) {
      group = String.fromCharCode(33 + (value % 85)) + group;
      value = Math.floor(value / 85);
    }
    out += group.slice(0, size + 1);
  }
  return `${out}~>`;
}

/** LZW with 9-bit codes alone: the table is cleared before they would grow. */
function lzw(bytes: Buffer): Buffer {
  let bits = '';
  bytes.forEach((byte, index) => {
    if (index % 200 === 0) bits += (256).toString(2).padStart(9, '0');
    bits += byte.toString(2).padStart(9, '0');
  });
  bits += (257).toString(2).padStart(9, '0');
  return Buffer.from((bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)));
}
