import { describe, expect, it } from 'vitest';
import { canonical, type TokenKind } from '../../src/core/canonical.ts';

describe('canonical', () => {
  it.each<[TokenKind, string, string]>([
    ['name', 'DOE^JANE', 'DOE JANE'],
    ['name', 'Jane  Doe', 'DOE JANE'],
    ['name', "O'Brien-Łukasz, Zoë", 'BRIEN LUKASZ O ZOE'],
    ['name', 'Straße', 'STRASSE'],
    ['date', '2001-02-03', '20010203'],
    ['date', '20010203101500-0500', '20010203'],
    ['date', '200102', '200102'],
    ['number', '536-22-8147', '536228147'],
    ['number', 'mrn 00-12a', 'MRN0012A'],
    ['other', '  12  Élm   St ', '12 ELM ST'],
  ])('%s %j is %j', (kind, text, expected) => {
    expect(canonical(kind, text)).toBe(expected);
  });
});
