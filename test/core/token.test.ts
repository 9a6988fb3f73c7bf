import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createTokenizer, type TokenKey, token, tokenKindOf } from '../../src/core/token.ts';

const key: TokenKey = { kid: 'k1', key: createSecretKey(Buffer.alloc(32, 7)) };

describe('token', () => {
  it('is the published vector', () => {
    // printf 'number\x00%s' 536228147 | openssl dgst -sha256 -mac HMAC -macopt hexkey:0707…07 -binary | basenc --base64url
    expect(token(key, 'number', '536-22-8147')).toBe('k1.1hCzy56AENVFU0XpZMXYW16xEJzE_M6ZDkwrmcLaLAI');
  });

  it('is equal for equal identifiers and tells kinds apart', () => {
    expect(token(key, 'name', 'DOE^JANE')).toBe(token(key, 'name', 'Jane Doe'));
    expect(token(key, 'number', '19620303')).not.toBe(token(key, 'date', '19620303'));
  });

  it('is the same from memory', () => {
    const tokenize = createTokenizer(key, 2);
    const values = ['a1234', 'b1234', 'c1234', 'a1234', 'a1234'];
    expect(values.map((value) => tokenize('number', value))).toEqual(values.map((value) => token(key, 'number', value)));
  });

  it.each([
    ['name', 'name'],
    ['mrn', 'number'],
    ['date', 'date'],
    ['street', 'other'],
  ] as const)('%s has the canonical form of a %s', (category, kind) => {
    expect(tokenKindOf(category)).toBe(kind);
  });
});
