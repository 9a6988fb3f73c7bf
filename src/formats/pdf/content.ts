import { decodeStream, dictOf, get, listOf, type PdfFile, resolve } from './file.ts';
import { type Font, readFont } from './font.ts';
import { skipInlineImage } from './inline-image.ts';
import { type Lexer, openLexer, readValue } from './lexer.ts';
import { IDENTITY, type Matrix, matrixOf, multiply } from './matrix.ts';
import type { Chunk, Shown } from './shown.ts';
import { textOf } from './text-string.ts';
import { type Dict, isKind, nameOf, numberOf, type Value } from './values.ts';

interface State {
  readonly ctm: Matrix;
  readonly font: Font | null;
  readonly size: number;
  readonly charSpace: number;
  readonly wordSpace: number;
  readonly scale: number;
  readonly leading: number;
  readonly rise: number;
}

interface Run {
  readonly file: PdfFile;
  readonly shown: Shown;
  readonly fonts: Map<Value, Font>;
  /** Forms being shown, by where their streams begin: one that shows itself is shown once. */
  readonly open: Set<number>;
}

interface Page {
  readonly run: Run;
  readonly resources: Dict;
  state: State;
  readonly saved: State[];
  readonly marked: Marked[];
  text: Matrix;
  line: Matrix;
}

/** A stretch of marked content (§14.6). */
interface Marked {
  /** The text that stands for what is drawn; null where it is what it is. */
  readonly actual: string | null;
  readonly firstChunk: number;
  readonly unknown: number;
}

const START: State = { ctm: IDENTITY, font: null, size: 1, charSpace: 0, wordSpace: 0, scale: 1, leading: 0, rise: 0 };
const MAX_SAVED = 256;
const MAX_FORMS = 12;
const MAX_OPERANDS = 4096;
/** What is drawn in place of a ligature is shorter. */
const MIN_REPLACED = 4;
/** A move by more than this part of the font's size ends a chunk: a kerning pair stays below. */
const BREAK = 0.12;

/** Shows a content stream (ISO 32000-1 §8, §9) and adds to `shown`. Only what bears on text and pictures is followed. */
export function showContent(
  file: PdfFile,
  content: Buffer,
  resources: Dict,
  shown: Shown,
  fonts: Map<Value, Font> = new Map(),
  ctm: Matrix = IDENTITY,
): void {
  show({ file, shown, fonts, open: new Set() }, content, resources, { ...START, ctm });
}

function show(run: Run, content: Buffer, resources: Dict, state: State): void {
  const page: Page = { run, resources, state, saved: [], marked: [], text: IDENTITY, line: IDENTITY };
  const lexer = openLexer(content);
  const { work } = run.file;
  let operands: Value[] = [];
  for (;;) {
    if (work.steps-- <= 0) {
      work.isShort = true;
      return;
    }
    const value = readValue(lexer, false);
    if (value === undefined) return;
    if (!isKind(value, 'operator')) {
      if (operands.length < MAX_OPERANDS) operands.push(value);
      continue;
    }
    if (value.name === 'BI') skipPicture(page, lexer);
    else operate(page, value.name, operands);
    operands = [];
  }
}

function operate(page: Page, operator: string, operands: readonly Value[]): void {
  const number = (index: number, otherwise = 0): number => numberOf(operands[index], otherwise);
  const change = (changed: Partial<State>): void => {
    page.state = { ...page.state, ...changed };
  };
  switch (operator) {
    case 'q':
      if (page.saved.length < MAX_SAVED) page.saved.push(page.state);
      break;
    case 'Q':
      page.state = page.saved.pop() ?? page.state;
      break;
    case 'cm':
      change({ ctm: multiply(matrixOf(operands.map((each) => numberOf(each, Number.NaN))), page.state.ctm) });
      break;
    case 'BT':
      page.text = page.line = IDENTITY;
      break;
    case 'Tf':
      change({ font: fontOf(page, nameOf(operands[0])), size: number(1) });
      break;
    case 'gs':
      changeByDict(page, nameOf(operands[0]));
      break;
    case 'Tc':
      change({ charSpace: number(0) });
      break;
    case 'Tw':
      change({ wordSpace: number(0) });
      break;
    case 'Tz':
      change({ scale: number(0, 100) / 100 });
      break;
    case 'TL':
      change({ leading: number(0) });
      break;
    case 'Ts':
      change({ rise: number(0) });
      break;
    case 'Tm':
      page.text = page.line = matrixOf(operands.map((each) => numberOf(each, Number.NaN)));
      break;
    case 'Td':
      nextLine(page, number(0), number(1));
      break;
    case 'TD':
      change({ leading: -number(1) });
      nextLine(page, number(0), number(1));
      break;
    case 'T*':
      nextLine(page, 0, -page.state.leading);
      break;
    case 'Tj':
      showList(page, operands.slice(0, 1));
      break;
    case "'":
      nextLine(page, 0, -page.state.leading);
      showList(page, operands.slice(0, 1));
      break;
    case '"':
      change({ wordSpace: number(0), charSpace: number(1) });
      nextLine(page, 0, -page.state.leading);
      showList(page, operands.slice(2, 3));
      break;
    case 'TJ':
      showList(page, isKind(operands[0], 'list') ? operands[0].items : []);
      break;
    case 'BMC':
    case 'BDC':
      beginMarked(page, operands[1]);
      break;
    case 'EMC':
      endMarked(page);
      break;
    case 'Do':
      showObject(page, nameOf(operands[0]));
      break;
    default:
  }
}

function nextLine(page: Page, x: number, y: number): void {
  page.line = multiply([1, 0, 0, 1, x, y], page.line);
  page.text = page.line;
}

