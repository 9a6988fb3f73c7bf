import type { Around, Tree } from './pattern-tree.ts';
import { weightOf, weightOfAll } from './pattern-weight.ts';
import { ALL, commonOf, HIGH, has, isEmpty, isSame, type SymbolSet, setOf, TRAIL } from './symbols.ts';

/**
 * A state of the automaton that accepts what a pattern matches: it takes a symbol of `of` and goes on to one of `next`; without `of` it takes none, and goes on only between a
 * symbol of `before` and one of `ahead`. More is read than the pattern matches, and nothing that it matches is not.
 */
export interface NfaState {
  readonly of: SymbolSet | null;
  readonly before: SymbolSet;
  readonly ahead: SymbolSet;
  readonly next: NfaState[];
  /** The number of the pattern that is accepted where this state is reached; -1 elsewhere. */
  readonly accepts: number;
}

function taking(of: SymbolSet, next: NfaState[]): NfaState {
  return { of, before: ALL, ahead: ALL, next, accepts: -1 };
}

function passing(next: NfaState[], { before, ahead }: Pick<Around, 'before' | 'ahead'> = { before: ALL, ahead: ALL }): NfaState {
  return { of: null, before, ahead, next, accepts: -1 };
}

/** Where the pattern with this number begins to be read. */
export function statesOf(tree: Tree, pattern: number): NfaState {
  const read: NfaState = { of: null, before: ALL, ahead: ALL, next: [], accepts: pattern };
  return fromBeginning(tree, read, read);
}

const SECOND_HALF: SymbolSet = setOf([TRAIL]);

/** Repetitions up to so many are counted; of more nothing is asked but the least, up to the same number. Letters, which are met everywhere, are counted less far. */
const COUNTED = { rare: 8, characters: 3, groups: 2 };
/** In bits: a character that is rarer is no letter of a word. */
const RARE = 3;

/** Reads `tree`, then goes on to `next`. */
function reading(tree: Tree, next: NfaState): NfaState {
  switch (tree.kind) {
    case 'around':
      return passing([next], tree);
    case 'any':
      return anyText(next);
    case 'one':
      // A character outside the first plane has two halves.
      return taking(tree.of, has(tree.of, HIGH) ? [next, taking(SECOND_HALF, [next])] : [next]);
    case 'either':
      return passing(tree.among.map((one) => reading(one, next)));
    case 'sequence':
      return tree.parts.reduceRight((behind, part) => reading(part, behind), next);
    case 'repeat':
      return repeating(tree, next);
  }
}

function anyText(next: NfaState): NfaState {
  const again = passing([next]);
  again.next.push(taking(ALL, [again]));
  return again;
}

type Repeat = Extract<Tree, { kind: 'repeat' }>;

function countedOf({ part }: Repeat): number {
  if (!isOneCharacter(part)) return COUNTED.groups;
  return weightOf(part) > RARE ? COUNTED.rare : COUNTED.characters;
}

function repeating(repeat: Repeat, next: NfaState): NfaState {
  const { part, least, most } = repeat;
  const counted = countedOf(repeat);
  let entry = next;
  // Nothing comes behind: no more than the least need be read.
  if (next.accepts < 0) {
    if (most <= counted) for (let count = least; count < most; count++) entry = passing([reading(part, entry), next]);
    else {
      entry = passing([next]);
      entry.next.push(reading(part, entry));
    }
  }
  for (let count = Math.min(least, counted); count > 0; count--) entry = reading(part, entry);
  return entry;
}

function isOneCharacter(tree: Tree): boolean {
  return tree.kind === 'one' || (tree.kind === 'either' && tree.among.every(isOneCharacter));
}

/**
 * The same for what a match begins with: nothing has been taken yet, so what is left out there is left out of the whole. Of a word of any letters that it begins with the last
 * letter alone is read, so that not each word of a text is followed to its end. `read` is the state in which the pattern has been read.
 */
function fromBeginning(tree: Tree, next: NfaState, read: NfaState): NfaState {
  switch (tree.kind) {
    case 'around':
      return sequenceFromBeginning([tree], next, read);
    case 'either':
      return passing(tree.among.map((one) => fromBeginning(one, next, read)));
    case 'repeat':
      if (isAnyWord(tree)) return tree.least === 0 ? next : reading(tree.part, next);
      return reading(tree, next);
    case 'sequence':
      return sequenceFromBeginning(tree.parts, next, read);
    default:
      return reading(tree, next);
  }
}

function isAnyWord(tree: Tree): boolean {
  return tree.kind === 'repeat' && isOneCharacter(tree.part) && tree.most > countedOf(tree) && weightOf(tree.part) <= RARE;
}

