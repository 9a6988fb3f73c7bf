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

/** House number and street name; the suffix (`ST`, `STREET`) may be left out or spelled otherwise. */
export function streetNeedle(text: string): Needle | null {
  const tokens = words(text);
  const [house = '', ...rest] = tokens;
  const named = rest.filter((word) => !SPELLINGS.has(word));
  if (!/^\d/.test(house) || longest(named).length < 3) return null;
  const pattern = lazy(() => {
    const last = rest.length - 1;
    const pieces = rest.map((part, index) => {
      const list = SPELLINGS.get(part) ?? [part];
      const word = list.length > 1 ? `(?:${list.join('|')})\\.?` : list[0];
      return index === last && index > 0 && list.length > 1 ? `(?:[\\s,.]{1,3}${word})?` : `[\\s,.]{1,3}${word}`;
    });
    return `${BEFORE}${house}${pieces.join('')}${AFTER}`;
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
