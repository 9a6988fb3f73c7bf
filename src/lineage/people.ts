import type { Identity, IdentityValue } from '../core/format.ts';
import { type Tokenizer, tokenKindOf } from '../core/token.ts';
import { type Category, type Finding, PERSON_SUBJECTS } from '../core/vocabulary.ts';
import { IDENTIFIER_KINDS } from './identifier.ts';
import type { PersonToken } from './row.ts';
import { taughtKind } from './taught.ts';

/** A patient as lineage lists one, with every token that leads there. */
export interface ListedPerson {
  /** The record number's token, or that of name and birth date together where there is no number. */
  readonly key: string;
  readonly tokens: readonly PersonToken[];
}

/** Categories whose values tell one person from others, more or less: a date or a town leads to everybody. */
const LISTED: ReadonlySet<Category> = new Set(IDENTIFIER_KINDS);
/** Tokens of findings that one message lists. */
const FOUND = 16;

/** A token with what it is of. */
interface Own {
  readonly token: string;
  readonly category: Category;
  readonly text: string;
}

/** The patient of one message; null where it names none. `teaches`: says what kind of identifier each token is that the registry may learn. */
export function listedPerson({ values }: Identity, tokenizer: Tokenizer, teaches = false): ListedPerson | null {
  const own = values.filter(({ subject }) => subject === 'patient');
  const born = own.find(({ kind }) => kind === 'date');
  const records = own
    .filter(({ category }) => category === 'mrn')
    .map(({ parts }): Own => ({ token: tokenizer('number', parts.join('')), category: 'mrn', text: parts.join('') }));
  const names = own.filter(({ kind }) => kind === 'name');
  const [record] = records;
  const [name] = names;
  const key = record?.token ?? (name === undefined ? undefined : personToken(name.parts, born, tokenizer));
  if (key === undefined) return null;
  const persons = names.flatMap(({ parts }) =>
    bothNames(parts).map((each): Own => ({ token: personToken(each, born, tokenizer), category: 'name', text: each.join(' ') })),
  );
  const strong = [...records, ...persons];
  // Without a birth date a name is a name.
  const told = new Set((born === undefined ? records : strong).map(({ token }) => token)).add(key);
  const tokens = new Map<string, PersonToken>();
  for (const { token, category, text } of [...strong, ...own.flatMap((value) => weakTokens(value, tokenizer))]) {
    if (tokens.has(token)) continue;
    const kind = teaches ? taughtKind(category, text) : null;
    tokens.set(token, { token, person: key, strong: told.has(token), ...(kind === null ? {} : { kind }) });
  }
  return { key, tokens: [...tokens.values()] };
}

/** With and without what comes after the first given name: not every system knows it. */
function bothNames(parts: readonly string[]): (readonly string[])[] {
  return parts.length > 2 ? [parts, parts.slice(0, 2)] : [parts];
}

function personToken(name: readonly string[], born: IdentityValue | undefined, tokenizer: Tokenizer): string {
  return tokenizer('name', [...name, ...(born?.parts ?? [])].join(' '));
}

function weakTokens({ kind, category, parts }: IdentityValue, tokenizer: Tokenizer): Own[] {
  if (!LISTED.has(category)) return [];
  if (kind !== 'name') return [ownToken(category, parts.join(''), tokenizer)];
  return bothNames(parts).map((each) => ownToken('name', each.join(' '), tokenizer));
}

function ownToken(category: Category, text: string, tokenizer: Tokenizer): Own {
  return { token: tokenizer(tokenKindOf(category), text), category, text };
}

/**
 * Findings that lead to a person: to the one patient of the message where they are the patient's, and else to the message alone, under
 * their own token. A finding by part of a name adds nothing to what the message says of its patient.
 */
export function foundTokens(
  findings: readonly Finding[],
  persons: readonly ListedPerson[],
): { readonly tokens: PersonToken[]; readonly keys: string[] } {
  const known = new Set(persons.flatMap(({ tokens }) => tokens.map(({ token }) => token)));
  const patient = persons.length === 1 ? persons[0] : undefined;
  const tokens = new Map<string, PersonToken>();
  const keys = new Set<string>();
  for (const { token, category, subject, registry } of findings) {
    if (known.has(token) || !LISTED.has(category) || !PERSON_SUBJECTS.has(subject)) continue;
    if (tokens.size + keys.size >= FOUND) break;
    // What the registry knows as a patient's, and is not this one's, is another's.
    if (subject !== 'patient' || patient === undefined || registry === 'patient') keys.add(token);
    else if (category !== 'name') tokens.set(token, { token, person: patient.key, strong: false });
  }
  return { tokens: [...tokens.values()], keys: [...keys] };
}