function resourceOf({ run, resources }: Page, kind: string, name: string): Value {
  return dictOf(run.file, resources.entries.get(kind)).entries.get(name) ?? null;
}

function fontOf(page: Page, name: string): Font {
  return fontBy(page, resourceOf(page, 'Font', name));
}

function fontBy({ run }: Page, value: Value): Font {
  const key = resolve(run.file, value);
  const known = run.fonts.get(key);
  if (known !== undefined) return known;
  const made = readFont(run.file, key);
  run.fonts.set(key, made);
  return made;
}

/** A font may also come with a graphics state (§8.4.5). */
function changeByDict(page: Page, name: string): void {
  const [font, size] = listOf(page.run.file, dictOf(page.run.file, resourceOf(page, 'ExtGState', name)).entries.get('Font'));
  if (font !== undefined) page.state = { ...page.state, font: fontBy(page, font), size: numberOf(size, 1) };
}

/** Strings, and the moves between them in thousandths of the font's size (§9.4.3). */
function showList(page: Page, items: readonly Value[]): void {
  const { run, state, marked } = page;
  const { shown, file } = run;
  const font = state.font ?? fontBy(page, null);
  let text = '';
  let start = place(page);
  const end = (): void => {
    // A glyph without a meaning of its own may be given one (ActualText).
    if (text !== '' || marked.some(({ actual }) => actual !== null)) shown.chunks.push(chunkOf(page, text, start));
    text = '';
    start = place(page);
  };
  for (const item of items) {
    if (typeof item === 'number') {
      if (Math.abs(item) > BREAK * 1000) end();
      advance(page, (-item / 1000) * state.size * state.scale);
      if (text === '') start = place(page);
      continue;
    }
    if (!isKind(item, 'text')) continue;
    for (const glyph of font.glyphs(item.bytes)) {
      if (file.work.steps-- <= 0) {
        file.work.isShort = true;
        return;
      }
      shown.glyphs++;
      if (glyph.isUnknown) {
        shown.unknown++;
        shown.unknownCodes.add(glyph.code);
      }
      text += glyph.text;
      const space = state.charSpace + (glyph.isSpace ? state.wordSpace : 0);
      advance(page, (glyph.width * state.size + space) * state.scale);
    }
  }
  end();
}

function beginMarked({ run, resources, marked }: Page, properties: Value | undefined): void {
  const { file, shown } = run;
  const named = isKind(properties, 'name')
    ? dictOf(file, resources.entries.get('Properties')).entries.get(properties.name)
    : properties;
  const actual = get(file, dictOf(file, named), 'ActualText');
  if (marked.length >= MAX_SAVED) return;
  marked.push({
    actual: isKind(actual, 'text') ? textOf(actual.bytes) : null,
    firstChunk: shown.chunks.length,
    unknown: shown.unknown,
  });
}

/** Puts the text that is said to be meant in place of what was drawn: a ligature, a word that is a picture of glyphs (§14.9.4). */
function endMarked({ run, marked }: Page): void {
  const { shown } = run;
  const ended = marked.pop();
  if (ended === undefined || ended.actual === null) return;
  const drawn = shown.chunks.splice(ended.firstChunk);
  const [first] = drawn;
  const last = drawn.at(-1);
  if (first === undefined || last === undefined) return;
  shown.unknown = ended.unknown;
  shown.chunks.push({ ...first, text: ended.actual, endX: last.endX, endY: last.endY });
  const text = drawn.map((chunk) => chunk.text).join('');
  if (text.length >= MIN_REPLACED && text !== ended.actual) shown.replaced.push(...drawn);
}

function advance(page: Page, by: number): void {
  page.text = multiply([1, 0, 0, 1, by, 0], page.text);
}

/** The matrix from text space to the page. */
function place({ state, text }: Page): Matrix {
  return multiply([1, 0, 0, 1, 0, state.rise], multiply(text, state.ctm));
}

function chunkOf(page: Page, text: string, start: Matrix): Chunk {
  const end = place(page);
  const size = Math.abs(page.state.size) * Math.hypot(start[2], start[3]);
  return { text, x: start[4], y: start[5], endX: end[4], endY: end[5], size: size > 0 ? size : 1 };
}

function areaOf([a, b, c, d]: Matrix): number {
  return Math.abs(a * d - b * c);
}

function showObject(page: Page, name: string): void {
  const { run, state } = page;
  const { file, shown, open } = run;
  const value = resolve(file, resourceOf(page, 'XObject', name));
  if (!isKind(value, 'stream')) return;
  const { dict } = value;
  if (nameOf(get(file, dict, 'Subtype')) === 'Image') {
    shown.pictures.push({ area: areaOf(state.ctm), from: value.from, to: value.to });
    return;
  }
  if (nameOf(get(file, dict, 'Subtype')) !== 'Form' || open.has(value.from) || open.size >= MAX_FORMS) return;
  const matrix = matrixOf(listOf(file, dict.entries.get('Matrix')).map((each) => numberOf(resolve(file, each), Number.NaN)));
  const own = dictOf(file, dict.entries.get('Resources'));
  open.add(value.from);
  show(run, decodeStream(file, value), own.entries.size > 0 ? own : page.resources, {
    ...state,
    ctm: multiply(matrix, state.ctm),
  });
  open.delete(value.from);
}

/** A picture in the content itself counts as one, without bytes of its own. */
function skipPicture({ run, state }: Page, lexer: Lexer): void {
  if (skipInlineImage(lexer)) run.shown.pictures.push({ area: areaOf(state.ctm), from: -1, to: -1 });
}
