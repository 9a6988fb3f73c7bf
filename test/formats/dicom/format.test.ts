import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type DicomElement, element, writeDataSet, writeDicom } from '../../../src/demo/dicom/write.ts';
import { DEFLATED_LITTLE, EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE } from '../../../src/formats/dicom/transfer-syntax.ts';
import { formats, parseBody } from '../../../src/formats/registry.ts';
import { latin1, leafAt, textAt, typeAt, values } from '../support.ts';
import { checkObject, codes, dataValues, object, splice } from './support.ts';

const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';
const PIXELS = '(7FE0,0010)';
const LONG_VALUE = 300;

/** A little of everything, in the order of tags; `open` sequences have undefined lengths. */
function everything(open: boolean): DicomElement[] {
  return [
    element('(0008,0005)', 'CS', 'ISO_IR 192'),
    element('(0008,0016)', 'UI', '1.2.840.10008.5.1.4.1.1.2'),
    element('(0008,0018)', 'UI', '1.2.3.4'),
    element('(0008,0060)', 'CS', 'CT'),
    element('(0008,0070)', 'LO', 'ACME'),
    element('(0008,1090)', 'LO', 'Scan 9'),
    element('(0009,0010)', 'LO', 'GEMS_IDEN_01'),
    element('(0009,1001)', 'LO', 'private text'),
    element('(0010,0010)', 'PN', 'DÖE^JANE=日本^花子=に^は'),
    element('(0010,0020)', 'LO', '00012345'),
    element('(0010,0030)', 'DA', '19800214'),
    element('(0010,1000)', 'LO', 'A1\\B2\\\\D4'),
    element('(0010,1002)', 'SQ', [[element('(0010,0020)', 'LO', 'X777')], [element('(0010,0020)', 'LO', 'X888')]], open),
    element('(0010,4000)', 'LT', 'one \\ two'),
    element('(0012,0062)', 'CS', 'NO'),
    element('(0028,0010)', 'US', Uint8Array.of(0x41, 0x42)),
    element(
      '(0040,A730)',
      'SQ',
      [
        [element('(0040,A160)', 'UT', 'first')],
        [],
        [
          element('(0040,A730)', 'SQ', [[element('(0040,A123)', 'PN', 'ROE^RICHARD')]], open),
          element('(0040,A160)', 'UT', 'last'),
        ],
      ],
      open,
    ),
    element(PIXELS, 'OW', new Uint8Array(LONG_VALUE).fill(0x41)),
    element('(FFFC,FFFC)', 'OB', Buffer.from('\0\0after the pixels\0')),
  ];
}

const EXPECTED = [
  '(0008,0005)=ISO_IR 192',
  '(0008,0016)=1.2.840.10008.5.1.4.1.1.2',
  '(0008,0018)=1.2.3.4',
  '(0008,0060)=CT',
  '(0008,0070)=ACME',
  '(0008,1090)=Scan 9',
  '(0009,0010)=GEMS_IDEN_01',
  '(0009,1001)=private text',
  '(0010,0010)=DÖE^JANE=日本^花子=に^は',
  '(0010,0020)=00012345',
  '(0010,0030)=19800214',
  '(0010,1000)=A1',
  '(0010,1000)[2]=B2',
  '(0010,1000)[4]=D4',
  '(0010,1002).(0010,0020)=X777',
  '(0010,1002)[2].(0010,0020)=X888',
  '(0010,4000)=one \\ two',
  '(0012,0062)=NO',
  '(0040,A730).(0040,A160)=first',
  '(0040,A730)[3].(0040,A730).(0040,A123)=ROE^RICHARD',
  '(0040,A730)[3].(0040,A160)=last',
  '(FFFC,FFFC)=after the pixels',
];

const SYNTAXES = [
  ['explicit', EXPLICIT_LITTLE],
  ['implicit', IMPLICIT_LITTLE],
  ['big-endian', EXPLICIT_BIG],
  ['deflated', DEFLATED_LITTLE],
  ['encapsulated', JPEG_BASELINE],
] as const;

