import { describe, expect, it } from 'vitest';
import { latin1, leafAt, message, textAt, utf8 } from '../support.ts';

const head = (set: string) => `MSH|^~\\&|A|B|C|D|2024||ADT^A01|1|P|2.5||||||${set}\r`;
const body = (set: string, family: string) => `${head(set)}PID|||||${family}^J\r`;

function utf16(text: string, order: 'le' | 'be', mark: boolean): Uint8Array {
  const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
  return Uint8Array.from(order === 'le' ? bytes : bytes.swap16());
}

describe('sets', () => {
  it.each([
    ['8859/1', '\xd6ZT\xdcRK', 'ÖZTÜRK', []],
    ['8859/2', '\xa3UKASZ', 'ŁUKASZ', []],
    ['8859/5', '\xb8\xd2\xd0\xdd', 'Иван', []],
    ['8859/7', '\xc1\xe8\xde\xed\xe1', 'Αθήνα', []],
    ['8859/9', '\xddbrahim', 'İbrahim', []],
    ['8859/15', 'L\xbduvre', 'Lœuvre', []],
    ['ISO 8859-15~ISO IR87', 'L\xbduvre', 'Lœuvre', []],
    ['ASCII', 'M\xfcller', 'Müller', ['charset.mismatch']],
    ['', 'M\xfcller', 'Müller', ['charset.undeclared']],
    ['', 'M\x92r', 'M’r', ['charset.undeclared']],
    ['UNICODE UTF-8', 'M\xfcller', 'Müller', ['charset.mismatch']],
    ['CNS 11643-1992', 'M\xfcller', 'Müller', ['charset.unknown']],
    ['ISO IR14', '\xd4\xcf\xc0\xde', 'ﾔﾏﾀﾞ', []],
    ['', 'Muller', 'Muller', []],
  ])('%j reads %j as %s', (set, bytes, expected, problems) => {
    const parsed = message(latin1(body(set, bytes)));
    expect(textAt(parsed, 'PID-5.1')).toBe(expected);
    expect(parsed.problems.map((problem) => problem.code)).toEqual(problems);
  });

  it.each([
    ['UNICODE UTF-8', []],
    ['UTF-8', []],
    ['', ['charset.undeclared']],
    ['8859/1', ['charset.mismatch']],
  ])('reads valid UTF-8 as UTF-8 under %j', (set, problems) => {
    const parsed = message(utf8(body(set, 'Müller–€😀')));
    expect(textAt(parsed, 'PID-5.1')).toBe('Müller–€😀');
    expect(parsed.problems.map((problem) => problem.code)).toEqual(problems);
  });

  it('reads each value by itself where a message mixes sets', () => {
    const mixed = Buffer.concat([latin1(`${head('')}PID|||||M\xfcller^`), utf8('Zoë\r')]);
    expect(textAt(message(mixed), 'PID-5.1')).toBe('Müller');
    expect(textAt(message(mixed), 'PID-5.2')).toBe('Zoë');
  });

  it('puts no value of the message in a problem', () => {
    const [problem] = message(latin1(body('DOE-JANE', 'M\xfcller'))).problems;
    expect(JSON.stringify(problem)).not.toMatch(/DOE|JANE/);
  });
});

describe.each([
  ['le', true],
  ['be', true],
  ['le', false],
  ['be', false],
] as const)('UTF-16 %s, mark %s', (order, mark) => {
  const text = body('UNICODE UTF-16', 'Öztürk–😀 x');
  const bytes = utf16(text, order, mark);

  it('is read, and spans point into the bytes as given', () => {
    const parsed = message(bytes);
    const leaf = leafAt(parsed, 'PID-5.1');
    expect(parsed.leaves.text(leaf)).toBe('Öztürk–😀 x');
    expect(parsed.problems).toEqual([]);
    const whole = parsed.leaves.spanOf(leaf, 0, 11);
    expect(whole).toEqual({ start: parsed.leaves.start[leaf], end: parsed.leaves.end[leaf] });
    const part = parsed.leaves.spanOf(leaf, 6, 9);
    const at = Buffer.from(bytes.subarray(part?.start, part?.end));
    expect((order === 'le' ? at : at.swap16()).toString('utf16le')).toBe('–😀');
  });

  it('counts a cut character as unexamined', () => {
    const cut = Uint8Array.from([...bytes, 0x41]);
    const parsed = message(cut);
    expect(parsed.coverage.unexamined).toEqual([{ start: bytes.length, end: bytes.length + 1, reason: 'undecodable' }]);
    expect(parsed.end).toBe(cut.length);
  });
});

it.each([
  ['Müller', 0, 3, 'Mül'],
  ['a😀b', 1, 3, '😀'],
  ['a😀b', 2, 4, '😀b'],
  ['a😀b', 1, 2, '😀'],
  ['\\T\\é\\T\\', 1, 2, 'é'],
  ['\\T\\é\\T\\', 0, 2, '\\T\\é'],
])('the span of %j from %i to %i is %j', (value, from, to, expected) => {
  const bytes = utf8(body('UNICODE UTF-8', value));
  const parsed = message(bytes);
  const leaf = leafAt(parsed, 'PID-5.1');
  const span = parsed.leaves.spanOf(leaf, from, to);
  expect(Buffer.from(bytes.subarray(span?.start, span?.end)).toString()).toBe(expected);
});
