/** What the gate of a pattern asks of a text, of ASCII: its digits; its longest runs of capitals and digits, and of letters and digits. */
export interface Shape {
  readonly digits: number;
  readonly capitals: number;
  readonly letters: number;
}

/** Where case does not count, these two are letters of ASCII: ſ and the sign of the kelvin. */
const LONG_S = 0x17f;
const KELVIN = 0x212a;

/** One for all texts, one after the other: a text has one for as long as it is read. */
const shape = { digits: 0, capitals: 0, letters: 0 };

/** The shape of a text, in one pass; the answer holds until the next text. */
export function shapeOf(text: string): Shape {
  let digits = 0;
  let capitals = 0;
  let letters = 0;
  let capitalsFrom = 0;
  let lettersFrom = 0;
  const { length } = text;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code >= 0x30 && code <= 0x39) digits++;
    else if (code < 0x41 || code > 0x5a) {
      if (index - capitalsFrom > capitals) capitals = index - capitalsFrom;
      capitalsFrom = index + 1;
      if ((code >= 0x61 && code <= 0x7a) || code === LONG_S || code === KELVIN) continue;
      if (index - lettersFrom > letters) letters = index - lettersFrom;
      lettersFrom = index + 1;
    }
  }
  shape.digits = digits;
  shape.capitals = Math.max(capitals, length - capitalsFrom);
  shape.letters = Math.max(letters, length - lettersFrom);
  return shape;
}
