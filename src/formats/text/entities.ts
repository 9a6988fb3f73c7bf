const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  hellip: '…',
  bull: '•',
};
/** HTML 4 §24.2.1: the entities of U+00A0 to U+00FF in their order. */
const LATIN =
  `nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm
   raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH
   Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig
   ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml
   yacute thorn yuml`.split(/\s+/);

const NO_BREAK = 0xa0;

const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z]\w{1,9}));/y;
/** `&#x10FFFF;`, `&frac14;`: no reference is longer. */
export const LONGEST_ENTITY = 12;

/**
 * The character or entity reference at an offset of a text (XML 1.0 §4.1, and the names of HTML 4 up to U+00FF): what it stands for, and its length. Null where
 * there is none. Entities that a document declares itself are never expanded.
 */
export function entityAt(text: string, at: number): { character: string; length: number } | null {
  ENTITY.lastIndex = at;
  const found = ENTITY.exec(text);
  const character = found === null ? null : characterOf(found);
  return character === null ? null : { character, length: found?.[0].length ?? 0 };
}

/** A text with its references resolved; what is none stays as it stands. */
export function resolveEntities(text: string): string {
  let resolved = '';
  let done = 0;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    const entity = entityAt(text, at);
    if (entity === null) continue;
    resolved += text.slice(done, at) + entity.character;
    done = at + entity.length;
    at = done - 1;
  }
  return done === 0 ? text : resolved + text.slice(done);
}

function characterOf([, decimal, hex, name]: RegExpExecArray): string | null {
  if (name !== undefined) {
    const latin = LATIN.indexOf(name);
    if (latin === 0) return ' ';
    return NAMED[name] ?? (latin < 0 ? null : String.fromCharCode(0xa0 + latin));
  }
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  // A space that does not break is one, by its name and by its number.
  if (code === NO_BREAK) return ' ';
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null;
}
