import type { Leaves, Parsed } from '../core/format.ts';
import { PERSON_SUBJECTS } from '../core/vocabulary.ts';
import type { Ruleset } from './compile.ts';
import type { Match } from './match.ts';
import { isNearOwnDay, type OwnDays, ownDays } from './near-day.ts';
import { isGuess, type Ranked } from './overlap.ts';

/** Names of people whom nothing in the text describes, found by how words are written and how common they are as names. */
const NAMES = 'names.unknown';

/** Under it one of these may as well be a thing that is called like a person. */
const SURE = 0.7;

/** Rules that find towns and postal codes by what stands around them: where nobody lives is one as well, and an institution has an address. */
const OF_TEXT = /^(?:text|places)\./;

/** `Ranked.rank` of what a field's own rule found. */
const BY_PLACE = 3;

/** So many things of somebody make a text one about people: one may be taken for what it is not. */
const ENOUGH = 2;

/** What is left of the confidence of what stands alone. */
const LEFT = 0.6;

/** What a match is where its text says nothing else of anybody; undefined where it says something of somebody itself. */
type Alone = 'doubtful' | 'nothing' | 'own-days' | undefined;

/** What is read of a message to mark its matches. */
type Marked = Pick<Parsed, 'format'> & { readonly leaves: Pick<Leaves, 'address' | 'text'> };

/**
 * Marks names that are little sure, towns, and what rules say to be doubtful alone, that stand in a text that says nothing else of anybody: `Mitchell trimmer`, `Marks
 * and Spencer`. Texts of one place in a message (all lines of a note, all comments) speak for each other; what is of a clinician, a machine or an institution speaks for nothing. What is marked is
 * reported with less confidence, and a policy does not count it (docs/adr/0053-names-in-text.md). What a rule says to be nothing alone stays only
 * beside two things that are more than dates (policies and leaflets have dates too; in a table beside half as many as the rule has found there) or in a message whose fields say which patient it is of, and a policy does not count it there either: it judges
 * what stands beside it. Two figures that may be a day (`own-days`) have to be near a day of the message besides (near-day.ts).
 */
export function markLone({ leaves, format }: Marked, matches: readonly Ranked[], rules: Ruleset['alone']): readonly Match[] {
  // All cells of a table are about the same people, or about none.
  const placeOf = ({ leaf }: Match): number => (isTable ? 0 : (leaves.address[leaf] ?? -1));
  const isTable = format === 'csv';
  const aloneOf = (match: Match): Alone => rules.get(match.rule) ?? (mayBeAnything(match) ? 'doubtful' : undefined);
  const alone = matches.map(aloneOf);
  if (alone.every((each) => each === undefined)) return matches;
  const told = new Set<number>();
  const described = new Map<number, number>();
  const ofPatient = matches.some(namesPatient);
  for (const [at, match] of matches.entries()) {
    if (alone[at] !== undefined || !PERSON_SUBJECTS.has(match.subject)) continue;
    told.add(leaves.address[match.leaf] ?? -1);
    if (match.category !== 'date') described.set(placeOf(match), (described.get(placeOf(match)) ?? 0) + 1);
  }
  const guesses = isTable ? countRules(matches) : null;
  let own: OwnDays | null = null;
  const days = (): OwnDays => {
    own ??= ownDays(
      matches
        .filter((match, at) => match.category === 'date' && alone[at] === undefined)
        .map(({ leaf, from, to }) => leaves.text(leaf).slice(from, to)),
    );
    return own;
  };
  return matches.flatMap((match, at) => {
    if (alone[at] === 'own-days' && !isNearOwnDay(leaves.text(match.leaf).slice(match.from, match.to), days())) return [];
    if (isGuess(match, rules)) {
      const enough = Math.max(ENOUGH, (guesses?.get(match.rule) ?? 0) / 2);
      return ofPatient || (described.get(placeOf(match)) ?? 0) >= enough ? [{ ...match, lone: true as const }] : [];
    }
    return alone[at] === 'doubtful' && !told.has(leaves.address[match.leaf] ?? -1) ? [lessSure(match)] : [match];
  });
}

/** Matches of each rule: in a table of people about as many things are somebody's as there are rows, in one of stock a few by chance. */
function countRules(matches: readonly Match[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of matches) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

function lessSure(match: Match): Match {
  return { ...match, confidence: Math.round(match.confidence * LEFT * 100) / 100, lone: true };
}

/** By a field, as a name or a record number. */
function namesPatient({ rank, subject, category }: Ranked): boolean {
  return rank === BY_PLACE && subject === 'patient' && (category === 'name' || category === 'mrn');
}

function mayBeAnything({ rule, confidence, category }: Match): boolean {
  return (rule === NAMES && confidence < SURE) || (category === 'geo' && OF_TEXT.test(rule));
}

/** Whether a policy passes it over where something of somebody may be: it stands alone, or is somebody's by its form alone, and the registry does not know it as a patient's. */
export function isLone({ lone, registry }: Match): boolean {
  return lone === true && registry === undefined;
}