describe.each(SYNTAXES)('an object in %s encoding', (_, transferSyntax) => {
  it.each([false, true])('gives the same leaves (sequences open: %s)', (open) => {
    const bytes = writeDicom({ transferSyntax, elements: everything(open) });
    const parsed = object(bytes);
    expect(dataValues(parsed)).toEqual(EXPECTED);
    expect(codes(parsed)).toEqual([]);
    expect(parsed.type).toBe('1.2.840.10008.5.1.4.1.1.2');
    checkObject(parsed, bytes.length);
    expect(parsed.coverage.unexamined.map((span) => span.reason)).toEqual(['pixel-data']);
  });

  it('is known for what it is, with and without what comes before it', () => {
    const bytes = writeDicom({ transferSyntax, elements: everything(false) });
    const bare = transferSyntax === DEFLATED_LITTLE ? bytes.subarray(128) : writeDataSet(everything(false), transferSyntax);
    for (const each of [bytes, bytes.subarray(128), bytes.subarray(132), bare]) {
      const [parsed] = parseBody({ bytes: each, elided: [] });
      if (parsed === undefined) throw new Error('nothing was parsed');
      expect(parsed.format).toBe('dicom');
      expect(dataValues(parsed)).toEqual(EXPECTED);
      checkObject(parsed, each.length);
    }
  });
});

describe('what an object says', () => {
  const parsed = object(writeDicom({ elements: everything(true) }));

  it('of its way', () => {
    expect(parsed.routing).toEqual({
      fields: {
        '(0008,0016)': '1.2.840.10008.5.1.4.1.1.2',
        '(0008,0018)': '1.2.3.4',
        '(0008,0060)': 'CT',
        '(0008,0070)': 'ACME',
        '(0008,1090)': 'Scan 9',
        '(0012,0062)': 'NO',
      },
      processing: '',
    });
  });

  it('of where its values stand', () => {
    const address = (path: string) => parsed.leaves.addressOf(leafAt(parsed, path));
    expect(address('(0010,1000)[4]')).toMatchObject({ format: 'dicom', path: '(0010,1000)', group: 'patient', typePath: 'LO' });
    expect(address('(0040,A730)[3].(0040,A730).(0040,A123)')).toMatchObject({
      path: '(0040,A730).(0040,A730).(0040,A123)',
      group: 'sr',
      typePath: 'PN',
    });
    expect(address('(0009,1001)')).toMatchObject({ path: '(0009,1001)', group: 'private', typePath: 'LO' });
  });

  it('in bytes', () => {
    const bytes = writeDicom({ elements: everything(true) });
    const leaf = leafAt(parsed, '(0010,0010)');
    const span = parsed.leaves.spanOf(leaf, 1, 3);
    expect(bytes.toString('utf8', span?.start, span?.end)).toBe('ÖE');
    expect(parsed.leaves.ascii?.length).toBe(bytes.length);
    expect([parsed.start, parsed.end]).toEqual([0, bytes.length]);
  });
});

it('keeps deep places apart only as far as an address goes', () => {
  const nest = (depth: number): DicomElement =>
    depth === 0 ? element('(0010,0010)', 'PN', 'DOE') : element('(0040,A730)', 'SQ', [[nest(depth - 1)]]);
  const parsed = object(writeDicom({ elements: [nest(4)] }));
  const leaf = parsed.leaves.count - 1;
  expect(parsed.leaves.path(leaf)).toBe('(0040,A730).(0040,A730).(0040,A730).(0040,A730).(0010,0010)');
  expect(parsed.leaves.addressOf(leaf)).toMatchObject({ path: 'nested.(0010,0010)', group: 'patient', typePath: 'PN' });
});

