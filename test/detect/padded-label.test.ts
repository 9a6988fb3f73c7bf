import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unpadded } from '../../src/detect/padded-label.ts';
import { detect } from '../../src/detect/scan.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { shippedRules } from '../support/rules.ts';

describe('a text without the padding around its colons', () => {
  it('is the label, its colon and the value', () => {
    for (const [text, short] of [
      ['Aadhaar         : 7382 5190 4676', 'Aadhaar: 7382 5190 4676'],
      ['Episodio...: URG-2024', 'Episodio: URG-2024'],
      ['MRN:          4471823', 'MRN: 4471823'],
      ['Telefon ......... 071 672 18 05', 'Telefon 071 672 18 05'],
      ['Name____: x   Ward   : y', 'Name: x   Ward: y'],
      ['Member ID         UCP 990 417 2281      Group    7', 'Member ID  UCP 990 417 2281  Group  7'],
    ] as const) {
      expect(unpadded(text)?.text).toBe(short);
    }
  });

  it('is so of a form that is drawn with bars, and not of a table that names its columns', () => {
    const form = '+-------+\n| Last name    | Doe    | First    | Jane    |\n| Ward    | 7 B    |\n+-------+';
    const short = unpadded(form)
      ?.text.split('\n')
      .map((line) => line.trim());
    expect(short).toEqual(['+-------+', 'Last name: Doe  First: Jane', 'Ward: 7 B', '+-------+']);
    const table = '| Name    | Ward |\n|-----|-----|\n| Doe    | Roe |';
    expect(unpadded(table)?.text).toBe('| Name  | Ward |\n|-----|-----|\n| Doe  | Roe |');
  });

  it('is found in one pass, whatever bars and dashes stand in it', () => {
    for (const part of ['|--', '| -', '+-:', ' | ', '|']) {
      const line = `${part.repeat(20_000)}x`;
      expect(unpadded(`a | b    c\n${line}\n`)?.text.length).toBeLessThanOrEqual(line.length + 12);
    }
  });

  it('is none where nothing is padded', () => {
    for (const text of ['MRN: 4471823', 'seen at 10:30, bed 4', 'wait... what: this', '']) expect(unpadded(text)).toBeNull();
  });

  it('knows of each character where it stands in the text as written', () => {
    const part = fc.constantFrom('MRN', '4471', ': ', ':', '   ', ' ......... ', '...', 'a', ' ', '：', '　　');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const short = unpadded(text);
        if (short === null) return;
        const characters = [...short.text].length === short.text.length;
        expect(characters).toBe(true);
        let before = -1;
        for (let at = 0; at < short.text.length; at++) {
          expect(text[short.at(at)]).toBe(short.text[at]);
          expect(short.at(at)).toBeGreaterThan(before);
          before = short.at(at);
        }
      }),
    );
  });

  it('has spans of the bytes as they are written', () => {
    const text = 'Hospital ref\nMRN             :      4471823    Phone ............ 217-555-7788';
    const found = parseBody({ bytes: Buffer.from(text), elided: [] }).flatMap((parsed) =>
      detect(parsed, shippedRules()).matches.map(({ leaf, from, to }) => {
        const span = parsed.leaves.spanOf(leaf, from, to);
        return text.slice(span?.start ?? 0, span?.end ?? 0);
      }),
    );
    expect(found).toEqual(['4471823', '217-555-7788']);
  });
});
