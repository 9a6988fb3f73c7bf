import { describe, expect, it } from 'vitest';
import { hl7v2 } from '../../../src/formats/hl7v2/format.ts';
import { latin1, leafAt, textAt } from '../support.ts';

const HEAD = (set: string) => `MSH|^~\\&|A|B|C|D|2024||ADT^A01|1|P|2.5||||||${set}\r`;
const JIS = '\x1b$B';
const ASCII = '\x1b(B';

function parsed(set: string, family: string, given = 'Jane') {
  const bytes = latin1(`${HEAD(set)}PID|1||4000123^^^H^MR||${family}^${given}||19620307\r`);
  const [message] = hl7v2.parse({ bytes, elided: [] });
  if (message === undefined) throw new Error('there is a message');
  return { message, bytes };
}

/** Second bytes that delimit in ASCII: `|` 7C, `^` 5E, `\` 5C, `~` 7E, and `&` 26 within two bytes of JIS. */
describe('characters that hold delimiters', () => {
  it.each([
    ['GB 18030-2000', '\x81\x7c\xd5\xc5', 'gb18030'],
    ['GB 18030-2000', '\x81\x5e\x8f\x5c', 'gb18030'],
    ['GB 18030-2000', '\x81\x30\x81\x30\xd5\xc5', 'gb18030'],
    ['GBK', '\xd5\xc5\x90\x7e', 'gb18030'],
    ['BIG-5', '\xb3\x5c\xa5\x5c', 'big5'],
    ['BIG-5', '\xa4\x7c\xa4\x5e', 'big5'],
    ['KS X 1001', '\xb1\xe8', 'euc-kr'],
    ['SHIFT_JIS', '\x83\x5c\x95\x5c', 'shift_jis'],
    ['ISO IR87', `${JIS}\x3b\x33\x45\x44${ASCII}`, 'iso-2022-jp'],
    ['ISO IR6~ISO IR87', `${JIS}\x46\x7c\x45\x5e${ASCII}`, 'iso-2022-jp'],
    ['', `${JIS}\x3b\x33\x26\x22${ASCII}`, 'iso-2022-jp'],
  ])('%s: %j', (set, family, label) => {
    const expected = new TextDecoder(label).decode(latin1(family));
    const { message, bytes } = parsed(set, family);
    expect(expected).not.toContain('\ufffd');
    expect(textAt(message, 'PID-5.1')).toBe(expected);
    expect(textAt(message, 'PID-5.2')).toBe('Jane');
    expect(textAt(message, 'PID-7')).toBe('19620307');
    expect(message.problems).toEqual([]);
    const { leaves } = message;
    const span = leaves.spanOf(leafAt(message, 'PID-5.1'), 0, expected.length);
    const raw = latin1(family.endsWith(ASCII) ? family.slice(0, -ASCII.length) : family);
    expect(Buffer.from(bytes.subarray(span?.start, span?.end))).toEqual(Buffer.from(raw));
    const after = leaves.spanOf(leafAt(message, 'PID-7'), 0, 8);
    expect(Buffer.from(bytes.subarray(after?.start, after?.end)).toString()).toBe('19620307');
    expect(message.coverage).toEqual({ bytes: bytes.length, examined: bytes.length, unexamined: [] });
  });
});

it('finds a part of such a value in its bytes', () => {
  const { message, bytes } = parsed('GB 18030-2000', '\xd5\xc5ab\x81\x7c');
  const span = message.leaves.spanOf(leafAt(message, 'PID-5.1'), 1, 3);
  expect(Buffer.from(bytes.subarray(span?.start, span?.end)).toString()).toBe('ab');
});

it('reads UTF-8 that was declared otherwise as UTF-8', () => {
  const bytes = Buffer.from(`${HEAD('GB 18030-2000')}PID|1||||张^伟\r`, 'utf8');
  const [message] = hl7v2.parse({ bytes, elided: [] });
  expect(message === undefined ? '' : textAt(message, 'PID-5.1')).toBe('张');
  expect(message?.problems.map(({ code }) => code)).toEqual(['charset.mismatch']);
});

it('leaves what is ASCII, and an escape character that calls no set, as it is', () => {
  expect(parsed('GB 18030-2000', 'DOE').message.leaves.ascii).toBeDefined();
  expect(textAt(parsed('ASCII', 'D\x1bOE').message, 'PID-5.1')).toBe('D\x1bOE');
});