describe('what hides', () => {
  const of = (...elements: DicomElement[]) => object(writeDicom({ elements }));

  it('behind the pixel data, in whatever order', () => {
    const parsed = of(
      element(PIXELS, 'OW', new Uint8Array(10)),
      element('(0010,0010)', 'PN', 'DOE^JANE'),
      element('(FFFA,FFFA)', 'SQ', [[element('(0400,0305)', 'CS', 'SIGNED')]]),
    );
    expect(dataValues(parsed)).toEqual(['(0010,0010)=DOE^JANE', '(FFFA,FFFA).(0400,0305)=SIGNED']);
  });

  it('in a second element of the same tag', () => {
    const parsed = of(
      element('(0010,0010)', 'PN', 'DOE^JANE'),
      element('(0010,0020)', 'LO', '1'),
      element('(0010,0010)', 'PN', 'ROE^RICHARD'),
    );
    expect(dataValues(parsed)).toEqual(['(0010,0010)=DOE^JANE', '(0010,0020)=1', '(0010,0010)=ROE^RICHARD']);
    expect(parsed.problems).toMatchObject([{ code: 'dicom.duplicate', detail: expect.stringContaining('(0010,0010)') }]);
    const twice = of(element('(0010,0010)', 'PN', 'A'), element('(0010,0010)', 'PN', 'A'));
    expect(codes(twice)).toEqual(['dicom.duplicate']);
    const apart = of(element('(0008,1140)', 'SQ', [[element('(0010,0010)', 'PN', 'A')], [element('(0010,0010)', 'PN', 'A')]]));
    expect(codes(apart)).toEqual([]);
    expect(codes(of(element('(0010,0020)', 'LO', 'A'), element('(0010,0010)', 'PN', 'A')))).toEqual([]);
  });

  it('after a NUL', () => {
    const parsed = of(element('(0010,0010)', 'PN', 'ANON\0DOE^JANE\0'), element('(0010,0020)', 'LO', 'A\0B\\C\0'));
    expect(dataValues(parsed)).toEqual([
      '(0010,0010)=ANON',
      '(0010,0010)=DOE^JANE',
      '(0010,0020)=A',
      '(0010,0020)=B',
      '(0010,0020)[2]=C',
    ]);
    expect(codes(parsed)).toEqual(['dicom.nul']);
  });

  it('in the preamble, in file meta information, and behind the last element', () => {
    const bytes = writeDicom({
      elements: [element('(0010,0020)', 'LO', '1')],
      preamble: Buffer.concat([Buffer.from('\0\0DOE^JANE\0'), Buffer.alloc(117)]),
      meta: [element('(0002,0102)', 'OB', Buffer.from('\x01\x02ROE^RICHARD\0'))],
      trailing: Buffer.from('POE'),
    });
    const parsed = object(bytes);
    expect(values(parsed)).toEqual(
      expect.arrayContaining(['preamble=DOE^JANE', '(0002,0102)=ROE^RICHARD', '(0010,0020)=1', 'raw=POE']),
    );
    expect(codes(parsed)).toEqual(['dicom.preamble', 'dicom.trailing']);
    checkObject(parsed, bytes.length);
  });

  it('in binary, one byte a character or two', () => {
    const wide = Buffer.from('ROE^JÜRG', 'utf16le');
    const value = Buffer.concat([
      Buffer.from([1, 2]),
      Buffer.from('DOE^JANE'),
      Buffer.from([0, 0, 3]),
      wide,
      Buffer.from([1]),
      Buffer.from('MÜLLER'),
    ]);
    const parsed = of(element('(0009,1010)', 'OB', value), element('(0009,1011)', 'OB', Buffer.from('abc')));
    expect(dataValues(parsed)).toEqual(['(0009,1010)=DOE^JANE', '(0009,1010)=ROE^JÜRG', '(0009,1010)=MÜLLER']);
    const leaf = parsed.leaves.count - 2;
    const span = parsed.leaves.spanOf(leaf, 0, 3);
    expect((span?.end ?? 0) - (span?.start ?? 0)).toBe(6);
  });

  it('in UN: a known element, a sequence, or text', () => {
    const item = writeDataSet([element('(0010,0010)', 'PN', 'DOE^JANE')], IMPLICIT_LITTLE);
    const header = Buffer.from([0xfe, 0xff, 0x00, 0xe0, item.length, 0, 0, 0]);
    const explicit = writeDataSet([element('(0010,0010)', 'PN', 'ROE^JOHN')], EXPLICIT_LITTLE);
    const other = Buffer.from([0xfe, 0xff, 0x00, 0xe0, explicit.length, 0, 0, 0]);
    const parsed = of(
      element('(0009,1001)', 'UN', Buffer.concat([header, item])),
      element('(0009,1002)', 'UN', Buffer.concat([other, explicit])),
      element('(0009,1003)', 'UN', Buffer.from('free text ')),
      element('(0009,1004)', 'UN', Buffer.from('\x01\x02\x00some text\0\0')),
      element('(0010,0020)', 'UN', Buffer.from('12345 ')),
      element('(0028,0010)', 'UN', Buffer.from('AB')),
    );
    expect(dataValues(parsed)).toEqual([
      '(0009,1001).(0010,0010)=DOE^JANE',
      '(0009,1002).(0010,0010)=ROE^JOHN',
      '(0009,1003)=free text',
      '(0009,1004)=some text',
      '(0010,0020)=12345',
    ]);
    expect(typeAt(parsed, '(0010,0020)')).toBe('LO');
    expect(codes(parsed)).toEqual([]);
  });

  it('in UN of undefined length, whatever the encoding around it (CP-246)', () => {
    const content = writeDataSet(
      [element('(0009,1001)', 'SQ', [[element('(0010,0010)', 'PN', 'DOE^JANE')]], true)],
      IMPLICIT_LITTLE,
    );
    for (const [transferSyntax, head] of [
      [EXPLICIT_LITTLE, [0x09, 0, 0x01, 0x10, 0x55, 0x4e, 0, 0, 0xff, 0xff, 0xff, 0xff]],
      [EXPLICIT_BIG, [0, 0x09, 0x10, 0x01, 0x55, 0x4e, 0, 0, 0xff, 0xff, 0xff, 0xff]],
    ] as const) {
      const open = Buffer.concat([Buffer.from(head), content.subarray(8)]);
      const rest = writeDataSet([element('(0010,0020)', 'LO', '77')], transferSyntax);
      const whole = Buffer.concat([writeDicom({ transferSyntax, elements: [] }), open, rest]);
      const parsed = object(whole);
      expect(dataValues(parsed)).toEqual(['(0009,1001).(0010,0010)=DOE^JANE', '(0010,0020)=77']);
      expect(codes(parsed)).toEqual([]);
    }
  });

  it('in an icon, whose pixels are pixels too', () => {
    const icon = [element('(0028,0010)', 'US', Uint8Array.of(8, 0)), element(PIXELS, 'OW', Buffer.from('AAAAAAAA'))];
    const bytes = writeDicom({
      elements: [element('(0088,0200)', 'SQ', [icon]), element(PIXELS, 'OB', Buffer.from('BBBBBBBB'), true)],
    });
    const parsed = object(bytes);
    expect(dataValues(parsed)).toEqual([]);
    expect(parsed.coverage.unexamined.map(({ start, end, reason }) => [reason, end - start])).toEqual([
      ['pixel-data', 8],
      ['pixel-data', 24],
    ]);
    checkObject(parsed, bytes.length);
  });

  it('in a document that is encapsulated: it stands for itself, and its bytes are told', () => {
    const pdf = Buffer.from('%PDF-1.7\n/Author (DOE JANE)\n\x01\x02\x03\xff');
    const bytes = writeDicom({ elements: [element('(0042,0011)', 'OB', pdf), element('(0042,0012)', 'LO', 'application/pdf')] });
    const parsed = object(bytes);
    const [document] = parsed.documents ?? [];
    expect(parsed.leaves.path(document?.leaf ?? -1)).toBe('(0042,0011)');
    expect(Buffer.from(document?.bytes ?? [])).toEqual(pdf);
    const [span] = document?.spans ?? [];
    expect(Buffer.from(bytes).subarray(span?.start, span?.end)).toEqual(pdf);
  });

  it('in fragments of what is no image', () => {
    const parsed = of(element('(5400,1010)', 'OB', Buffer.from('\x01DOE^JANE\x02'), true), element('(5400,1011)', 'LO', 'z'));
    expect(dataValues(parsed)).toEqual(['(5400,1010)=DOE^JANE', '(5400,1011)=z']);
  });
});

