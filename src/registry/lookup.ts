import { canonical } from '../core/canonical.ts';
import type { Identity, Parsed } from '../core/format.ts';
import type { Tokenizer } from '../core/token.ts';
import type { Category, Known } from '../core/vocabulary.ts';
import type { Ruleset } from '../detect/compile.ts';
import type { Detection, Match } from '../detect/match.ts';
import { formsOf } from '../lineage/identifier.ts';
import { listedPerson } from '../lineage/people.ts';
import { identities } from '../lineage/persons.ts';
import { taughtKind } from '../lineage/taught.ts';
import { findNumbers } from './candidates.ts';
import { daysOf } from './dates.ts';
import { type Cohort, cohortBit, cohortsOf, PATIENT, printOf } from './print.ts';
import type { TableReader } from './table.ts';

/** How sure a finding is that a known patient's identifier made, and one that only a name made. */
const SURE: Readonly<Record<Known, number>> = { patient: 0.99, name: 0.9 };

/** Different values that one message looks up: each costs an HMAC (3.7 µs) for each key. */
const VALUES = 256;
/** Days that a name is looked up with. */
const DAYS = 8;

/** The registry as a scan thread has it. */
export interface RegistryView {
  readonly table: Pick<TableReader, 'find' | 'counts'>;
  /** One for each token key: what was learnt before a rotation is known after it. */
  readonly tokenizers: readonly Tokenizer[];
  /** Whether the name of a patient says that there is no such patient; left out: none does. */
  readonly isTest?: (parsed: Parsed) => boolean;
}

/** Whose identifiers the registry may say are a patient's: those of staff and relatives stay theirs. */
function isOpen({ subject }: Match): boolean {
  return subject === 'patient' || subject === 'unknown';
}

/**
 * Findings with what the registry knows of them, and numbers in text that no rule reports and the registry knows. A finding that belongs to a known
 * patient is strong, and its subject is the patient. A bare name that some known patient bears is more of a name for it, and may be another's.
 */
export function lookUp(parsed: Parsed, detection: Detection, ruleset: Ruleset, view: RegistryView): Detection {
  const counts = view.table.counts();
  if (counts.patients === 0) return detection;
  const { leaves } = parsed;
  const look = createLook(view);
  const textOf = ({ leaf, from, to }: Match): string => leaves.text(leaf).slice(from, to);
  let about: boolean | null = null;
  const days = (): readonly string[] => daysIn(detection, textOf);
  // By its form alone many a number is in the table by chance: those are candidates like any other in the text.
  const isForm = ({ rule }: Match): boolean => ruleset.alone.get(rule) === 'nothing';
  const matches = detection.matches.map((match): Match => {
    if (!isOpen(match) || isForm(match)) return match;
    if (match.category === 'name') {
      about ??= isKnownPatient(parsed.identity, view);
      if (about && match.subject === 'patient') return marked(match, 'patient');
      const known = look.name(textOf(match), days);
      return known === null ? match : marked(match, known);
    }
    return look.value(match.category, textOf(match)) ? marked(match, 'patient') : match;
  });
  const told = detection.matches.filter((match) => !isForm(match));
  const numbers = findNumbers(parsed, told, ruleset, { ...view, records: counts.records });
  if (numbers.length === 0) return { ...detection, matches };
  const known = (match: Match): boolean =>
    isForm(match) && numbers.some(({ leaf, from, to }) => leaf === match.leaf && from < match.to && match.from < to);
  const rest = matches.filter((match) => !known(match));
  return { ...detection, matches: [...rest, ...numbers].sort((one, other) => one.leaf - other.leaf || one.from - other.from) };
}

/** Names of the cohorts that patients of a message belong to. */
export function cohortsIn(parsed: Parsed, { table, tokenizers, isTest }: RegistryView): Cohort[] {
  const named = isTest?.(parsed) === true ? cohortBit('test') : 0;
  if (table.counts().cohorted === 0) return cohortsOf(named);
  const tokens = tokenizers.flatMap((tokenizer) =>
    identities(parsed.identity).flatMap((one) => listedPerson(one, tokenizer)?.tokens ?? []),
  );
  return cohortsOf(tokens.reduce((sets, { token }) => sets | table.find(printOf(token)), named));
}

function marked(match: Match, registry: Known): Match {
  const subject = registry === 'patient' ? 'patient' : match.subject;
  return { ...match, subject, registry, confidence: Math.max(match.confidence, SURE[registry]) };
}

/** Whether the message is about a patient whom a record number, or name and birth date, tell from others. */
function isKnownPatient(identity: Identity, { table, tokenizers }: RegistryView): boolean {
  // Of several patients (a Bundle) each has to be.
  return identities(identity).every((one) =>
    tokenizers.some((tokenizer) =>
      (listedPerson(one, tokenizer)?.tokens ?? []).some(
        ({ token, strong }) => strong && (table.find(printOf(token)) & PATIENT) !== 0,
      ),
    ),
  );
}

/** Days that the message names. */
function daysIn({ matches }: Detection, textOf: (match: Match) => string): readonly string[] {
  const days = new Set<string>();
  for (const match of matches) {
    if (match.category !== 'date' || days.size >= DAYS) continue;
    for (const day of daysOf(textOf(match))) days.add(day);
  }
  return [...days].slice(0, DAYS);
}

interface Look {
  /** Whether a value of a category is a known patient's. */
  value(category: Category, text: string): boolean;
  name(text: string, days: () => readonly string[]): Known | null;
}

/** Looks each value up once, and no more of them than a message may cost. */
function createLook({ table, tokenizers }: RegistryView): Look {
  const known = new Map<string, Known | null>();
  const isPatients = (...form: Parameters<Tokenizer>): boolean =>
    tokenizers.some((tokenizer) => (table.find(printOf(tokenizer(...form))) & PATIENT) !== 0);

  function once(key: string, find: () => Known | null): Known | null {
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= VALUES) return null;
    const found = find();
    known.set(key, found);
    return found;
  }

  return {
    value(category, text) {
      const kind = taughtKind(category, text);
      if (kind === null) return false;
      const find = (): Known | null => (formsOf(text, kind).some((form) => isPatients(...form)) ? 'patient' : null);
      return once(`${kind}\0${text}`, find) !== null;
    },
    name(text, days) {
      if (taughtKind('name', text) === null) return null;
      return once(`name\0${canonical('name', text)}`, () => {
        if (!isPatients('name', text)) return null;
        return days().some((day) => isPatients('name', `${text} ${day}`)) ? 'patient' : 'name';
      });
    },
  };
}
