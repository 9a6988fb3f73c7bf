import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSource } from '../../../src/formats/text/source.ts';
import { latin1, utf8 } from '../support.ts';

const wide = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf16le'));

describe('openSource', () => {
  it.each([
    ['ASCII', latin1('MSH|^~\\&|'), false],
    ['UTF-8', utf8('Müller'), false],
    ['marked', wide('\ufeffé'), true],
    ['unmarked', wide('MSH|^~\\&|'), true],
    ['zeros', new Uint8Array(100), false],
    ['short', latin1('a\0b'), false],
    ['records of binary', latin1('\0abc'.repeat(50)), false],
    ['unmarked, Cyrillic in part', wide('MSH|^~\\&|A|B|C|D|2024||ADT^A01|1|P|2.5\rPID|||||Иванов^Иван\r'), true],
    ['binary', Uint8Array.from({ length: 400 }, (_, index) => (index * 7919) % 256), false],
  ])('%s', (_, bytes, transcoded) => {
    expect(openSource(bytes).transcoded).toBe(transcoded);
  });

  it('maps every character back to its bytes', () => {
    const unit = fc.constantFrom('a', 'é', '–', '😀', '|', '\r');
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1, maxLength: 300 }), fc.boolean(), (text, framed) => {
        const marked = wide(`\ufeff${text}`);
        const bytes = framed ? Uint8Array.from([0x0b, ...marked]) : marked;
        const source = openSource(bytes);
        const shift = framed ? 1 : 0;
        expect(source.buffer.toString('utf8')).toBe(`${framed ? '\x0b' : ''}\ufeff${text}`);
        let working = shift + 3;
        let origin = shift + 2;
        for (const character of text) {
          expect(source.origin(working)).toBe(origin);
          working += Buffer.byteLength(character);
          origin += character.length * 2;
        }
        expect(source.origin(source.buffer.length)).toBe(bytes.length);
      }),
      { numRuns: 200 },
    );
  });

  it('names what no character could be made of, joined', () => {
    const source = openSource(Uint8Array.from([0xff, 0xfe, 0x41, 0, 0x00, 0xd8, 0x00, 0xd8, 0x42, 0, 0x43]));
    expect(source.undecodable).toEqual([
      { start: 4, end: 8, reason: 'undecodable' },
      { start: 10, end: 11, reason: 'undecodable' },
    ]);
  });

  it('bounds that list', () => {
    const pairs = Array.from({ length: 5000 }, () => [0x41, 0, 0x00, 0xd8]).flat();
    const { undecodable } = openSource(Uint8Array.from([0xff, 0xfe, ...pairs]));
    expect(undecodable).toHaveLength(1000);
    expect(undecodable.at(-1)?.end).toBe(pairs.length + 2);
  });
});