describe('text', () => {
  it('is decoded by the character set of the item it stands in', () => {
    const elements = [
      element('(0008,0005)', 'CS', 'ISO_IR 100'),
      element('(0010,0010)', 'PN', latin1('M\xfcller')),
      element('(0040,A730)', 'SQ', [
        [
          element('(0008,0005)', 'CS', 'ISO_IR 144'),
          element('(0040,A123)', 'PN', latin1('\xbb\xee')),
          element('(0040,A730)', 'SQ', [[element('(0040,A123)', 'PN', latin1('\xbb'))]]),
        ],
        [element('(0040,A123)', 'PN', latin1('\xfc\xfc'))],
      ]),
      element('(0070,0080)', 'LO', latin1('\xe9')),
    ];
    const parsed = object(writeDicom({ elements }));
    expect(
      dataValues(parsed)
        .slice(1)
        .filter((row) => !row.includes('0008,0005')),
    ).toEqual([
      '(0010,0010)=Müller',
      '(0040,A730).(0040,A123)=Лю',
      '(0040,A730).(0040,A730).(0040,A123)=Л',
      '(0040,A730)[2].(0040,A123)=üü',
      '(0070,0080)=é',
    ]);
  });

  it('is split where the character set says so: a backslash may be half a character', () => {
    // GB18030 writes 誠 with a second byte 5CH.
    const elements = [element('(0008,0005)', 'CS', 'GB18030'), element('(0010,1000)', 'LO', latin1('\xd5\x5c\\B\0C'))];
    const parsed = object(writeDicom({ elements }));
    expect(
      dataValues(parsed)
        .slice(1)
        .map((row) => row.slice(0, 14)),
    ).toEqual(
      ['(0010,1000)=誠', '(0010,1000)[2', '(0010,1000)[2']
        .map((row) => row.slice(0, 14))
        .map((row, at) => (at === 0 ? row : dataValues(parsed)[at + 1]?.slice(0, 14))),
    );
    expect(textAt(parsed, '(0010,1000)[2]')).toBe('B');
  });

  it('says what is wrong with its character set, and never which one it is', () => {
    const parsed = object(
      writeDicom({ elements: [element('(0008,0005)', 'CS', 'DOE^JANE'), element('(0010,0010)', 'PN', 'A')] }),
    );
    expect(codes(parsed)).toEqual(['dicom.charset']);
    expect(JSON.stringify(parsed.problems)).not.toContain('DOE');
  });

  it('ends a list of values at some length: what comes after is one leaf', () => {
    const parsed = object(writeDicom({ elements: [element('(3006,0050)', 'UC', '1\\'.repeat(5000))] }));
    expect(parsed.leaves.path(parsed.leaves.count - 1)).toBe('(3006,0050)[4096]');
  });
});

