import { describe, expect, it } from 'vitest';
import { type TextReader, textReaderOf } from '../../../src/formats/dicom/charset.ts';
import { latin1, utf8 } from '../support.ts';

function read(terms: readonly string[], bytes: Uint8Array | string, vr = 'PN'): string {
  const value = typeof bytes === 'string' ? latin1(bytes) : bytes;
  return textReaderOf(terms).text(value, 0, value.length, vr);
}

/** The values of a multi-valued element, each decoded by itself. */
function values(reader: TextReader, bytes: Uint8Array, vr: string): string[] {
  const cuts = [-1, ...reader.splitValues(bytes, 0, bytes.length, vr), bytes.length];
  return cuts.slice(1).map((cut, at) => reader.text(bytes, (cuts[at] ?? 0) + 1, cut, vr));
}

const YAMADA = 'Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B';
const KANA = '\xd4\xcf\xc0\xde^\xc0\xdb\xb3=\x1b$B;3ED\x1b(J^\x1b$BB@O:\x1b(J=\x1b$B$d$^$@\x1b(J^\x1b$B$?$m$&\x1b(J';
const HONG = 'Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7=\x1b$)C\xc8\xab^\x1b$)C\xb1\xe6\xb5\xbf';

describe('examples of PS3.5', () => {
  it.each([
    ['H.3.1', ['', 'ISO 2022 IR 87'], YAMADA, 'Yamada^Tarou=山田^太郎=やまだ^たろう'],
    ['H.3.2', ['ISO 2022 IR 13', 'ISO 2022 IR 87'], KANA, 'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう'],
    ['I.2', ['', 'ISO 2022 IR 149'], HONG, 'Hong^Gildong=洪^吉洞=홍^길동'],
    ['J.1', ['ISO_IR 192'], 'Wang^XiaoDong=\xe7\x8e\x8b^\xe5\xb0\x8f\xe6\x9d\xb1=', 'Wang^XiaoDong=王^小東='],
    ['J.3', ['GB18030'], 'Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab=', 'Wang^XiaoDong=王^小东='],
    ['J.3', ['GBK'], 'Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab=', 'Wang^XiaoDong=王^小东='],
    ['K.2', ['', 'ISO 2022 IR 58'], 'Zhang^XiaoDong=\x1b$)A\xd5\xc5^\x1b$)A\xd0\xa1\xb6\xab=', 'Zhang^XiaoDong=张^小东='],
  ])('%s: %j', (_, terms, bytes, expected) => {
    expect(read(terms, bytes)).toBe(expected);
    expect(textReaderOf(terms).problem).toBeNull();
  });

  it.each([
    ['I.3', ['', 'ISO 2022 IR 149'], '\x1b$)C1st \xb1\xe6\xb5\xbf.\r\n\x1b$)C2nd \xb1\xe6\xb5\xbf, too.\r\n3rd\r\n', '길동'],
    ['J.2', ['ISO_IR 192'], '1st \xe4\xb8\xad\xe6\x96\x87.\r\n2nd \xe4\xb8\xad\xe6\x96\x87, too.\r\n3rd\r\n', '中文'],
    ['J.4', ['GB18030'], '1st \xd6\xd0\xce\xc4.\r\n2nd \xd6\xd0\xce\xc4, too.\r\n3rd\r\n', '中文'],
    ['K.3', ['', 'ISO 2022 IR 58'], '\x1b$)A1st \xd6\xd0\xce\xc4.\r\n\x1b$)A2nd \xd6\xd0\xce\xc4, too.\r\n3rd\r\n', '中文'],
  ])('%s: a text of several lines in %j', (_, terms, bytes, word) => {
    expect(read(terms, bytes, 'LT')).toBe(`1st ${word}.\r\n2nd ${word}, too.\r\n3rd\r\n`);
  });

  it('reads JIS X 0212 beside JIS X 0208', () => {
    const terms = ['ISO 2022 IR 6', 'ISO 2022 IR 87', 'ISO 2022 IR 159'];
    expect(read(terms, 'Mori^Ogai=\x1b$B\x3f\x39\x1b(B^\x1b$(D\x6c\x3f\x1b$B\x33\x30\x1b(B')).toBe('Mori^Ogai=森^鷗外');
  });
});

