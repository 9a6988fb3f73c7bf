import { resolveEntities } from '../text/entities.ts';

/**
 * The text of HTML and of office documents' XML without its markup. No tree is built: what matters are the words that stand together, and a
 * broken document must give them too.
 */

/** Elements that end a line; others stand inside words (`<b>`, `<w:r>`). */
const BREAKS =
  /^\/?(?:w:p|w:br|w:cr|w:tr|a:p|a:br|text:p|text:h|table:table-row|row|si|p|div|br|tr|li|ul|ol|dl|dt|dd|h[1-6]|table|section|article|header|footer|pre|blockquote|title|option|caption|hr|form|fieldset|legend|paragraph|item|list)(?![\w:-])/i;
/** Elements that stand between values: a cell is no part of the next. */
const GAPS =
  /^\/?(?:w:tab|w:tc|td|th|c|v|t|is|text:tab|text:s|table:table-cell|input|img|a|span|label|cp:\w+|dc:\w+|content)(?![\w:-])/i;
/** Attributes that hold what people write. */
const ATTRIBUTE =
  /\s(?:alt|title|value|content|href|src|placeholder|label|data-[\w-]{1,40}|Target)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;
const SILENT = /^(?:style|script)(?![\w:-])/i;

/** Whether text is HTML: a document that begins so, or one whose first line has tags of it. */
export function looksLikeMarkup(bytes: Buffer): boolean {
  const head = bytes.toString('latin1', 0, 2048).replaceAll('\0', '').trimStart();
  return /^(?:\W{0,4}<!doctype html|\W{0,4}<html|<(?:head|body|div|p|table|span|h[1-6]|br|font|center|pre|b|ul)(?:\s[^<>]*)?\/?>)/i.test(
    head,
  );
}

/** The words of a document, a line for a paragraph; what attributes say is a line of its own. Linear in its size. */
export function markupText(markup: string): string {
  const out: string[] = [];
  let at = 0;
  while (at < markup.length) {
    const open = markup.indexOf('<', at);
    out.push(resolveEntities(markup.slice(at, open < 0 ? markup.length : open)));
    if (open < 0) break;
    const isComment = markup.startsWith('<!--', open);
    const close = isComment ? markup.indexOf('-->', open + 4) : markup.indexOf('>', open);
    if (close < 0) {
      out.push(markup.slice(open));
      break;
    }
    const tag = markup.slice(open + 1, close);
    at = close + (isComment ? 3 : 1);
    if (isComment) {
      out.push('\n', tag.slice(3), '\n');
      continue;
    }
    if (BREAKS.test(tag)) out.push('\n');
    else if (GAPS.test(tag)) out.push(' ');
    if (tag.includes('='))
      for (const [, double, single] of tag.matchAll(ATTRIBUTE)) out.push('\n', resolveEntities(double ?? single ?? ''), '\n');
    if (SILENT.test(tag)) at = afterSilent(markup, tag, at);
  }
  return out
    .join('')
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?[\r\n]\s*/g, '\n');
}

function afterSilent(markup: string, tag: string, at: number): number {
  const name = /^\w+/.exec(tag)?.[0] ?? '';
  const end = markup.indexOf(`</${name}`, at);
  return end < 0 ? at : end;
}
