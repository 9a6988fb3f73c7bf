/** Tables of a font program that are looked at, at most. */
const MAX_TABLES = 64;
const MAX_SEGMENTS = 8192;
const MAX_GROUPS = 10_000;
const MAX_GLYPHS = 65_536;

/**
 * What the glyphs of an embedded TrueType font stand for, from its `cmap` turned round (OpenType `cmap`, formats 4 and 12): for PDFs whose writer
 * left ToUnicode out. Empty where there is no such table.
 */
export function glyphCharacters(font: Buffer): Map<number, string> {
  const found = new Map<number, string>();
  const table = tableAt(font, 'cmap');
  if (table < 0 || table + 4 > font.length) return found;
  const count = Math.min(font.readUInt16BE(table + 2), MAX_TABLES);
  for (let index = 0; index < count; index++) {
    const record = table + 4 + index * 8;
    if (record + 8 > font.length) break;
    const platform = font.readUInt16BE(record);
    const encoding = font.readUInt16BE(record + 2);
    // Unicode, or Windows' Unicode; a symbol font's codes are its own.
    if (platform !== 0 && !(platform === 3 && (encoding === 1 || encoding === 10))) continue;
    const at = table + font.readUInt32BE(record + 4);
    if (at + 16 > font.length) continue;
    const format = font.readUInt16BE(at);
    if (format === 4) segments(font, at, found);
    else if (format === 12) groups(font, at, found);
  }
  return found;
}

function tableAt(font: Buffer, name: string): number {
  if (font.length < 12) return -1;
  const count = Math.min(font.readUInt16BE(4), MAX_TABLES);
  for (let at = 12; at + 16 <= font.length && at < 12 + count * 16; at += 16) {
    if (font.toString('latin1', at, at + 4) === name) return font.readUInt32BE(at + 8);
  }
  return -1;
}

function keep(found: Map<number, string>, glyph: number, code: number): void {
  if (glyph > 0 && code > 0 && code <= 0x10ffff && !found.has(glyph)) found.set(glyph, String.fromCodePoint(code));
}

function segments(font: Buffer, at: number, found: Map<number, string>): void {
  const word = (offset: number): number => (offset + 2 <= font.length ? font.readUInt16BE(offset) : 0);
  const size = word(at + 6) & ~1;
  for (let segment = 0; segment < Math.min(size, MAX_SEGMENTS * 2) && found.size < MAX_GLYPHS; segment += 2) {
    const end = word(at + 14 + segment);
    const start = word(at + 16 + size + segment);
    const delta = word(at + 16 + size * 2 + segment);
    const rangeAt = at + 16 + size * 3 + segment;
    const range = word(rangeAt);
    for (let code = start; code <= end && code < 0xffff; code++) {
      const glyph = range === 0 ? (code + delta) & 0xffff : word(rangeAt + range + (code - start) * 2);
      keep(found, range === 0 || glyph === 0 ? glyph : (glyph + delta) & 0xffff, code);
    }
  }
}

function groups(font: Buffer, at: number, found: Map<number, string>): void {
  const count = Math.min(font.readUInt32BE(at + 12), MAX_GROUPS);
  for (let index = 0; index < count && found.size < MAX_GLYPHS; index++) {
    const group = at + 16 + index * 12;
    if (group + 12 > font.length) return;
    const start = font.readUInt32BE(group);
    const end = Math.min(font.readUInt32BE(group + 4), start + MAX_GLYPHS);
    const glyph = font.readUInt32BE(group + 8);
    for (let code = start; code <= end; code++) keep(found, glyph + code - start, code);
  }
}
