/** Sorted and front-coded, as src/detect/names/front-coded.ts reads it: a lower-case letter says how many letters are the previous word's (a = 0), upper-case ones what follows. */
export function frontCode(list: readonly string[]): string {
  let before = '';
  let text = '';
  for (const word of [...list].sort()) {
    let shared = 0;
    while (shared < 25 && shared < word.length && word[shared] === before[shared]) shared++;
    text += String.fromCharCode(0x61 + shared) + word.slice(shared);
    before = word;
  }
  return text.replace(/.{160}/g, '$&\n');
}
