import { describe, expect, it } from 'vitest';
import { hl7v2 } from '../../../src/formats/hl7v2/format.ts';
import { checkCover, latin1, message, parse, textAt } from '../support.ts';

const one = 'MSH|^~\\&|A|B|C|D|2024||ADT^A01^ADT_A01|1|P|2.5\rPID|||1\r';
const two = 'MSH#*~\\&#A#B#C#D#2024##ORU*R01#2#T#2.5\rPID###2\r';

describe('bodies', () => {
  it.each([
    ['one message', one, ['ADT^A01']],
    ['two, with their own delimiters', one + two, ['ADT^A01', 'ORU^R01']],
    ['no terminator at the end', one.slice(0, -1), ['ADT^A01']],
    ['MLLP framing', `\x0b${one}\x1c\r`, ['raw', 'ADT^A01', 'raw']],
    ['framing after a cut terminator', `\x0b${one.slice(0, -1)}\x1c\r`, ['raw', 'ADT^A01', 'raw']],
    ['two frames', `\x0b${one}\x1c\r\x0b${two}\x1c\r`, ['raw', 'ADT^A01', 'raw', 'ORU^R01', 'raw']],
    ['byte order mark', `\xef\xbb\xbf${one}`, ['raw', 'ADT^A01']],
    ['blanks before the header', `  ${one}`, ['raw', 'ADT^A01']],
    ['junk around', `junk\r${one}\x1c\rjunk`, ['raw', 'ADT^A01', 'raw']],
    ['a batch', `FHS|^~\\&|x\rBHS|^~\\&|y\r${one}${two}BTS|2\rFTS|1\r`, ['raw', 'ADT^A01', 'ORU^R01', 'raw']],
    ['a batch with a bad member', `BHS|^~\\&|y\r${one}MSH\r\xff\x00|||\r${two}BTS|3\r`, ['raw', 'ADT^A01', 'ORU^R01', 'raw']],
    ['a batch of batches', `BHS|^~\\&\r${one}BTS|1\rBHS|^~\\&\r${two}BTS\r`, ['raw', 'ADT^A01', 'raw', 'ORU^R01', 'raw']],
    ['no header', 'PID|||1\r', ['raw']],
    ['a header without a separator', 'MSH', ['raw']],
    ['a word that begins like one', 'MSH, the hormone, is high\r', ['raw']],
    ['nothing', '', ['raw']],
  ])('%s', (_, text, expected) => {
    const bytes = latin1(text);
    const parts = parse(bytes);
    expect(parts.map((part) => (part.format === 'raw' ? 'raw' : part.type))).toEqual(expected);
    checkCover(bytes, parts);
  });

  it('keeps members apart: counts and delimiters start anew', () => {
    const [first, second] = parse(latin1(one + two));
    expect(first && textAt(first, 'PID-3')).toBe('1');
    expect(second && textAt(second, 'PID-3')).toBe('2');
  });

  it('does not take a mention of MSH in a note for a header', () => {
    const parts = parse(latin1(`${one}NTE|1||see MSH|^~\\&|X\rOBX|1|TX|||MSH, MSH-2\rMSH and so on\r`));
    expect(parts).toHaveLength(1);
  });

  it('reports a body without a header', () => {
    expect(hl7v2.parse({ bytes: latin1('hello'), elided: [] })[0]?.problems.map((problem) => problem.code)).toEqual([
      'hl7v2.header',
    ]);
  });

  it('resolves the escapes of a line that is no segment, and points at their bytes', () => {
    const text = 'MSH#*~$@#A#B#C#D#2024##ORU*R01#1#P#2.3.1\rgoes on: anna$T$mail.example\r';
    const { leaves } = message(latin1(text));
    const leaf = leaves.count - 1;
    expect([leaves.path(leaf), leaves.text(leaf)]).toEqual(['raw', 'goes on: anna@mail.example']);
    const span = leaves.spanOf(leaf, 9, 26);
    expect(text.slice(span?.start, span?.end)).toBe('anna$T$mail.example');
  });

  it('says how many lines are no segment', () => {
    expect(message(latin1(`${one}junk\rmore junk\r`)).problems).toEqual([
      { code: 'hl7v2.segment', detail: '2 line(s) are no segment; they are read as raw text', start: 0 },
    ]);
  });
});

describe('sniff', () => {
  it.each([
    [one, 1],
    [`\x0b${one}`, 1],
    [`\xef\xbb\xbf${one}`, 1],
    [`FHS|^~\\&\r${one}`, 1],
    [`junk\r${one}`, 0.8],
    ['{"resourceType":"Patient"}', 0],
    ['MSH', 0],
    ['', 0],
  ])('%j is %d', (text, expected) => {
    expect(hl7v2.sniff(latin1(text))).toBe(expected);
  });

  it('knows UTF-16', () => {
    expect(hl7v2.sniff(Uint8Array.from(Buffer.from(one, 'utf16le')))).toBe(1);
  });
});

describe('routing', () => {
  it('gives whole header fields, decoded, with the recommended delimiters', () => {
    const parsed = message(latin1('MSH#*~\\@#LAB*1.2*ISO#H\\T\\H#E#D#2024##ORU*R01*X#77#P*A#2.5###AL#NE########a@b\r'));
    expect(parsed.routing).toEqual({
      processing: 'P',
      fields: {
        'MSH-3': 'LAB^1.2^ISO',
        'MSH-4': 'H@H',
        'MSH-5': 'E',
        'MSH-6': 'D',
        'MSH-9': 'ORU^R01^X',
        'MSH-10': '77',
        'MSH-11': 'P^A',
        'MSH-12': '2.5',
        'MSH-15': 'AL',
        'MSH-16': 'NE',
        'MSH-24': 'a&b',
      },
    });
  });

  it('leaves out what is not there', () => {
    const parsed = message(latin1('MSH|^~\\&|A\r'));
    expect([parsed.type, parsed.routing.processing, parsed.routing.fields['MSH-9']]).toEqual(['', '', '']);
  });
});
