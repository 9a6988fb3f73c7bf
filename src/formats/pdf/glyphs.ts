import { byteTable, WINDOWS_1252 } from '../charset.ts';

/** What codes of a simple font mean without a table of its own (ISO 32000-1 Annex D), and what the names of glyphs mean. */

/** The upper half of StandardEncoding (D.2), from 0xA1 on; a space for nothing. */
const STANDARD_HIGH = "¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ –†‡· ¶•‚„”»…‰ ¿ `´ˆ˜¯˘˙¨ ˚¸ ˝˛ˇ—                Æ ª    ŁØŒº     æ   ı  łøœß    ";

function standardTable(): string[] {
  return Array.from({ length: 256 }, (_, code) => {
    if (code === 0x27) return '’';
    if (code === 0x60) return '‘';
    if (code < 0x7f) return code < 0x20 ? '' : String.fromCharCode(code);
    const high = STANDARD_HIGH.charAt(code - 0xa1);
    return code < 0xa1 || high === ' ' ? '' : high;
  });
}

const STANDARD = standardTable();
const WIN_ANSI = Array.from({ length: 256 }, (_, code) =>
  code < 0x20 ? '' : (WINDOWS_1252[code] ?? '') || String.fromCharCode(code),
);

function macRoman(): string[] {
  const table = byteTable('macintosh');
  return Array.from({ length: 256 }, (_, code) =>
    code < 0x20 ? '' : code < 0x80 ? String.fromCharCode(code) : (table[code] ?? ''),
  );
}

/** Characters by code of a base encoding; StandardEncoding where the name is none. */
export function baseEncoding(name: string): readonly string[] {
  if (name === 'WinAnsiEncoding') return WIN_ANSI;
  return name === 'MacRomanEncoding' ? macRoman() : STANDARD;
}

/** Names of the Adobe Glyph List that are no single letter and not made of a letter and an accent. */
const NAMED = new Map(
  (
    'space:  nbspace:  exclam:! quotedbl:" numbersign:# dollar:$ percent:% ampersand:& quotesingle:\' quoteright:’ quoteleft:‘ parenleft:( parenright:) ' +
    'asterisk:* plus:+ comma:, hyphen:- sfthyphen:- minus:- period:. slash:/ zero:0 one:1 two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ' +
    'colon:: semicolon:; less:< equal:= greater:> question:? at:@ bracketleft:[ backslash:\\ bracketright:] asciicircum:^ underscore:_ grave:` ' +
    'braceleft:{ bar:| braceright:} asciitilde:~ exclamdown:¡ cent:¢ sterling:£ currency:¤ yen:¥ brokenbar:¦ section:§ dieresis:¨ copyright:© ' +
    'ordfeminine:ª guillemotleft:« logicalnot:¬ registered:® macron:¯ degree:° plusminus:± twosuperior:² threesuperior:³ acute:´ mu:µ paragraph:¶ ' +
    'periodcentered:· middot:· cedilla:¸ onesuperior:¹ ordmasculine:º guillemotright:» onequarter:¼ onehalf:½ threequarters:¾ questiondown:¿ ' +
    'AE:Æ ae:æ OE:Œ oe:œ Eth:Ð eth:ð Thorn:Þ thorn:þ germandbls:ß Oslash:Ø oslash:ø Lslash:Ł lslash:ł Dcroat:Đ dcroat:đ Hbar:Ħ hbar:ħ Tbar:Ŧ ' +
    'tbar:ŧ dotlessi:ı Idot:İ kgreenlandic:ĸ Eng:Ŋ eng:ŋ multiply:× divide:÷ florin:ƒ circumflex:ˆ caron:ˇ breve:˘ dotaccent:˙ ring:˚ ogonek:˛ ' +
    'tilde:˜ hungarumlaut:˝ endash:– emdash:— quotesinglbase:‚ quotedblleft:“ quotedblright:” quotedblbase:„ dagger:† daggerdbl:‡ bullet:• ellipsis:… ' +
    'perthousand:‰ guilsinglleft:‹ guilsinglright:› fraction:⁄ Euro:€ trademark:™ fi:fi fl:fl ff:ff ffi:ffi ffl:ffl f_i:fi f_l:fl f_f:ff ' +
    'lessequal:≤ greaterequal:≥ notequal:≠ infinity:∞ partialdiff:∂ summation:∑ product:∏ pi:π integral:∫ Omega:Ω radical:√ approxequal:≈ Delta:∆ ' +
    'lozenge:◊ apple: checkmark:✓ arrowleft:← arrowright:→ arrowup:↑ arrowdown:↓ nonbreakingspace:  tab: '
  )
    .split(/ (?=\w+:)/)
    .map((pair) => [pair.slice(0, pair.indexOf(':')), pair.slice(pair.indexOf(':') + 1) || ' '] as const),
);

/** Combining characters by what a name calls them: `eacute`, `Ccaron`. */
const ACCENTS = new Map([
  ['grave', '\u0300'],
  ['acute', '\u0301'],
  ['circumflex', '\u0302'],
  ['tilde', '\u0303'],
  ['macron', '\u0304'],
  ['breve', '\u0306'],
  ['dotaccent', '\u0307'],
  ['dot', '\u0307'],
  ['dieresis', '\u0308'],
  ['ring', '\u030a'],
  ['hungarumlaut', '\u030b'],
  ['caron', '\u030c'],
  ['commaaccent', '\u0327'],
  ['cedilla', '\u0327'],
  ['ogonek', '\u0328'],
]);

const ACCENTED = /^([A-Za-z])([a-z]{3,12})$/;
const BY_CODE = /^(?:uni((?:[0-9A-Fa-f]{4}){1,8})|u([0-9A-Fa-f]{4,6}))$/;

/** The characters that a glyph's name stands for (Adobe Glyph List Specification §2); null where the name says nothing. */
export function glyphText(name: string): string | null {
  // A variant of a glyph is the glyph: `a.sc`, `one.oldstyle`.
  const plain = name.includes('.') && !name.startsWith('.') ? name.slice(0, name.indexOf('.')) : name;
  if (/^[A-Za-z]$/.test(plain)) return plain;
  const known = NAMED.get(plain);
  if (known !== undefined) return known;
  const [, units, point] = BY_CODE.exec(plain) ?? [];
  if (units !== undefined)
    return (units.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join('');
  if (point !== undefined) {
    const code = Number.parseInt(point, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : null;
  }
  const [, letter = '', accent = ''] = ACCENTED.exec(plain) ?? [];
  const mark = ACCENTS.get(accent);
  if (mark !== undefined) return (letter + mark).normalize('NFC');
  if (name === '.notdef') return '';
  const parts = plain.split('_');
  if (parts.length < 2) return null;
  const texts = parts.map((part) => glyphText(part));
  return texts.includes(null) ? null : texts.join('');
}
