import type { Leaves } from '../../core/format.ts';
import { createMapper, type Mapped, stringRuns } from '../text/mapped.ts';
import type { Candidate } from './candidate.ts';
import { isLine, joinLines } from './lines.ts';
import { madeOf } from './located.ts';

// Labels and wristbands, as they go to their printer: what is printed stands between commands (ZPL II: ^FD … ^FS; EPL2, TSPL, CPCL: the last string of a line).

const ZPL = /\^F[DV]([^^~\n]{0,500})/g;
const LINE =
  /^(?:[AB]\d{1,4},|LO?E?\d{1,4},|TEXT |BARCODE |T |B |QRCODE )[^"\n]{0,120}(?:"[^"\n]{0,20}"[^"\n]{0,60}){0,2}"([^"\n]{1,200})"\s{0,4}$/gm;
const BEGINS = /\^F[DV]|^[AB]\d{1,4},\d{1,4},\d,[^"\n]{1,40}"|^(?:TEXT|BARCODE) \d{1,4},\d{1,4},/;
const ENDS = /\^XZ|^P\d{1,4}(?:,\d{1,4})?\s{0,4}$|^PRINT\b/;
/** Lines of one label. */
const MOST_LINES = 200;

/** `_C3_BC` behind ^FH, a line break in ^FB, the start of a bar code. */
const WRITTEN = /(?:_[\dA-Fa-f]{2})+|\\&|^>[:;9]/g;

/** Whether a line belongs to a label. */
export function isLabel(text: string): boolean {
  return BEGINS.test(text);
}

/** What is printed on the label that goes on with this line, a line each, as a text of its own; and the last line of its commands. */
export function labelAt(leaves: Leaves, leaf: number): { readonly candidates: Candidate[]; readonly last: number } {
  const lines = [{ leaf, from: 0 }];
  for (let line = leaf; isLine(leaves, leaf) && !ENDS.test(leaves.text(line)) && lines.length < MOST_LINES; ) {
    line++;
    if (line >= leaves.count || !isLine(leaves, line)) break;
    lines.push({ leaf: line, from: 0 });
  }
  const joined = joinLines(leaves, lines, '\n');
  const printed = printedOf(joined.text);
  return { candidates: printed.text === '' ? [] : [madeOf(leaf, printed, joined)], last: leaf + lines.length - 1 };
}

function printedOf(text: string): Mapped {
  const mapper = createMapper(stringRuns(text));
  const fields = [ZPL, LINE].flatMap((pattern) => [...text.matchAll(pattern)]).toSorted((one, other) => one.index - other.index);
  for (const { 0: command, 1: data = '', index } of fields) {
    let at = index + command.lastIndexOf(data);
    const begin = at;
    for (const { 0: written, index: place } of data.matchAll(WRITTEN)) {
      mapper.run(at, begin + place);
      at = begin + place + written.length;
      mapper.put(saidBy(written), begin + place, at);
    }
    mapper.run(at, begin + data.length);
    mapper.put('\n', begin + data.length, begin + data.length);
  }
  return mapper.done();
}

function saidBy(written: string): string {
  if (written.startsWith('_')) return Buffer.from(written.replaceAll('_', ''), 'hex').toString('utf8');
  return written.startsWith('>') ? '' : '\n';
}
