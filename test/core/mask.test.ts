import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mask } from '../../src/core/mask.ts';

describe('mask', () => {
  it.each([
    ['DOE^JANE', 'AAA^AAAA'],
    ['536-22-8147', '999-99-9999'],
    ['Alexandria', 'Aaaaa'],
    ['Doe', '***'],
    ['1234', '***'],
    ['12345', '9999'],
    ['Åse Ødegård', 'Aaa Aaaaa'],
    ['山田^太郎', 'AA^AA'],
    ['٠١٢٣٤٥', '9999'],
    ['ab\r\ncdef', 'aa  aaaa'],
    ['𝐉𝐚𝐧𝐞𝐃', 'AaaaA'],
    ['Ⓙⓐⓝⓔⓓ', '????'],
  ])('%j has the shape %j', (value, shape) => {
    expect(mask(value)).toBe(shape);
  });

  it('says nothing of which letters and digits a value has', () => {
    const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(letter, letter, fc.constantFrom('l', 'u', 'd', '-', ' ')), { minLength: 5, maxLength: 40 }),
        (cells) => {
          const spell = (pick: (cell: [string, string, string]) => string) =>
            cells
              .map((cell) => {
                const kind = cell[2];
                if (kind === 'l') return pick(cell);
                if (kind === 'u') return pick(cell).toUpperCase();
                return kind === 'd' ? String(pick(cell).charCodeAt(0) % 10) : kind;
              })
              .join('');
          expect(mask(spell((cell) => cell[0]))).toBe(mask(spell((cell) => cell[1])));
        },
      ),
    );
  });

  it('holds no letter but A and a, no digit but 9, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (value) => {
        expect(mask(value)).not.toMatch(/(?![Aa9])[\p{L}\p{N}\p{M}]/u);
      }),
    );
  });
});
