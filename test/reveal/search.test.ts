import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mask } from '../../src/core/mask.ts';
import { findByShape } from '../../src/reveal/search.ts';

const is = (wanted: string) => (value: string) => value === wanted;

describe('a value that is searched for by its shape', () => {
  it.each([
    ['Seen: Jane Doe, 12 Elm St.', 'Jane Doe'],
    ['Seen: Jane Doe, 12 Elm St.', '12 Elm St'],
    ['(617) 555-0142', '(617) 555-0142'],
    ['ref=SSN536228147x', '536228147'],
    ['PatientDoe1961', 'Doe1961'],
    ['Dr. Ng said', 'Ng'],
    ['Zoë Ångström\u0301 came', 'Zoë Ångström\u0301'],
  ])('in %j is %j', (text, value) => {
    expect(findByShape(text, mask(value), is(value))).toBe(value);
  });

  it('is the one that its token knows, of all of the shape', () => {
    expect(findByShape('Anna Lind, Erik Borg, Nils Holm', mask('Erik Borg'), is('Erik Borg'))).toBe('Erik Borg');
  });

  it('is nothing where nothing has the shape, or nothing of the shape is it', () => {
    expect(findByShape('call 555', mask('617-555-0142'), () => true)).toBeNull();
    expect(findByShape('Anna Lind', mask('Erik Borg'), is('Erik Borg'))).toBeNull();
    expect(findByShape('', '***', () => true)).toBeNull();
  });

  it('ends on a text of a million signs without what is sought', () => {
    expect(findByShape('. '.repeat(500_000), mask('Erik Borg'), () => false)).toBeNull();
  });

  it('is found wherever it stands between words', () => {
    const word = fc.stringMatching(/^[A-Z][a-zäöü]{4,9}$/);
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 20 }),
        word,
        word,
        fc.array(word, { maxLength: 20 }),
        (before, first, last, after) => {
          const value = `${first} ${last}`;
          expect(findByShape([...before, value, ...after].join(' '), mask(value), is(value))).toBe(value);
        },
      ),
    );
  });
});
