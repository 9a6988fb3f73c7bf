import { createHmac, type KeyObject } from 'node:crypto';
import { canonical, type TokenKind } from './canonical.ts';
import type { Category } from './vocabulary.ts';

/** A key that tokens are made with. Make the `KeyObject` once: importing the key for each HMAC costs five times the HMAC. */
export interface TokenKey {
  readonly kid: string;
  readonly key: KeyObject;
}

export type Tokenizer = (kind: TokenKind, value: string) => string;

const KIND_OF: Partial<Record<Category, TokenKind>> = {
  name: 'name',
  date: 'date',
  phone: 'number',
  fax: 'number',
  ssn: 'number',
  mrn: 'number',
  'health-plan': 'number',
  account: 'number',
  license: 'number',
  vehicle: 'number',
  'device-id': 'number',
  'unique-id': 'number',
};

/** Which canonical form the values of a category have. */
export function tokenKindOf(category: Category): TokenKind {
  return KIND_OF[category] ?? 'other';
}

/** `kid.base64url(HMAC-SHA-256(key, kind ‖ 0x00 ‖ canonical))`: equal identifiers give equal tokens, and nothing else can be learnt without the key. */
export function token(key: TokenKey, kind: TokenKind, value: string): string {
  const mac = createHmac('sha256', key.key)
    .update(`${kind}\0${canonical(kind, value)}`, 'utf8')
    .digest('base64url');
  return `${key.kid}.${mac}`;
}

/**
 * A tokenizer that remembers the last `remember` values: a message repeats its dates and numbers, and an HMAC is dearer than a
 * look-up. The memory is the calling thread's own and is never written anywhere.
 */
export function createTokenizer(key: TokenKey, remember = 4096): Tokenizer {
  const known = new Map<string, string>();
  return (kind, value) => {
    const lookup = `${kind}\0${value}`;
    const hit = known.get(lookup);
    if (hit !== undefined) return hit;
    const made = token(key, kind, value);
    if (known.size >= remember) known.clear();
    known.set(lookup, made);
    return made;
  };
}
