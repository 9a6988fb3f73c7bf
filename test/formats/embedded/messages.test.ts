import { describe, expect, it } from 'vitest';
import { detect } from '../../../src/detect/scan.ts';
import { parseBody } from '../../../src/formats/registry.ts';
import { shippedRules } from '../../support/rules.ts';

const SEGMENTS = [
  'MSH|^~\\&|LIS|H|EHR|H|20260102030405||ADT^A08|1|P|2.5.1',
  'PID|1||77410293^^^H^MR||Brandvold^Leif\\T\\Äsa||19581130|M',
  'NK1|1|Okonkwo^Adaeze|SPO',
];
const JSON_TEXT = JSON.stringify({
  patient: { mrn: '77410293', lastName: 'Brandvold', birthDate: '1958-11-30' },
  next: { name: 'Okonkwo' },
});
const XML_TEXT =
  '<Patient><MRN>77410293</MRN><LastName>Brandvold</LastName><BirthDate>1958-11-30</BirthDate><Spouse><LastName>Okonkwo</LastName></Spouse></Patient>';
const joined = (brk: string): string => SEGMENTS.join(brk);
const inString = (text: string): string => JSON.stringify(text);
const prefixed = (prefix: (line: number) => string): string => SEGMENTS.map((segment, line) => prefix(line) + segment).join('\n');

/** Texts that hold a message, and how the values in it are found. */
const HELD: Readonly<Record<string, string>> = {
  'HL7 v2 in a line, its breaks by escapes': `10:11:12 INFO received ${joined('\\r')}`,
  'HL7 v2 in a line, its breaks as ^M': `received: ${joined('^M')}^M`,
  'HL7 v2 in a line, its breaks named': `in <VT>${joined('<CR>')}<CR><FS><CR> 3 segments`,
  'HL7 v2 in a line, its breaks as blanks that nobody sees': `in ${joined('\u240d\u240a')}`,
  'HL7 v2 in a string of a line': `10:11:12 DEBUG message=${inString(joined('\r'))}, status=ok`,
  'HL7 v2 in a string in a string': `10:11:12 DEBUG body=${inString(inString(joined('\r\n')))} end`,
  'HL7 v2 in an element of a line': `10:11:12 <msg><v>${joined('\\n').replaceAll('&', '&amp;')}</v></msg>`,
  'HL7 v2 behind what a log writes': prefixed((line) => `2026-01-02 10:11:1${line},00${line} [main] DEBUG - `),
  'HL7 v2 that was quoted': `Hello,\n\n${prefixed(() => '> ')}\n\nRegards`,
  'HL7 v2 in a string of JSON': JSON.stringify({ queue: 'adt', message: joined('\r') }),
  'HL7 v2 in XML': `<root><queue>adt</queue><message><![CDATA[${joined('\r\n')}]]></message></root>`,
  'JSON in a line': `10:11:12 INFO payload=${JSON_TEXT} in 3 ms`,
  'JSON in a string of a line': `10:11:12 INFO body=${inString(JSON_TEXT)} in 3 ms`,
  'JSON in a string in a string': `10:11:12 INFO body=${inString(inString(JSON_TEXT))} in 3 ms`,
  'JSON in a string of JSON': JSON.stringify({ queue: 'adt', message: JSON_TEXT }),
  'JSON over lines, behind a head': `POST /x HTTP/1.1\r\nHost: a\r\n\r\n${JSON.stringify(JSON.parse(JSON_TEXT), null, 2).replaceAll('\n', '\r\n')}\r\n\r\nHTTP/1.1 200 OK\r\n`,
  'XML in a line': `10:11:12 INFO sent ${XML_TEXT} to x`,
  'XML over lines': `HTTP/1.1 200 OK\n\n<?xml version="1.0"?>\n<soap:Envelope xmlns:soap="urn:x">\n${XML_TEXT.replaceAll('><', '>\n<')}\n</soap:Envelope>\nbye\n`,
  'XML in a string of JSON': JSON.stringify({ queue: 'adt', message: XML_TEXT }),
};

