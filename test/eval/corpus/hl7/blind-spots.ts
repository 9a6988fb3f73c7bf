import { fill } from '../fill.ts';
import type { CorpusFile } from '../label.ts';
import { encode, labelsOf, latin1, mapText, plain, utf8 } from '../marks.ts';
import type { Draft } from './draft.ts';
import { messageOf } from './messages.ts';
import * as part from './segments.ts';
import { components, pathsOf, render, type Segment, segment, subcomponents } from './structure.ts';

/** Things to plant: each with a word beside it, so that a place that is read at all gives it away. */
const PLANTS = ['Patient name: {name}', 'SSN {ssn}', 'DOB {dob}', 'call {phone}', 'email {email}', 'MRN: {mrn}'] as const;

type Spot = (draft: Draft, planted: string, other: string) => readonly Segment[];

const base = ({ writer }: Draft): Segment[] => messageOf('ORU', writer, []);

/** Places that scanners pass over. */
const SPOTS: Readonly<Record<string, Spot>> = {
  'lower-case-segment': (draft, planted) => [...base(draft), segment('nte', { 1: '1', 3: planted })],
  'unknown-segment': (draft, planted) => [...base(draft), segment('XQ9', { 2: planted })],
  'vendor-segment': (draft, planted, other) => [
    ...base(draft),
    segment(draft.dialect.extra, { 1: '1', 7: components('', other, planted) }),
  ],
  'no-segment': (draft, planted) => [...base(draft), `continued from above ${planted}`],
  'past-last-field': (draft, planted) => [...base(draft), segment('NTE', { 1: '1', 40: planted })],
  'security-field': ({ writer, ...draft }, planted) => {
    const [head = '', ...rest] = base({ ...draft, writer });
    return [head.replace(/^(MSH(?:\uF8F0[^\uF8F0]*){5}\uF8F0)/u, (found) => found + planted), ...rest];
  },
  'deep-components': (draft, planted) => [
    ...base(draft),
    part.observation(draft.writer, 80, 'ST', components('X', 'Y', 'L'), components('a', 'b', subcomponents('c', 'd', planted))),
  ],
  'coded-text': (draft, planted) => [
    ...base(draft),
    part.observation(draft.writer, 81, 'CWE', components('X', 'Y', 'L'), components('', '', '', '', '', '', '', '', planted)),
  ],
  'order-detail': (draft, planted) => [
    ...base(draft),
    segment('OBR', { 1: '2', 4: components('X', planted), 13: '', 31: components('', planted) }),
  ],
};

/** A file with an identifier in such a place. */
export function blindSpot(name: string, draft: Draft): CorpusFile {
  const { random, filling, sheet, dialect } = draft;
  const own = { ...filling, kind: 'blind-spot' as const, known: new Set<never>() };
  const plant = (): string => fill(random.pick(PLANTS), own);
  const special = random.int(0, 12);
  if (special === 0) return around(name, draft, plant());
  if (special === 1) return hexEscaped(name, draft, plant());
  if (special === 2) return wrongCharset(name, draft, plant());
  const [style, spot] = random.pick(Object.entries(SPOTS));
  const segments = spot(draft, plant(), plant());
  const { bytes, placed } = encode(
    bom(dialect.charset) + render(segments, { text: dialect.delimiters }, dialect.terminator),
    dialect.encoder,
  );
  return { name, format: 'hl7v2', style: `blind-${style}`, bytes, labels: labelsOf(name, sheet, placed, pathsOf(segments)) };
}

const bom = (charset: string): string => (charset === 'UNICODE' ? '\uFEFF' : '');

/** Before the header and after the last segment, as logs and hand-cut files have it. */
function around(name: string, draft: Draft, planted: string): CorpusFile {
  const { dialect, sheet } = draft;
  const segments = base(draft);
  const text = `sent by interface, ${planted}\n${render(segments, { text: dialect.delimiters }, dialect.terminator)}\n--- end of file ---\n`;
  const { bytes, placed } = encode(bom(dialect.charset) + text, dialect.encoder);
  return { name, format: 'hl7v2', style: 'blind-around', bytes, labels: labelsOf(name, sheet, placed, pathsOf(segments)) };
}

const BEYOND_LATIN1 = /[^\0-\xff\ue000-\uf8ff]/u;

/** Every letter and digit of the value as `\Xdd\` (HL7 2.5.1 §2.7.7), by its bytes: of letters beyond Latin-1 those of UTF-8, which the message then declares. */
function hexEscaped(name: string, draft: Draft, planted: string): CorpusFile {
  const { sheet } = draft;
  const set = BEYOND_LATIN1.test(plain(planted)) ? 'utf8' : 'latin1';
  const charset = set === 'utf8' ? 'UNICODE UTF-8' : '';
  const dialect = { ...draft.dialect, encoder: utf8, charset, delimiters: '|^~\\&', terminator: '\r' };
  const segments = base({ ...draft, dialect, writer: { ...draft.writer, dialect } });
  const head = render(segments, { text: dialect.delimiters }, '\r');
  const hex = mapText(planted, (text) => `\\X${Buffer.from(text, set).toString('hex').toUpperCase()}\\`).replaceAll('\\X\\', '');
  const { bytes, placed } = encode(`${head}NTE|1|L|${hex}\r`, utf8);
  // The label's text is what is meant, not its escapes.
  const labels = labelsOf(name, sheet, placed, pathsOf(segments)).map((label) => ({
    ...label,
    text: decodeHex(label.text, set),
  }));
  return { name, format: 'hl7v2', style: 'blind-hex-escape', bytes, labels };
}

function decodeHex(text: string, set: 'utf8' | 'latin1'): string {
  return plain(text).replace(/\\X([0-9A-F]*)\\/g, (_, hex: string) => Buffer.from(hex, 'hex').toString(set));
}

/** Declared as one set, written in another. */
function wrongCharset(name: string, draft: Draft, planted: string): CorpusFile {
  const { sheet, random } = draft;
  const declared = random.chance(0.5) ? 'UNICODE UTF-8' : '8859/1';
  const dialect = { ...draft.dialect, encoder: declared === '8859/1' ? utf8 : latin1, charset: declared };
  const segments = [...base({ ...draft, dialect, writer: { ...draft.writer, dialect } }), part.note(1, planted)];
  const { bytes, placed } = encode(render(segments, { text: dialect.delimiters }, '\r'), dialect.encoder);
  return { name, format: 'hl7v2', style: 'blind-wrong-charset', bytes, labels: labelsOf(name, sheet, placed, pathsOf(segments)) };
}
