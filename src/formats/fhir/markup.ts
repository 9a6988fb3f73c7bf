import { entityAt } from '../text/entities.ts';
import { createMapper, type Mapped, stringRuns } from '../text/mapped.ts';

/** Elements that stand inside words and between them (XHTML 1.0 as FHIR allows it in a narrative); any other ends a line or a cell. */
const INLINE = new Set(
  'a abbr acronym b big cite code dfn em font i ins kbd mark q s samp small span strike strong sub sup tt u var'.split(' '),
);
/** Attributes that say how a thing looks; what others say may be of a person (`href`, `alt`, `title`, `src`). */
const LOOKS =
  /^(?:class|style|id|lang|dir|width|height|border|colspan|rowspan|align|valign|cellpadding|cellspacing|type|name|rel|target|xmlns|xml)(?=$|:)/;
const ATTRIBUTE = /([A-Za-z_][\w.:-]{0,60})\s{0,8}=\s{0,8}(?:"([^"]*)"|'([^']*)')/g;

/** The words of XHTML: tags left out, so that none stands inside a word, entities resolved, and what attributes say on lines of its own. Linear in its size. */
export function markupText(markup: string): Mapped {
  const mapper = createMapper(stringRuns(markup));
  for (let at = 0; at < markup.length; ) {
    const open = markup.indexOf('<', at);
    plainText(mapper, markup, at, open < 0 ? markup.length : open);
    if (open < 0) break;
    at = /[A-Za-z/!?]/.test(markup.charAt(open + 1)) ? tag(mapper, markup, open) : afterSign(mapper, open);
  }
  return mapper.done();
}

type Mapper = ReturnType<typeof createMapper>;

/** A `<` that opens no tag is one. */
function afterSign(mapper: Mapper, open: number): number {
  mapper.run(open, open + 1);
  return open + 1;
}

function plainText(mapper: Mapper, markup: string, start: number, end: number): void {
  const stretch = markup.slice(start, end);
  let from = 0;
  for (let at = stretch.indexOf('&'); at >= 0; at = stretch.indexOf('&', at + 1)) {
    const found = entityAt(stretch, at);
    if (found === null) continue;
    const after = at + found.length;
    mapper.run(start + from, start + at);
    mapper.put(found.character, start + at, start + after);
    from = after;
  }
  mapper.run(start + from, end);
}

/** Reads a tag or a comment and returns where it ends. One without an end is text. */
function tag(mapper: Mapper, markup: string, open: number): number {
  const isComment = markup.startsWith('<!--', open);
  const close = isComment ? markup.indexOf('-->', open + 4) : markup.indexOf('>', open);
  if (close < 0) {
    mapper.run(open, markup.length);
    return markup.length;
  }
  if (isComment) {
    mapper.put('\n', open, open);
    mapper.run(open + 4, close);
    mapper.put('\n', close, close);
    return close + 3;
  }
  const name = /^\/?([A-Za-z][\w:-]{0,30})/.exec(markup.slice(open + 1, open + 33))?.[1]?.toLowerCase() ?? '';
  if (!INLINE.has(name)) mapper.put('\n', open, close + 1);
  if (markup.charAt(open + 1) !== '/') attributes(mapper, markup.slice(open, close), open);
  return close + 1;
}

function attributes(mapper: Mapper, source: string, offset: number): void {
  if (!source.includes('=')) return;
  for (const found of source.matchAll(ATTRIBUTE)) {
    const [whole, name = '', double, single] = found;
    const value = double ?? single ?? '';
    if (value === '' || LOOKS.test(name.toLowerCase())) continue;
    const end = offset + found.index + whole.length - 1;
    mapper.put('\n', end - value.length, end - value.length);
    mapper.run(end - value.length, end);
    mapper.put('\n', end, end);
  }
}