interface Place {
  readonly text: string;
  readonly category: string;
  readonly path: string;
  readonly bytes: string | null;
}

function findingsIn(body: Buffer): Place[] {
  return parseBody({ bytes: body, elided: [] }).flatMap((parsed) => {
    const { leaves } = parsed;
    return detect(parsed, shippedRules()).matches.map(({ leaf, from, to, category }) => {
      const span = leaves.spanOf(leaf, from, to);
      const bytes = span === null ? null : body.toString('utf8', span.start, span.end);
      return { text: leaves.text(leaf).slice(from, to), category, path: leaves.path(leaf), bytes };
    });
  });
}

describe('a message that stands in a text', () => {
  it.each(Object.entries(HELD))('is read by its own format: %s', (_how, text) => {
    const found = findingsIn(Buffer.from(text));
    const of = (category: string): string[] => found.filter((one) => one.category === category).map((one) => one.text);
    expect(of('mrn')).toContain('77410293');
    expect(of('name')).toEqual(expect.arrayContaining([expect.stringMatching(/^Brandvold/), expect.stringMatching(/^Okonkwo/)]));
    expect(of('date')).toEqual(expect.arrayContaining([expect.stringMatching(/^1958-?11-?30$/)]));
  });

  it.each(Object.entries(HELD))('has places in the body: %s', (how, text) => {
    const plain = findingsIn(Buffer.from(text)).filter(({ text: value }) => /^[\w-]+$/.test(value));
    for (const { text: value, bytes, path } of plain) expect([path, bytes]).toEqual([path, value]);
    if (how.startsWith('HL7')) expect(plain.map(({ path }) => path)).toContainEqual(expect.stringMatching(/PID-3\.1$/));
  });

  it('is not read twice where its own format did not take it', () => {
    const parsed = parseBody({ bytes: Buffer.from('{"a": "b", "name": bad}\n'), elided: [] });
    expect(parsed.map(({ leaves }) => leaves.count)).toEqual([1]);
    const whole = parseBody({ bytes: Buffer.from('{\n"a": "b",\n"name": bad\n}\n'), elided: [] });
    expect(whole.flatMap(({ leaves }) => Array.from({ length: leaves.count }, (_, leaf) => leaves.path(leaf)))).toEqual([
      'raw',
      'raw',
      'raw',
      'raw',
    ]);
  });

  it('is left to the text where it is none', () => {
    for (const text of [
      'Patient{id=1, name="x"} and {"unclosed": "MRN 77410293',
      'MSH|^~\\&|LIS|H|EHR|H|20260102030405||ADT^A08|1|P|2.5.1 alone',
      'see <b>bold</b> and <i>more</i>, a < b, <nobody@example.org>',
    ]) {
      const [parsed] = parseBody({ bytes: Buffer.from(`x ${text}\n`), elided: [] });
      expect([text, parsed?.leaves.count, parsed?.coverage.unexamined]).toEqual([text, 1, []]);
    }
  });

  it('leaves nothing unexamined where there are more than may be opened', () => {
    const line = `payload={"mrn":"77410293","status":"a"}\n`;
    const [parsed] = parseBody({ bytes: Buffer.from(`log\n${line.repeat(12_000)}`), elided: [] });
    expect(parsed?.coverage.unexamined).toEqual([]);
  });

  it('costs what its size does, however many brackets open', () => {
    // Each would be read to its end, were nobody counting; the test would not come back.
    const opening = 'x '.concat('{"a":['.repeat(200_000), '<a>'.repeat(200_000));
    expect(parseBody({ bytes: Buffer.from(opening), elided: [] })).toHaveLength(1);
    expect(parseBody({ bytes: Buffer.from(`x\n${'{"a":[\n'.repeat(100_000)}`), elided: [] })).toHaveLength(1);
  });
});