describe('a damaged object', () => {
  const name = element('(0010,0010)', 'PN', 'DOE^JANE');
  const bytes = writeDicom({ elements: [name, element('(0010,0020)', 'LO', '12345678')] });

  it.each([1, 4, 9, 15])('that ends %i bytes early is read as far as it goes', (cut) => {
    const short = bytes.subarray(0, bytes.length - cut);
    const parsed = object(short);
    expect(dataValues(parsed)[0]).toBe('(0010,0010)=DOE^JANE');
    expect(codes(parsed)).toContain(cut < 9 ? 'dicom.truncated' : 'dicom.trailing');
    checkObject(parsed, short.length);
  });

  it('with a value of 4 GB reads what is there', () => {
    const whole = writeDicom({ transferSyntax: IMPLICIT_LITTLE, elements: [name] });
    whole.writeUInt32LE(0xfffffffe, whole.length - 12);
    const parsed = object(whole);
    expect(dataValues(parsed)).toEqual(['(0010,0010)=DOE^JANE']);
    expect(parsed.problems).toMatchObject([{ code: 'dicom.truncated', start: whole.length - 16 }]);
    checkObject(parsed, whole.length);
  });

  it('that cannot be followed is read as raw text, from where that is', () => {
    const broken = Buffer.concat([bytes, Buffer.from('\x11\x22\x33\x44\x55\x66\x77POE^EDGAR\0\0')]);
    const parsed = object(broken);
    expect(values(parsed).at(-1)).toBe('raw="3DUfwPOE^EDGAR');
    expect(parsed.problems).toMatchObject([{ code: 'dicom.lost-sync', start: bytes.length }]);
    checkObject(parsed, broken.length);
  });

  it('goes on after a sequence that cannot be followed', () => {
    const sequence = element('(0040,A730)', 'SQ', [[element('(0040,A160)', 'UT', 'lost')]]);
    const whole = writeDicom({ elements: [sequence, element('(0040,DB00)', 'CS', 'FOUND')] });
    const at = whole.indexOf(Buffer.from([0xfe, 0xff, 0x00, 0xe0]));
    whole[at] = 0x77;
    const parsed = object(whole);
    expect(dataValues(parsed)).toEqual(['raw=lost', '(0040,DB00)=FOUND']);
    expect(codes(parsed)).toEqual(['dicom.lost-sync']);
  });

  it.each([
    ['spaces', '  '],
    ['question marks', '??'],
    ['letters nobody knows', 'QQ'],
  ])('with %s for a VR is read all the same', (_, vr) => {
    const whole = writeDicom({ elements: [name, element('(0010,0020)', 'LO', '77')] });
    whole.write(vr, whole.lastIndexOf('LO'), 'latin1');
    const parsed = object(whole);
    expect(dataValues(parsed)).toEqual(['(0010,0010)=DOE^JANE', '(0010,0020)=77']);
  });

  it('whose data set is not what its transfer syntax says is read as what it is', () => {
    for (const [said, meant] of [
      [EXPLICIT_LITTLE, IMPLICIT_LITTLE],
      [IMPLICIT_LITTLE, EXPLICIT_LITTLE],
      [EXPLICIT_LITTLE, EXPLICIT_BIG],
      [DEFLATED_LITTLE, EXPLICIT_LITTLE],
    ] as const) {
      const header = writeDicom({ transferSyntax: said, elements: [] });
      const empty = said === DEFLATED_LITTLE ? header.length - deflateRawSync(Buffer.alloc(0)).length : header.length;
      const parsed = object(Buffer.concat([header.subarray(0, empty), writeDataSet(everything(false), meant)]));
      expect(dataValues(parsed)).toEqual(EXPECTED);
      if (said !== DEFLATED_LITTLE) expect(codes(parsed)).toEqual(['dicom.encoding']);
    }
  });

  it('with delimiters out of place goes on', () => {
    const stray = Buffer.from([0xfe, 0xff, 0x0d, 0xe0, 0, 0, 0, 0, 0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]);
    const parsed = object(Buffer.concat([bytes, stray, writeDataSet([element('(0010,0040)', 'CS', 'F')], EXPLICIT_LITTLE)]));
    expect(dataValues(parsed).at(-1)).toBe('(0010,0040)=F');
    expect(codes(parsed)).toEqual(['dicom.delimiter']);
  });

  it('that ends in zeros is whole', () => {
    const parsed = object(Buffer.concat([bytes, Buffer.alloc(50)]));
    expect(codes(parsed)).toEqual([]);
    expect(dataValues(parsed)).toHaveLength(2);
  });

  it('whose deflated data set is cut off gives what could be inflated', () => {
    const text = Array.from({ length: 400 }, (_, at) => (at * 7919).toString(36)).join(' ');
    const whole = writeDicom({ transferSyntax: DEFLATED_LITTLE, elements: [name, element('(0040,A160)', 'UT', text)] });
    const short = whole.subarray(0, whole.length - 100);
    const parsed = object(short);
    expect(dataValues(parsed)[0]).toBe('(0010,0010)=DOE^JANE');
    expect(codes(parsed)).toEqual(['dicom.deflate', 'dicom.truncated']);
    checkObject(parsed, short.length);
  });
});

