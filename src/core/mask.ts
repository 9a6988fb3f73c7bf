const RUN = 4;

/**
 * The shape of a value, and nothing else: letters become `A`/`a`, digits `9`, separators stay, runs over four are cut to four
 * (`DOE^JANE` → `AAA^AAAA`, `536-22-8147` → `999-99-9999`). A value under five characters is `***`, so that a short value's
 * length says nothing. Any letter or digit of any script is covered; combining marks go with their letter.
 */
export function mask(value: string): string {
  const characters = [...value];
  if (characters.length < 5) return '***';
  let shape = '';
  let last = '';
  let run = 0;
  for (const character of characters) {
    const symbol = symbolOf(character);
    if (symbol === '') continue;
    run = symbol === last ? run + 1 : 1;
    last = symbol;
    if (run <= RUN) shape += symbol;
  }
  return shape;
}

function symbolOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) {
    if (code >= 0x30 && code <= 0x39) return '9';
    if (code >= 0x41 && code <= 0x5a) return 'A';
    if (code >= 0x61 && code <= 0x7a) return 'a';
    return code < 0x20 || code === 0x7f ? ' ' : character;
  }
  if (/\p{M}/u.test(character)) return '';
  if (/\p{N}/u.test(character)) return '9';
  if (/\p{Ll}/u.test(character)) return 'a';
  if (/\p{L}/u.test(character)) return 'A';
  // Symbols outside ASCII could spell (enclosed and mathematical letters are \p{So} or \p{L}): only plain punctuation is kept.
  return /\p{P}|\p{Z}/u.test(character) ? character : '?';
}
