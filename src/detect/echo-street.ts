import { AFTER, all, anchor, BEFORE, type Echo, holdsAll, lazy, longest, type Needle, NO_PART, words } from './needle.ts';

/** Street suffixes people abbreviate (USPS Publication 28, appendix C1): the commonest. */
const SUFFIXES = [
  ['ST', 'STREET'],
  ['AVE', 'AVENUE', 'AV'],
  ['RD', 'ROAD'],
  ['DR', 'DRIVE'],
  ['LN', 'LANE'],
  ['BLVD', 'BOULEVARD'],
  ['CT', 'COURT'],
  ['PL', 'PLACE'],
  ['HWY', 'HIGHWAY'],
  ['PKWY', 'PARKWAY'],
  ['CIR', 'CIRCLE'],
  ['TER', 'TERRACE'],
  ['N', 'NORTH'],
  ['S', 'SOUTH'],
  ['E', 'EAST'],
  ['W', 'WEST'],
];

const SPELLINGS: ReadonlyMap<string, readonly string[]> = new Map(
  SUFFIXES.flatMap((list) => list.map((word) => [word, list] as const)),
);

/** Street words that are written together with the name, and how they are cut: `Hauptstraße`, `Hauptstr.`, `Kerkweg`, `Storgatan`. */
const TOGETHER = [/^(.{3,})(STRASSE|STR)$/, /^(.{3,})(STRAAT)$/] as const;
const CUT: Readonly<Record<string, string>> = { STRASSE: 'STR(?:ASSE|\\.)?', STR: 'STR(?:ASSE|\\.)?', STRAAT: 'STR(?:AAT|\\.)?' };

function wordPattern(word: string): string {
  for (const pattern of TOGETHER) {
    const found = pattern.exec(word);
    if (found !== null) return `${found[1]}[\\s-]?${CUT[found[2] ?? ''] ?? found[2]}`;
  }
  const list = SPELLINGS.get(word);
  return list === undefined ? word : `(?:${list.join('|')})\\.?`;
}

/** What every spelling of a street's word holds. */
function stemOf(word: string): string {
  if (!word.includes('STR')) return word;
  return TOGETHER.map((pattern) => pattern.exec(word)?.[1]).find((stem) => stem !== undefined) ?? word;
}

/** House number and street name, whichever comes first; the suffix (`ST`, `STREET`) may be left out or spelled otherwise. */
export function streetNeedle(text: string): Needle | null {
  const tokens = words(text);
  const isAfter = !/^\d/.test(tokens[0] ?? '');
  const at = isAfter ? tokens.findIndex((word) => /^\d/.test(word)) : 0;
  const house = tokens[at] ?? '';
  const rest = isAfter ? tokens.slice(0, Math.max(0, at)) : tokens.slice(1);
  const named = rest.filter((word) => !SPELLINGS.has(word)).map(stemOf);
  if (house === '' || longest(named).length < 3) return null;
  const pattern = lazy(() => {
    const last = rest.length - 1;
    const pieces = rest.map((word, index) => {
      const piece = `${index === 0 ? '' : '[\\s,.]{1,3}'}${wordPattern(word)}`;
      return index === last && index > 0 && SPELLINGS.has(word) ? `(?:${piece})?` : piece;
    });
    const street = pieces.join('');
    return `${BEFORE}(?:${house}[\\s,.]{1,3}${street}|${street}\\s{1,2}${house})${AFTER}`;
  });
  return {
    anchors: anchor(longest(named)),
    before: '',
    find(folded) {
      const found: Echo[] = [];
      if (folded.includes(house) && holdsAll(folded, named)) all(pattern(), folded, 1, found);
      return found;
    },
    part: NO_PART,
  };
}