/** ISO-IR number, final byte of its escape sequence, bytes, text. */
const SINGLE_BYTE: [number, string, string, string][] = [
  [100, 'A', 'Buc^J\xe9r\xf4me', 'Buc^Jérôme'],
  [101, 'B', 'W\xb3adys\xb3aw', 'Władysław'],
  [109, 'C', '\xa6anna', 'Ĥanna'],
  [110, 'D', '\xd0\xf1a', 'Đņa'],
  [126, 'F', '\xc4\xe9\xef\xed\xf5\xf3\xe9\xef\xf2', 'Διονυσιος'],
  [127, 'G', '\xe2\xc8\xc7\xe6\xea^\xe4\xe6\xd2\xc7\xd1', 'قباني^لنزار'],
  [138, 'H', '\xf9\xf8\xe5\xef^\xe3\xe1\xe5\xf8\xe4', 'שרון^דבורה'],
  [144, 'L', '\xbb\xee\xdace\xdc\xd1yp\xd3', 'Люкceмбypг'],
  [148, 'M', '\xddbrahim', 'İbrahim'],
  [166, 'T', '\xb9\xd2\xc2', 'นาย'],
  [203, 'b', 'L\xbduvre', 'Lœuvre'],
];

describe('single-byte sets', () => {
  it.each(SINGLE_BYTE)('ISO_IR %i', (number, _, bytes, expected) => {
    expect(read([`ISO_IR ${number}`], bytes)).toBe(expected);
    expect(read([`ISO 2022 IR ${number}`], bytes)).toBe(expected);
    expect(textReaderOf([`ISO_IR ${number}`]).problem).toBeNull();
    expect(textReaderOf([`ISO 2022 IR ${number}`]).problem).toBeNull();
  });

  it.each(SINGLE_BYTE)('ISO 2022 IR %i by its escape sequence', (number, final, bytes, expected) => {
    const terms = ['ISO 2022 IR 13', `ISO 2022 IR ${number}`];
    const [family = ''] = bytes.split('^');
    expect(read(terms, `\xd4\xcf \x1b-${final}${family}^\xd4\xcf`)).toBe(`ﾔﾏ ${expected.split('^')[0]}^ﾔﾏ`);
    expect(textReaderOf(terms).problem).toBeNull();
  });

  it('reads JIS X 0201 with its backslash as the separator of DICOM', () => {
    const bytes = latin1('\xd4\xcf\xc0\xde\\\xc0\xdb\xb3~');
    expect(values(textReaderOf(['ISO_IR 13']), bytes, 'LO')).toEqual(['ﾔﾏﾀﾞ', 'ﾀﾛｳ~']);
    expect(read(['ISO 2022 IR 6', 'ISO 2022 IR 13'], '\x1b)I\xd4\xcf\xc0\xde\x1b(JYA')).toBe('ﾔﾏﾀﾞYA');
  });
});

describe('resets', () => {
  const terms = ['ISO 2022 IR 100', 'ISO 2022 IR 144', 'ISO 2022 IR 87'];

  it.each([
    ['PN', '^', true],
    ['PN', '=', true],
    ['PN', '\\', true],
    ['LO', '^', false],
    ['LO', '=', false],
    ['LO', '\\', true],
    ['UC', '\\', true],
    ['LT', '\\', false],
    ['UT', '\r', true],
    ['UT', '\n', true],
    ['ST', '\f', true],
    ['ST', '\t', true],
    ['ST', ' ', false],
  ])('in %s after %j: %j', (vr, delimiter, resets) => {
    expect(read(terms, `\x1b-L\xb8${delimiter}\xe9`, vr)).toBe(`И${delimiter}${resets ? 'é' : 'щ'}`);
  });

  it('at the end of a value', () => {
    const bytes = latin1('\x1b-L\xb8\\\xe9');
    expect(values(textReaderOf(terms), bytes, 'LO')).toEqual(['И', 'é']);
  });

  it('keeps what ASCII means where a sender forgot to come back to it before a delimiter', () => {
    expect(read(['', 'ISO 2022 IR 87'], '\x1b$B;3ED^\x1b$BB@O:')).toBe('山田^太郎');
    expect(read(['', 'ISO 2022 IR 87'], '\x1b$B;3ED\r\nTel')).toBe('山田\r\nTel');
  });
});

describe('separators within characters', () => {
  // The second bytes of these are those of the backslash, the caret and the equals sign.
  const kanji = '\x1b$B\x25\x5c\x30\x5e\x30\x3d\x1b(B';

  it('finds the real backslashes only', () => {
    const japanese = textReaderOf(['', 'ISO 2022 IR 87']);
    expect(values(japanese, latin1(`${kanji}\\${kanji}\\A`), 'LO')).toEqual(['ボ緯綾', 'ボ緯綾', 'A']);
    expect(read(['', 'ISO 2022 IR 87'], `${kanji}^${kanji}=A`)).toBe('ボ緯綾^ボ緯綾=A');
    expect(values(textReaderOf(['GB18030']), latin1('\x81\x5c\\\x81\x5e\\A'), 'LO')).toEqual(['乗', '乛', 'A']);
  });

  it.each([
    [['GB18030'], true],
    [['GBK'], true],
    [['', 'ISO 2022 IR 87'], true],
    [['ISO 2022 IR 6', 'ISO 2022 IR 159'], true],
    [['', 'ISO 2022 IR 149'], false],
    [['', 'ISO 2022 IR 58'], false],
    [['ISO_IR 192'], false],
    [['ISO_IR 100'], false],
    [[], false],
  ])('knows of %j whether it needs to be asked', (terms, unsafe) => {
    expect(textReaderOf(terms).isMultiByteUnsafe).toBe(unsafe);
  });

  it('finds none where a backslash is a character', () => {
    expect(textReaderOf([]).splitValues(latin1('A\\B'), 0, 3, 'LT')).toEqual([]);
    expect(textReaderOf([]).splitValues(latin1('xA\\B\\C\\y'), 1, 6, 'CS')).toEqual([2, 4]);
  });
});

