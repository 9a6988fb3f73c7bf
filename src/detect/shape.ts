/** What the gate of a pattern asks of a text, of ASCII: its digits; its longest runs of capitals and digits, and of letters and digits. */
export interface Shape {
  readonly digits: number;
  readonly capitals: number;
  readonly letters: number;
  /** 1 where it holds a character of another script than Latin: no letter of ASCII, with or without marks, and no punctuation. */
  readonly scripts: number;
}

/** Where case does not count, these two are letters of ASCII: ſ and the sign of the kelvin. */
const LONG_S = 0x17f;
const KELVIN = 0x212a;

/** Where the scripts after Latin begin. */
const GREEK = 0x370;

/** From Greek on, but for Vietnamese and the like (1E00 to 1EFF), punctuation and symbols (2000 to 2FFF), and halves of what is beyond (emoji). */
function isOfOtherScript(code: number): boolean {
  return (code < 0x1e00 || code > 0x1eff) && (code < 0x2000 || code > 0x2fff) && (code < 0xd800 || code > 0xf8ff);
}

/** One for all texts, one after the other: a text has one for as long as it is read. */
const shape = { digits: 0, capitals: 0, letters: 0, scripts: 0 };

/** The shape of a text, in one pass; the answer holds until the next text. */
export function shapeOf(text: string): Shape {
  let digits = 0;
  let capitals = 0;
  let letters = 0;
  let scripts = 0;
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
      if (code >= GREEK && isOfOtherScript(code)) scripts = 1;
    }
  }
  shape.digits = digits;
  shape.capitals = Math.max(capitals, length - capitalsFrom);
  shape.letters = Math.max(letters, length - lettersFrom);
  shape.scripts = scripts;
  return shape;
}