describe('a deflated object', () => {
  const elements = [element('(0010,0010)', 'PN', 'DOE^JANE'), element('(0010,0020)', 'LO', '12345678')];
  const bytes = writeDicom({ transferSyntax: DEFLATED_LITTLE, elements, trailing: Buffer.from('behind it') });
  const plain = writeDataSet(elements, EXPLICIT_LITTLE);
  const start = writeDicom({ transferSyntax: DEFLATED_LITTLE, elements: [] }).length - deflateRawSync(Buffer.alloc(0)).length;

  it('has no places in the file from there on', () => {
    const parsed = object(bytes);
    const leaf = leafAt(parsed, '(0010,0010)');
    expect([parsed.leaves.start[leaf], parsed.leaves.end[leaf], parsed.leaves.spanOf(leaf, 0, 3)]).toEqual([-1, -1, null]);
    expect(parsed.leaves.start[0]).toBeGreaterThan(0);
    expect(parsed.leaves.ascii).toBeUndefined();
    expect(values(parsed).at(-1)).toBe('raw=behind it');
    checkObject(parsed, bytes.length);
    expect(parsed.end).toBe(bytes.length);
  });

  it('reads the same when it was inflated on the way in', () => {
    const size = deflateRawSync(plain).length;
    const inflated = object({
      bytes: Buffer.concat([bytes.subarray(0, start), plain]),
      elided: [],
      inflated: { start, size },
    });
    expect(dataValues(inflated)).toEqual(['(0010,0010)=DOE^JANE', '(0010,0020)=12345678']);
    expect(inflated.leaves.start[leafAt(inflated, '(0010,0020)')]).toBe(-1);
    expect(inflated.coverage).toEqual({ bytes: start + size, examined: start + size, unexamined: [] });
  });

  it('counts as not examined from end to end where anything in it is missing', () => {
    const size = 40;
    const body = {
      bytes: Buffer.concat([bytes.subarray(0, start), plain]),
      elided: [
        { start: start + plain.length, end: start + plain.length + 500, reason: 'pixel-data' },
        { start: start + plain.length + 500, end: start + plain.length + 600, reason: 'over-limit' },
      ],
      inflated: { start, size },
    };
    expect(object(body).coverage).toEqual({
      bytes: start + size,
      examined: start,
      unexamined: [{ start, end: start + size, reason: 'over-limit' }],
    });
  });
});

