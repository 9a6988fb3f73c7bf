/**
 * Print-outs and forms set their values in a column: `Aadhaar         : 7382 5190 4676`, `Episodio...: URG-2024-0029417`, `Telefon ......... 071 672 18 05`. Patterns know labels with a
 * blank or two after them, so such a text is read a second time with its leaders and blanks taken out.
 */
export interface Unpadded {
  readonly text: string;
  /** Where in the text as it is written the character at `offset` stands. */
  at(offset: number): number;
}

/** Leaders before a colon, blanks after one and its own blank, leaders alone, and of the blanks between two columns all but two: values hold no two. */
const PADDING =
  /(?<=[\p{L}\p{N}).])[ .\u00a0\u3000_\t]{2,40}(?=[:：])|(?<=[:：] )[ \u00a0\u3000\t]{1,60}(?=\S)|(?<= )\.{3,60} |(?<=\S {2})[ \u00a0\u3000\t]{2,60}(?=\S)/gu;

/** What most texts with a colon do not have, seen at a fraction of the cost. */
const MAY_BE_PADDED = / {2}[:：]|[._][:：]|[:：] {2}| \.{3}| {4}/;

/** The text without the padding around its colons; null where there is none. */
export function unpadded(written: string): Unpadded | null {
  const text = written.includes(' | ') ? unboxed(written) : written;
  if (!MAY_BE_PADDED.test(text)) return null;
  const cuts: { readonly at: number; readonly size: number }[] = [];
  const short = text.replace(PADDING, (padding, at: number) => {
    cuts.push({ at, size: padding.length });
    return '';
  });
  if (cuts.length === 0) return null;
  return {
    text: short,
    at(offset) {
      let place = offset;
      for (const cut of cuts) if (cut.at <= place) place += cut.size;
      return place;
    },
  };
}

/** `|-----|:---:|`, `+-----+-----+` */
const DRAWN_LINE = /^[ \t]*[|+][-+|: \t\r]*$/;

/**
 * The rows of a form that is drawn with bars, with a colon for each bar between a label and its value and a blank for the others, character for character. The row of a table that names
 * its columns stays as it is: the first one, with a rule beneath.
 */
function unboxed(text: string): string {
  const lines = text.split('\n');
  const isHeader = (at: number): boolean => DRAWN_LINE.test(lines[at + 1] ?? '') && cellsOf(lines[at - 1] ?? '') === null;
  let isTable = false;
  return lines
    .map((line, at) => {
      const cells = cellsOf(line);
      if (cells === null) {
        isTable &&= DRAWN_LINE.test(line);
        return line;
      }
      isTable ||= isHeader(at);
      if (isTable || cells.length % 2 === 1 || !cells.every((cell, index) => index % 2 === 1 || isLabel(cell))) return line;
      let bars = /^[ \t]*\|/.test(line) ? -1 : 0;
      return line.replaceAll('|', () => (bars++ >= 0 && bars % 2 === 1 ? ':' : ' '));
    })
    .join('\n');
}

/** `| Last name   | Doe        | First   | Jane   |`; null where no bar parts anything, and for a rule. */
function cellsOf(line: string): readonly string[] | null {
  const row = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  return row.includes('|') && !DRAWN_LINE.test(line) ? row.split('|') : null;
}

/** Words, and no value. */
function isLabel(cell: string): boolean {
  return cell.trim().length < 32 && /\p{L}/u.test(cell) && !/\d{2}/.test(cell);
}
