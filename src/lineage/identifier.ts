import { type Tokenizer, type TokenKey, token, tokenKindOf } from '../core/token.ts';
import type { Category } from '../core/vocabulary.ts';

/** What an identifier that somebody types may be. */
export const IDENTIFIER_KINDS = [
  'mrn',
  'name',
  'ssn',
  'phone',
  'fax',
  'email',
  'health-plan',
  'account',
  'license',
  'vehicle',
  'device-id',
  'unique-id',
] as const satisfies readonly Category[];
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** `1962-03-03`, `19620303`, `3/3/1962` (month first). */
const DATE = /\b(?:(\d{4})-?(\d{2})-?(\d{2})|(\d{1,2})\/(\d{1,2})\/(\d{4}))\b/;
const SHORTEST_NUMBER = 4;

/**
 * The tokens under which lineage may know an identifier, one for each form that fits and each token key: made by the functions that detection
 * makes them by. A name with a birth date is one person's, and is looked for as that alone. Empty where nothing fits.
 */
export function identifierTokens(text: string, kind: IdentifierKind | null, tokenizers: readonly Tokenizer[]): string[] {
  const forms = kind === null ? formsThatFit(text) : formsOf(text, kind);
  return [...new Set(tokenizers.flatMap((tokenizer) => forms.map(([tokenKind, value]) => tokenizer(tokenKind, value))))];
}

export type Form = Parameters<Tokenizer>;

/** The forms in which a value of a kind is made into tokens. */
export function formsOf(text: string, kind: IdentifierKind): Form[] {
  if (text.trim() === '') return [];
  if (kind === 'name') return nameForms(text);
  if (kind === 'phone' || kind === 'fax') return phoneForms(text);
  return [[tokenKindOf(kind), text]];
}

/** A word is a name, a number may be any number, and an address of the net has its sign. */
function formsThatFit(text: string): Form[] {
  if (text.includes('@')) return formsOf(text, 'email');
  const rest = text.replace(DATE, ' ');
  const named = /\p{L}{2}/u.test(rest) ? nameForms(text) : [];
  const digits = rest.replace(/[^\p{N}]/gu, '');
  return [...named, ...(digits.length >= SHORTEST_NUMBER || /^\d{8}$/.test(text.trim()) ? phoneForms(text) : [])];
}

function nameForms(text: string): Form[] {
  const [found, year, month, day, otherMonth = '', otherDay = '', otherYear] = DATE.exec(text) ?? [];
  if (found === undefined) return [['name', text]];
  const name = text.replace(found, ' ');
  const date =
    year === undefined ? `${otherYear}${otherMonth.padStart(2, '0')}${otherDay.padStart(2, '0')}` : `${year}${month}${day}`;
  return [['name', `${name} ${date}`]];
}

/** With and without the 1 that North America dials first. */
function phoneForms(text: string): Form[] {
  const digits = text.replace(/[^\p{L}\p{N}]/gu, '');
  const other = /^1\d{10}$/.test(digits) ? digits.slice(1) : /^\d{10}$/.test(digits) ? `1${digits}` : null;
  return [['number', text], ...(other === null ? [] : [['number', other] satisfies Form])];
}

/** Reads what somebody typed into tokens; `kind` null: whatever fits. */
export type TokensOf = (identifier: string, kind: IdentifierKind | null) => string[];

/** A reader for every token key there is. It remembers nothing that was typed. */
export function createTokensOf(keys: ReadonlyMap<string, TokenKey>): TokensOf {
  const tokenizers = [...keys.values()].map(
    (key): Tokenizer =>
      (kind, value) =>
        token(key, kind, value),
  );
  return (identifier, kind) => identifierTokens(identifier, kind, tokenizers);
}