/** Of what stands before a place by a look-behind and by what has been read, and likewise behind it, the rarer is looked for: a match has both. */
function sequenceFromBeginning(parts: readonly Tree[], next: NfaState, read: NfaState): NfaState {
  for (const [at, part] of parts.entries()) {
    if (part.kind !== 'around') continue;
    const { behind, coming } = part;
    if (behind !== null && isRarer(behind, parts.slice(0, at)) && weightOfAll(parts.slice(at + 1)) < SELDOM)
      return fromBeginning(behind, sequenceReading([{ ...part, behind: null }, ...parts.slice(at + 1)], next, read), read);
    if (coming !== null && next === read && isRarer(coming, parts.slice(at + 1)))
      return sequenceFromBeginning([...parts.slice(0, at), coming], next, read);
  }
  const first = parts.findIndex(({ kind }) => kind !== 'around');
  const begins = parts[first];
  if (begins === undefined) return sequenceReading(parts, next, read);
  const entry = fromBeginning(begins, sequenceReading(parts.slice(first + 1), next, read), read);
  // What stands before a match is not what stands before the part of it that is read.
  return isReadInPart(begins) ? entry : sequenceReading(parts.slice(0, first), entry, read);
}

/** Whether what is read of a match from its beginning may begin elsewhere. */
function isReadInPart(tree: Tree): boolean {
  switch (tree.kind) {
    case 'around':
      return tree.behind !== null;
    case 'either':
      return tree.among.some(isReadInPart);
    case 'sequence': {
      const first = tree.parts.find(({ kind }) => kind !== 'around');
      return (
        tree.parts.some((part) => part.kind === 'around' && part.behind !== null) || (first !== undefined && isReadInPart(first))
      );
    }
    default:
      return isAnyWord(tree);
  }
}

/** In bits: what is as rare is looked for, whatever else a match has. */
const SELDOM = 12;

function isRarer(tree: Tree, parts: readonly Tree[]): boolean {
  const weight = weightOfAll(parts);
  return weight < SELDOM && weightOf(tree) > weight;
}

function sequenceReading(parts: readonly Tree[], next: NfaState, read: NfaState): NfaState {
  for (const [at, part] of parts.entries())
    if (part.kind === 'around' && part.coming !== null && next === read && isRarer(part.coming, parts.slice(at + 1)))
      return sequenceReading([...parts.slice(0, at), part.coming], next, read);
  return parts.reduceRight((behind, part) => reading(part, behind), next);
}

/** A state that takes a symbol or accepts a pattern, where a symbol of `before` stands before it. */
export interface Step {
  readonly to: NfaState;
  readonly before: SymbolSet;
}

/** States that others become where only some symbols may come: one for each state and set. */
export type Narrowed = Map<NfaState, NfaState[]>;

/** Those that can be reached from states without taking a symbol. */
export function reachedFrom(from: readonly NfaState[], narrowed: Narrowed): Step[] {
  const found: Step[] = [];
  const seen = new Map<NfaState, Pick<Around, 'before' | 'ahead'>[]>();
  const visit = (state: NfaState, before: SymbolSet, ahead: SymbolSet): void => {
    const visits = seen.get(state) ?? [];
    if (visits.some((visited) => isSame(visited.before, before) && isSame(visited.ahead, ahead))) return;
    seen.set(state, [...visits, { before, ahead }]);
    if (state.of !== null || state.accepts >= 0) {
      const to = narrow(state, ahead, narrowed);
      if (to !== null) found.push({ to, before });
      return;
    }
    const both = { before: commonOf(before, state.before), ahead: commonOf(ahead, state.ahead) };
    if (isEmpty(both.before) || isEmpty(both.ahead)) return;
    for (const next of state.next) visit(next, both.before, both.ahead);
  };
  for (const state of from) visit(state, ALL, ALL);
  return found;
}

function narrow(state: NfaState, ahead: SymbolSet, narrowed: Narrowed): NfaState | null {
  const of = commonOf(state.of ?? ALL, ahead);
  if (isEmpty(of)) return null;
  if (isSame(of, state.of ?? ALL)) return state;
  const made = narrowed.get(state) ?? [];
  narrowed.set(state, made);
  const known = made.find((each) => each.of !== null && isSame(each.of, of));
  if (known !== undefined) return known;
  // What accepts a pattern where only some symbols may come takes one of them first.
  const one = taking(of, state.accepts < 0 ? state.next : [state]);
  made.push(one);
  return one;
}

/**
 * Whether any word goes on being read from these, `letters` of it behind its first: each word of a text would be followed, and what is joined of many such patterns would hardly be met twice.
 */
export function followsAnyWord(first: readonly Step[], narrowed: Narrowed, letters: number): boolean {
  let states = new Set(first.map(({ to }) => to));
  for (let taken = 0; taken <= letters; taken++) {
    const followed = [...states].filter(({ of }) => of !== null && (taken === 0 || weightOf({ kind: 'one', of }) <= RARE));
    if (followed.length === 0) return false;
    states = new Set(followed.flatMap(({ next }) => reachedFrom(next, narrowed).map(({ to }) => to)));
  }
  return true;
}
