import { showContent } from './content.ts';
import { decodeStream, dictOf, get, listOf, type PdfFile, resolve } from './file.ts';
import type { Font } from './font.ts';
import { linesOf } from './lines.ts';
import { multiply } from './matrix.ts';
import { newShown, type Shown } from './shown.ts';
import { type Dict, EMPTY_DICT, isKind, nameOf, numberOf, type Stream, type Value } from './values.ts';

/** One page as it is read. */
export interface Page {
  readonly lines: readonly string[];
  /** Why the page was not read, or not all of it; null where it was. */
  readonly reason: 'image-only' | 'undecodable' | null;
  /** Bytes of the file that count as unread then. */
  readonly spans: readonly { start: number; end: number }[];
}

const MAX_PAGES = 20_000;
const MAX_DEPTH = 64;
/** A picture that covers so much of a page is the page, where there are hardly any characters beside it: a scan with a stamp or a fax line. */
const COVERS = 0.6;
const FEW_CHARACTERS = 120;
/** Characters that nobody can tell, by all of a page: single bullets and symbols tell nothing. */
const UNKNOWN_SHARE = 0.02;
const UNKNOWN_LEAST = 8;
/** Bullets and the dots of a table of contents are one code over and over. */
const UNKNOWN_CODES = 3;

/** The dictionaries of the pages in their order, then those that no page tree names (removed ones); each with what it inherits (§7.7.3.4). */
export function pagesOf(file: PdfFile): Dict[] {
  const pages: Dict[] = [];
  const seen = new Set<Value>();
  const walk = (value: Value | undefined, inherited: ReadonlyMap<string, Value>, depth: number): void => {
    const node = resolve(file, value);
    if (!isKind(node, 'dict') || seen.has(node) || depth > MAX_DEPTH || pages.length >= MAX_PAGES || file.work.steps-- <= 0)
      return;
    seen.add(node);
    const entries = new Map([...inherited, ...node.entries]);
    const kids = resolve(file, node.entries.get('Kids'));
    if (!isKind(kids, 'list')) {
      pages.push({ kind: 'dict', entries });
      return;
    }
    const passed = new Map([...entries].filter(([key]) => key === 'Resources' || key === 'MediaBox'));
    for (const kid of kids.items) walk(kid, passed, depth + 1);
  };
  walk(get(file, dictOf(file, file.trailer.entries.get('Root')), 'Pages'), new Map(), 0);
  for (const { value } of file.objects.values()) {
    if (isKind(value, 'dict') && nameOf(value.entries.get('Type')) === 'Page') walk(value, inheritedOf(file, value), MAX_DEPTH);
  }
  return pages;
}

/** What a page that was found by itself inherits. */
function inheritedOf(file: PdfFile, page: Dict): Map<string, Value> {
  const inherited = new Map<string, Value>();
  let node = page;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const parent = get(file, node, 'Parent');
    if (!isKind(parent, 'dict')) break;
    for (const key of ['Resources', 'MediaBox']) {
      const value = parent.entries.get(key);
      if (value !== undefined && !inherited.has(key)) inherited.set(key, value);
    }
    node = parent;
  }
  return inherited;
}

/** Reads a page: its content and what its annotations show. `fonts` are shared by the pages of a file. */
export function readPage(file: PdfFile, page: Dict, fonts: Map<Value, Font>): Page {
  const contents = contentsOf(file, page);
  const content = Buffer.concat(contents.flatMap((stream) => [decodeStream(file, stream), Buffer.from('\n')]));
  const shown = newShown();
  showContent(file, content, dictOf(file, page.entries.get('Resources')), shown, fonts);
  const own = shown.glyphs;
  for (const annotation of listOf(file, page.entries.get('Annots'))) showAppearance(file, dictOf(file, annotation), shown, fonts);
  const lines = [...linesOf(shown.chunks), ...linesOf(shown.replaced)];
  const reason = reasonOf(file, page, shown, own);
  const pictures = shown.pictures.filter(({ from }) => from >= 0).map(({ from, to }) => ({ start: from, end: to }));
  const streams = contents.map(({ from, to }) => ({ start: from, end: to }));
  return { lines, reason, spans: reason === null ? [] : reason === 'image-only' && pictures.length > 0 ? pictures : streams };
}

function contentsOf(file: PdfFile, page: Dict): Stream[] {
  const contents = get(file, page, 'Contents');
  const list = isKind(contents, 'list') ? contents.items.map((item) => resolve(file, item)) : [contents];
  return list.filter((each) => isKind(each, 'stream'));
}

/** The normal appearance of an annotation (§12.5.5): what a field, a stamp or a note shows, placed where the annotation lies. */
function showAppearance(file: PdfFile, annotation: Dict, shown: Shown, fonts: Map<Value, Font>): void {
  const normal = get(file, dictOf(file, annotation.entries.get('AP')), 'N');
  const form = isKind(normal, 'dict') ? get(file, normal, nameOf(get(file, annotation, 'AS'))) : normal;
  if (!isKind(form, 'stream')) return;
  const rect = listOf(file, annotation.entries.get('Rect')).map((each) => numberOf(resolve(file, each)));
  const box = listOf(file, form.dict.entries.get('BBox')).map((each) => numberOf(resolve(file, each)));
  const [x = 0, y = 0] = [Math.min(rect[0] ?? 0, rect[2] ?? 0), Math.min(rect[1] ?? 0, rect[3] ?? 0)];
  const at = multiply([1, 0, 0, 1, -(box[0] ?? 0), -(box[1] ?? 0)], [1, 0, 0, 1, x, y]);
  showContent(file, decodeStream(file, form), dictOf(file, form.dict.entries.get('Resources')), shown, fonts, at);
}

function reasonOf(
  file: PdfFile,
  page: Dict,
  { pictures, unknown, unknownCodes, glyphs, chunks }: Shown,
  own: number,
): Page['reason'] {
  const isText = unknownCodes.size >= UNKNOWN_CODES && (unknown === glyphs || unknown >= UNKNOWN_LEAST);
  if (isText && unknown > glyphs * UNKNOWN_SHARE) return 'undecodable';
  if (pictures.length === 0) return null;
  const written = chunks.some(({ text }) => text.trim() !== '');
  if (!written || own === 0) return 'image-only';
  const covered = pictures.reduce((sum, { area }) => sum + area, 0);
  return glyphs < FEW_CHARACTERS && covered >= COVERS * pageArea(file, page) ? 'image-only' : null;
}

function pageArea(file: PdfFile, page: Dict): number {
  const [left = 0, bottom = 0, right = 612, top = 792] = listOf(file, page.entries.get('MediaBox')).map((each) =>
    numberOf(resolve(file, each)),
  );
  return Math.abs((right - left) * (top - bottom)) || 612 * 792;
}

/** Lines of a form that no page shows: templates, and what an earlier revision showed. */
export function readForm(file: PdfFile, form: Stream, fonts: Map<Value, Font>): readonly string[] {
  const shown = newShown();
  const resources = dictOf(file, form.dict.entries.get('Resources'));
  showContent(file, decodeStream(file, form), resources.entries.size > 0 ? resources : EMPTY_DICT, shown, fonts);
  return linesOf(shown.chunks);
}
