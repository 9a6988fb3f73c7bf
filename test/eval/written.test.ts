import { describe, expect, it } from 'vitest';
import { PARTS, writtenFile, writtenFiles } from './written.ts';

const textOf = ({ bytes }: { readonly bytes: Uint8Array }, encoding: 'utf8' | 'latin1' = 'utf8'): string =>
  Buffer.from(bytes).toString(encoding);

describe('a hand-written file', () => {
  it('is its text without marks, and labels that point at the bytes of what was marked', () => {
    const file = writtenFile(
      '1.txt',
      'notes',
      'Zoë [[Müller||name]] saw [[Ann Low||name||provider]] on [[3 May 2024||date||relative]].\n',
    );
    expect(textOf(file)).toBe('Zoë Müller saw Ann Low on 3 May 2024.\n');
    expect(
      file.labels.map(({ start, end, subject, optional }) => [
        textOf({ bytes: file.bytes.subarray(start ?? 0, end ?? 0) }),
        subject,
        optional,
      ]),
    ).toEqual([
      ['Müller', 'patient', undefined],
      ['Ann Low', 'provider', true],
      ['3 May 2024', 'relative', undefined],
    ]);
  });

  it('is in the set of characters that its first line names', () => {
    const file = writtenFile('2.txt', 'intl', '#charset iso8859-15\nEuro €, [[Müller||name]]');
    expect([...file.bytes.subarray(5, 6)]).toEqual([0xa4]);
    expect(textOf({ bytes: file.bytes.subarray(file.labels[0]?.start ?? 0, file.labels[0]?.end ?? 0) }, 'latin1')).toBe('Müller');
    expect(() => writtenFile('3.txt', 'intl', '#charset latin1\n[[Łucja||name]]')).toThrow('latin1 has no 141');
  });

  it('ends segments of HL7 with CR', () => {
    const file = writtenFile('4.hl7', 'us', 'MSH|^~\\&|A\nPID|1||[[4471823||mrn]]\n\n');
    expect(textOf(file)).toBe('MSH|^~\\&|A\rPID|1||4471823\r');
    expect(file.labels[0]).toMatchObject({ category: 'mrn', start: 18, end: 25 });
  });

  it.each(['[[x||nickname]]', '[[x||name||friend]]'])('refuses %s', (mark) => {
    expect(() => writtenFile('5.txt', 'notes', mark)).toThrow(/5\.txt: "(?:nickname|friend)" is no (?:category|subject)/);
  });
});

it('there are files of both parts, each with no mark left, and clean ones that name nobody', () => {
  for (const part of PARTS) {
    const files = [...writtenFiles(part)];
    expect(files.length).toBeGreaterThan(50);
    for (const file of files) expect(`${file.name} ${textOf(file, 'latin1').includes('[[')}`).toBe(`${file.name} false`);
  }
  const clean = [...writtenFiles('train')].filter(({ style }) => style === 'clean');
  expect(clean.flatMap(({ labels }) => labels).every(({ optional }) => optional === true)).toBe(true);
});