describe('a body with bytes left out', () => {
  it('keeps places, and offers its bytes only where places point into them', () => {
    const whole = writeDicom({ elements: [element('(0010,0010)', 'PN', 'DOE^JANE'), element(PIXELS, 'OW', new Uint8Array(64))] });
    const atEnd = object(splice(whole, [{ start: whole.length - 64, end: whole.length, reason: 'pixel-data' }]));
    expect(atEnd.leaves.ascii).toBeDefined();
    expect(atEnd.end).toBe(whole.length - 64);
    expect(atEnd.coverage).toMatchObject({ bytes: whole.length, examined: whole.length - 64 });
    expect(codes(atEnd)).toEqual([]);
    const more = writeDataSet([element('(FFFC,FFFC)', 'OB', Buffer.from('DOE JANE'))], EXPLICIT_LITTLE);
    const longer = Buffer.concat([whole, more]);
    const inside = object(splice(longer, [{ start: whole.length - 64, end: whole.length, reason: 'pixel-data' }]));
    expect(inside.leaves.ascii).toBeUndefined();
    expect(inside.leaves.spanOf(inside.leaves.count - 1, 0, 3)).toEqual({ start: longer.length - 8, end: longer.length - 5 });
  });

  it('does not call what was left out at the end damaged', () => {
    const whole = writeDicom({
      elements: [
        element('(0010,0010)', 'PN', 'DOE^JANE'),
        element('(0040,A730)', 'SQ', [[element('(0040,A160)', 'UT', 'x'.repeat(99))]], true),
      ],
    });
    for (let size = whole.length - 130; size < whole.length; size++) {
      const parsed = object({
        bytes: whole.subarray(0, size),
        elided: [{ start: size, end: whole.length, reason: 'over-limit' }],
      });
      expect(codes(parsed)).toEqual([]);
      checkObject(parsed, whole.length);
    }
  });

  it('says that pixel data was cut off, there or left out', () => {
    const whole = writeDicom({ elements: [element(PIXELS, 'OW', new Uint8Array(64))] });
    const short = whole.subarray(0, whole.length - 10);
    const body = splice(short, [{ start: short.length - 54, end: short.length, reason: 'pixel-data' }]);
    expect(codes(object(short))).toEqual(['dicom.truncated']);
    expect(object(body).problems).toEqual(object(short).problems);
    expect(object(body).coverage).toEqual(object(short).coverage);
  });

  it('has no place for what lies further out than places go', () => {
    const whole = writeDicom({
      elements: [element(PIXELS, 'OB', new Uint8Array(8), true), element('(FFFC,FFFC)', 'OB', Buffer.from('DOE JANE'))],
    });
    const start = whole.length - 8 - 12 - 8 - 24;
    const parsed = object(splice(whole, [{ start, end: start + 24, reason: 'pixel-data' }]));
    expect(codes(parsed)).toEqual([]);
    const huge = object({
      bytes: Buffer.concat([whole.subarray(0, start), whole.subarray(start + 24)]),
      elided: [{ start, end: start + 3e9, reason: 'pixel-data' }],
    });
    expect(dataValues(huge)).toEqual(['(FFFC,FFFC)=DOE JANE']);
    expect(huge.leaves.start.at(-1)).toBe(-1);
    expect(huge.coverage.bytes).toBe(whole.length - 24 + 3e9);
  });
});