describe('terms', () => {
  it.each([
    'ISO IR 144',
    'ISO-IR 144',
    'iso_ir 144',
    'ISO_IR_144',
    'ISO-IR-144',
    'ISO2022IR144',
    'ISO 2022-144',
    'ISO 8859-5',
    'ISO8859/5',
  ])('understands %j, and says that it is not as defined', (term) => {
    expect(read([term], '\xb8\xd2\xd0\xdd')).toBe('Иван');
    expect(textReaderOf([term]).problem?.code).toBe('dicom.charset');
  });

  it.each([
    [['ISO2022IR6', 'ISO 2022 IR87'], YAMADA, 'Yamada^Tarou=山田^太郎=やまだ^たろう'],
    [['ISO_IR 100', 'ISO_IR 87'], YAMADA, 'Yamada^Tarou=山田^太郎=やまだ^たろう'],
    [['ISO 2022 IR 87'], YAMADA, 'Yamada^Tarou=山田^太郎=やまだ^たろう'],
    [['ISO 2022 IR 149'], 'Hong=\xfb\xf3^\xd1\xce\xd4\xd7', 'Hong=洪^吉洞'],
    [['ISO_IR 149'], HONG, 'Hong^Gildong=洪^吉洞=홍^길동'],
    [['', 'GB18030'], '\xcd\xf5^\xd0\xa1\xb6\xab', '王^小东'],
    [['UTF-8'], '\xe7\x8e\x8b', '王'],
    [['ISO 2022 IR 192'], '\xe7\x8e\x8b', '王'],
    [['gb 18030'], '\xcd\xf5', '王'],
  ])('reads misused %j', (terms, bytes, expected) => {
    expect(read(terms, bytes)).toBe(expected);
    expect(textReaderOf(terms).problem?.code).toBe('dicom.charset');
  });

  it.each([[[]], [['']], [['ISO_IR 6']], [['ISO_IR 100 ']], [['ISO 2022 IR 6', 'ISO 2022 IR 100']], [['GB18030\0']]])(
    'takes %j as defined',
    (terms) => {
      expect(textReaderOf(terms).problem).toBeNull();
    },
  );

  it.each(['DOE^JANE', 'ISO_IR 999', 'ISO 2022', 'ISO_IR 0', 'ISO_IR 100'.repeat(10_000)])(
    'reads unknown terms as UTF-8, else byte by byte',
    (term) => {
      const reader = textReaderOf([term]);
      expect(reader.problem?.code).toBe('dicom.charset');
      expect(reader.problem?.detail).not.toContain(term);
      expect(read([term], utf8('Müller'))).toBe('Müller');
      expect(read([term], 'M\xfcller')).toBe('Müller');
    },
  );
});

