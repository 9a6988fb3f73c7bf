import { type Encoder, latin1, utf8 } from './marks.ts';

/**
 * Encoders that Node has no writer for, made from its readers: every two-byte code of the set is decoded once and turned round.
 */
function reversed(
  decode: (bytes: Uint8Array) => string,
  from: readonly [number, number],
  to: readonly [number, number],
): Map<string, Buffer> {
  const table = new Map<string, Buffer>();
  for (let high = from[0]; high <= to[0]; high++) {
    for (let low = from[1]; low <= to[1]; low++) {
      const text = decode(Uint8Array.of(high, low));
      if ([...text].length === 1 && text !== '\uFFFD' && !table.has(text)) table.set(text, Buffer.of(high, low));
    }
  }
  return table;
}

/** A set of one byte a character, by a name that Node knows (`latin1`, `iso8859-15`). Throws RangeError for a character that it has not. */
export function singleByte(charset: string): Encoder {
  const decoder = new TextDecoder(charset.replace(/^iso8859-/, 'iso-8859-'));
  const table = new Map(Array.from({ length: 256 }, (_, code) => [decoder.decode(Uint8Array.of(code)), Buffer.of(code)]));
  return (text) => Buffer.concat(Array.from(text, (character) => known(table, character, charset)));
}

let gb: Map<string, Buffer> | null = null;

/** GB 18030: two bytes for ideographs, four for the rest of what Western names need. */
export const gb18030: Encoder = (text) => {
  gb ??= gbTable();
  const table = gb;
  return Buffer.concat(
    [...text].map((character) => (character < '\u0080' ? utf8(character) : known(table, character, 'GB 18030'))),
  );
};

function gbTable(): Map<string, Buffer> {
  const decoder = new TextDecoder('gb18030');
  const table = reversed((bytes) => decoder.decode(bytes), [0x81, 0x40], [0xfe, 0xfe]);
  for (let second = 0x30; second <= 0x39; second++) {
    const four = reversed(
      (low) => decoder.decode(Uint8Array.of(0x81, second, low[0] ?? 0, low[1] ?? 0)),
      [0x81, 0x30],
      [0xfe, 0x39],
    );
    for (const [character, low] of four)
      if (!table.has(character)) table.set(character, Buffer.concat([Buffer.of(0x81, second), low]));
  }
  return table;
}

let jis: Map<string, Buffer> | null = null;

/** ISO 2022 with JIS X 0208 (ISO IR 87): each run of it between its escapes; a letter that it lacks without its accent. */
export const isoIr87: Encoder = (text) => {
  const decoder = new TextDecoder('iso-2022-jp');
  const escapes = { jis: Buffer.from('\x1b$B', 'latin1'), ascii: Buffer.from('\x1b(B', 'latin1') };
  jis ??= reversed((bytes) => decoder.decode(Buffer.concat([escapes.jis, bytes, escapes.ascii])), [0x21, 0x21], [0x74, 0x7e]);
  const table = jis;
  const written = [...text].map((each) => (each < '\u0080' || table.has(each) ? each : withoutAccents(each))).join('');
  const pieces = written.match(/[\0-\x7f]+|[^\0-\x7f]+/g) ?? [];
  return Buffer.concat(
    pieces.flatMap((piece) =>
      piece < '\u0080'
        ? [latin1(piece)]
        : [escapes.jis, ...[...piece].map((each) => known(table, each, 'JIS X 0208')), escapes.ascii],
    ),
  );
};

function known(table: ReadonlyMap<string, Buffer>, character: string, set: string): Buffer {
  const bytes = table.get(character);
  if (bytes === undefined) throw new RangeError(`${set} has no ${character.codePointAt(0)?.toString(16)}`);
  return bytes;
}

const STROKES: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', Ø: 'O', æ: 'ae', Ł: 'L', ł: 'l', ı: 'i', đ: 'd' };

/** As systems that know no accents write it. */
export function withoutAccents(text: string): string {
  return text
    .replace(/[ßøØæŁłıđ]/g, (letter) => STROKES[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '');
}

/** ISO 8859-1; what it lacks loses its accents, as engines write it. */
export const westernEuropean: Encoder = (text) =>
  latin1([...text].map((character) => (character > 'ÿ' ? withoutAccents(character) : character)).join(''));