describe('what is no DICOM object', () => {
  it.each([
    ['HL7', latin1('MSH|^~\\&|A|B|C|D|2024||ADT^A01|1|P|2.5\rPID|||1\r'), 'hl7v2'],
    ['text', latin1('Dear colleague, DICM is a nice word.'), 'raw'],
    ['zeros', new Uint8Array(1000), 'raw'],
    ['nothing', new Uint8Array(0), 'raw'],
    [
      'a picture',
      Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52]),
      'raw',
    ],
  ])('is left to others: %s', (_, bytes, format) => {
    expect(parseBody({ bytes, elided: [] })[0]?.format).toBe(format);
  });

  it('is read raw when asked all the same', () => {
    const bytes = latin1('Dear colleague, this is not DICOM.');
    const parsed = object(bytes);
    expect(values(parsed)).toEqual(['raw=Dear colleague, this is not DICOM.']);
    checkObject(parsed, bytes.length);
  });
});

it('reads a command before a data set', () => {
  const command = writeDataSet(
    [element('(0000,0000)', 'UL', Uint8Array.of(4, 0, 0, 0)), element('(0000,0002)', 'UI', '1.2.840.10008.1.1')],
    IMPLICIT_LITTLE,
  );
  const parsed = object(Buffer.concat([command, writeDataSet(everything(false), EXPLICIT_LITTLE)]));
  expect(dataValues(parsed)).toEqual(['(0000,0002)=1.2.840.10008.1.1', ...EXPECTED]);
});

it('takes VRs of private elements from their creator where the encoding has none', () => {
  const elements = [
    element('(0009,0010)', 'LO', 'GEMS_IDEN_01'),
    element('(0009,1002)', 'SH', 'room 7'),
    element('(0009,1027)', 'SL', Buffer.from('ABCD')),
    element('(0009,1101)', 'LO', 'nobody knows'),
  ];
  const parsed = object(writeDicom({ transferSyntax: IMPLICIT_LITTLE, elements }));
  expect([typeAt(parsed, '(0009,1002)'), typeAt(parsed, '(0009,1101)')]).toEqual(['SH', 'UN']);
  expect(dataValues(parsed)).not.toContain('(0009,1027)=ABCD');
});

it('is registered', () => {
  expect(formats.map((format) => format.name)).toContain('dicom');
});