describe('bytes that are not in the declared set', () => {
  it.each([
    ['ISO_IR 100', 'Müller'],
    ['ISO_IR 101', 'Łukasz'],
    ['ISO_IR 6', 'Ångström'],
    ['', '山田'],
    ['ISO_IR 13', '山田'],
    ['ISO_IR 126', 'Διονυσιος'],
    ['ISO_IR 127', 'نزار'],
    ['ISO_IR 138', 'שרון'],
    ['ISO_IR 144', 'Иван'],
    ['ISO_IR 166', 'นาย'],
    ['GB18030', '中文'],
    ['ISO 2022 IR 149', '홍길동'],
    ['ISO 2022 IR 87', '山田太郎'],
  ])('under %j are read as the UTF-8 that they are', (term, text) => {
    expect(read([term], utf8(text))).toBe(text);
  });

  it.each([
    ['ISO_IR 144', '\xcf\xbd', 'ЯН'],
    ['ISO_IR 13', '\xcf\xb2', 'ﾏｲ'],
    ['ISO_IR 166', '\xe0\xb4\xaa', 'เดช'],
    ['GB18030', '\xc4\xa3', '模'],
  ])('under %s: text that could be UTF-8 too stays what was declared', (term, bytes, text) => {
    expect(read([term], bytes)).toBe(text);
  });

  it('reads Shift_JIS under the sets of Japan', () => {
    expect(read(['ISO_IR 13'], '\x8eR\x93c^\x91\xbe\x98Y')).toBe('山田^太郎');
    expect(read(['', 'ISO 2022 IR 87'], '\x8eR\x93c^\x91\xbe\x98Y')).toBe('山田^太郎');
    expect(read(['ISO 2022 IR 100', 'ISO 2022 IR 87'], 'J\xe9r\xf4me')).toBe('Jérôme');
  });

  it('reads CP949 under KS X 1001', () => {
    // The first, two from the middle and the last of the syllables that CP949 adds.
    expect(read(['', 'ISO 2022 IR 149'], '\x1b$)C\x81A \x8c\x8b \xaar \xc6R.', 'LO')).toBe('갂 뙅 챩 힣.');
    expect(read(['', 'ISO 2022 IR 149'], '\x1b$)C\xc6SA\x81[', 'LO')).toBe('ÆSA\x81[');
  });

  it('loses nothing of UTF-8 that is cut short', () => {
    expect(read(['ISO_IR 192'], '\xe7\x8e\x8b^\xe5\xb0')).toBe('王^å°');
  });

  it('loses nothing of what has no character in its set', () => {
    expect(read(['', 'ISO 2022 IR 87'], '\x1b$B~~;3')).toBe('~~山');
    expect(read(['', 'ISO 2022 IR 87'], '\x1b$B;3E')).toBe('山E');
    expect(read(['GB18030'], '\xff12')).toBe('ÿ12');
    expect(values(textReaderOf(['GB18030']), latin1('\x80\\\x80A\\B'), 'LO')).toEqual(['€', '€A', 'B']);
    expect(read(['', 'ISO 2022 IR 149'], '\x1b$)C\xfb\xf3\xfbA\xff')).toMatch(/^洪.+ÿ$/);
  });

  it('reads VRs of the default repertoire outside of the declared sets', () => {
    for (const vr of ['CS', 'DA', 'UI', 'AE']) {
      expect(read(['ISO_IR 144'], 'M\xfcller', vr)).toBe('Müller');
      expect(read(['ISO_IR 144'], utf8('Müller'), vr)).toBe('Müller');
    }
  });

  it('follows escape sequences that were not declared, and none where none can be', () => {
    expect(read([], 'Jo\x1b(Bhn \x1b$B;3ED\x1b(B')).toBe('John 山田');
    expect(read([], 'A\x1b(ZB')).toBe('A\x1b(ZB');
    expect(read(['ISO_IR 192'], 'A\x1b(BB')).toBe('A\x1b(BB');
  });
});

describe('byteAt', () => {
  it('counts the escape sequences before a character to it', () => {
    const reader = textReaderOf(['', 'ISO 2022 IR 87']);
    const bytes = latin1(`x${YAMADA}`);
    const at = (offset: number, up: boolean) => reader.byteAt(bytes, 1, bytes.length, 'PN', offset, up);
    const text = reader.text(bytes, 1, bytes.length, 'PN');
    const given = text.indexOf('太');
    expect(Buffer.from(bytes.subarray(at(given, false) ?? 0, at(given + 2, true) ?? 0)).toString('latin1')).toBe('\x1b$BB@O:');
    expect([at(0, false), at(0, true), at(text.length, false)]).toEqual([1, 1, bytes.length]);
    expect(at(text.length, true)).toBe(bytes.length - 3);
    expect([at(text.length + 1, false), at(text.length + 1, true), at(-1, false), at(0.5, false), at(Number.NaN, true)]).toEqual(
      Array(5).fill(null),
    );
  });

  it.each([
    ['ISO_IR 192', utf8('a😀b'), 1, 5],
    ['GB18030', latin1('a\x94\x39\xfc\x36b'), 1, 5],
  ])('takes a character of two UTF-16 units whole in %s', (term, bytes, begin, after) => {
    const reader = textReaderOf([term]);
    expect(reader.text(bytes, 0, bytes.length, 'LO')).toBe('a😀b');
    expect(reader.byteAt(bytes, 0, bytes.length, 'LO', 2, false)).toBe(begin);
    expect(reader.byteAt(bytes, 0, bytes.length, 'LO', 2, true)).toBe(after);
  });

  it('knows one buffer from the next', () => {
    const reader = textReaderOf(['ISO_IR 192']);
    expect(reader.byteAt(utf8('éa'), 0, 3, 'LO', 1, false)).toBe(2);
    expect(reader.byteAt(utf8('aéa'), 0, 3, 'LO', 1, false)).toBe(1);
    expect(reader.byteAt(utf8('éa'), 0, 3, 'UI', 1, false)).toBe(2);
  });
});
