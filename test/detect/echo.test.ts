import { describe, expect, it } from 'vitest';
import type { IdentityValue } from '../../src/core/format.ts';
import { COMMON_WORDS, PLACEHOLDERS } from '../../src/detect/common-words.ts';
import { needleOf } from '../../src/detect/echo-forms.ts';
import { foldWithOrigin } from '../../src/detect/fold-map.ts';
import { detect } from '../../src/detect/scan.ts';
import { findings, found, message, shippedRules } from '../support/rules.ts';

function seek(kind: IdentityValue['kind'], parts: string[], text: string, free = true): string[] {
  const needle = needleOf({ kind, category: 'name', subject: 'patient', leaf: 0, parts });
  const folded = foldWithOrigin(text);
  const seen = needle?.find(folded.text, { free, numeric: false }) ?? [];
  // A family name within a whole name: resolveOverlaps drops it.
  const outer = seen.filter(
    (one) => !seen.some((other) => other.factor > one.factor && other.from <= one.from && one.to <= other.to),
  );
  return outer.map(({ from, to, factor }) => `${text.slice(folded.origin(from), folded.origin(to))}@${factor}`);
}

describe('names', () => {
  it.each([
    ['Jane Doe', ['Jane Doe@1']],
    ['JANE DOE', ['JANE DOE@1']],
    ['DOE, JANE', ['DOE, JANE@1']],
    ['Doe,Jane', ['Doe,Jane@1']],
    ['doe^jane', ['doe^jane@1']],
    ['Jane Q. Doe', ['Jane Q. Doe@1']],
    ['Jane Marie Doe', ['Jane Marie Doe@1']],
    ['jane.doe_2', ['jane.doe@1']],
    ['J. Doe', ['J. Doe@0.85']],
    ['Doe, J.', ['Doe, J.@0.85']],
    ['Doe', []],
    ['janedoe', ['janedoe@0.95']],
    ['xjanedoe', []],
    ['Doe and Jane', []],
    ['Janet Doe', []],
  ])('DOE^JANE in %j', (text, expected) => {
    expect(seek('name', ['DOE', 'JANE'], text)).toEqual(expected);
  });

  it.each([
    [['NÚÑEZ', 'JOSÉ'], 'Jose Nunez', ['Jose Nunez@1']],
    [['Nunez', 'Jose'], 'vu José Núñez hier', ['José Núñez@1']],
    [['GARCIA-LOPEZ', 'ANA'], 'Ana Garcia Lopez', ['Ana Garcia Lopez@1']],
    [['van der Berg', 'Anna'], 'Anna VanDerBerg', ['Anna VanDerBerg@1']],
    [["O'BRIEN", 'PAT'], 'Pat OBrien', ['Pat OBrien@1']],
    [['LI', 'WEI'], 'Wei Li', ['Wei Li@1']],
    [['LI', 'WEI'], 'Li level', []],
    [['OKAFOR', 'CHIDI'], 'told Okafor again', ['Okafor@0.7']],
    [['OKAFOR', 'CHIDI'], 'Dr. Okafor', []],
    [['OKAFOR', 'CHIDI'], 'Okafor Memorial', []],
    [['LONG', 'ADAM'], 'a long day', []],
    [['LONG', 'ADAM'], 'Adam Long', ['Adam Long@1']],
    [['Ли', 'Вэй'], 'Вэй Ли', ['Вэй Ли@1']],
    [['Иванова', 'Анна'], 'Анна Иванова', ['Анна Иванова@1']],
    [['UNKNOWN', 'PATIENT'], 'unknown patient', []],
  ])('%j in %j', (parts, text, expected) => {
    expect(seek('name', parts, text)).toEqual(expected);
  });

  it('looks for a family name alone in free text only', () => {
    expect(seek('name', ['OKAFOR', 'CHIDI'], 'OKAFOR', false)).toEqual([]);
  });
});

describe('dates', () => {
  it.each([
    '19620304',
    '1962-03-04',
    '1962/3/4',
    '03/04/1962',
    '3/4/1962',
    '04/03/1962',
    '4.3.1962',
    '04-03-1962',
    '4 March 1962',
    '4th of March 1962',
    '04-MAR-1962',
    '04-Mar-62',
    'March 4, 1962',
    'Mar 4th 1962',
    '03/04/62',
    '03041962',
    '04031962',
    '196203041530',
  ])('19620304 in %j', (text) => {
    expect(seek('date', ['19620304'], `born ${text}.`)).toEqual([`${text}@1`]);
  });

  it.each(['1962', '1962-03-05', '3/4', '119620304', '1.3.4.1962', '5 March 1962', '3/14/1962', '196203'])(
    'not in %j',
    (text) => {
      expect(seek('date', ['19620304'], text)).toEqual([]);
    },
  );

  it('needs a whole day', () => {
    expect(needleOf({ kind: 'date', category: 'date', subject: 'patient', leaf: 0, parts: ['1962'] })).toBeNull();
  });
});

describe('numbers, phones, mail, streets', () => {
  it.each([
    ['number', '78412233', 'no 78412233,', ['78412233@1']],
    ['number', '78412233', '7841-2233', ['7841-2233@1']],
    ['number', '7841-2233', '78412233', ['78412233@1']],
    ['number', 'AB-12345', 'ab12345', ['ab12345@1']],
    ['number', '536-22-8147', '536 22 8147', ['536 22 8147@1']],
    ['number', '78412233', '978412233', []],
    ['number', '78412233', '78412233.5', []],
    ['number', '12345', '1.2.12345', []],
    ['number', '1234', '1234', []],
    ['number', '00000000', '00000000', []],
    ['phone', '(217)555-7788', '217-555-7788', ['217-555-7788@1']],
    ['phone', '2175557788', '(217) 555-7788', ['217) 555-7788@1']],
    ['phone', '12175557788', '217.555.7788', ['217.555.7788@1']],
    ['phone', '2175557788', '+12175557788', ['2175557788@1']],
    ['phone', '2175557788', '32175557788', []],
    ['email', 'Jane.Doe@mail.example', '<jane.doe@MAIL.example>', ['jane.doe@MAIL.example@1']],
    ['email', 'doe@mail.example', 'jane.doe@mail.example', []],
    ['street', '4673 ELM ST', '4673 Elm Street', ['4673 Elm Street@1']],
    ['street', '4673 ELM ST', 'at 4673 Elm', ['4673 Elm@1']],
    ['street', '12 North Oak Hill Road', '12 N. Oak Hill Rd', ['12 N. Oak Hill Rd@1']],
    ['street', '4673 ELM ST', '467 Elm St', []],
    ['street', 'ELM ST', 'Elm St', []],
  ] as const)('%s %j in %j', (kind, value, text, expected) => {
    expect(seek(kind, [value], text)).toEqual(expected);
  });

  it('does not take a short number for a measured value', () => {
    const needle = needleOf({ kind: 'number', category: 'mrn', subject: 'patient', leaf: 0, parts: ['12345'] });
    expect(needle?.find('12345', { free: false, numeric: true })).toEqual([]);
    expect(needle?.find('12345', { free: false, numeric: false })).toHaveLength(1);
  });
});

describe('in a message', () => {
  const echoes = (...segments: string[]): string[] =>
    findings(...segments)
      .filter(([rule]) => rule.startsWith('echo.'))
      .map((one) => one.join(' '));
  const PID = 'PID|1||78412233^^^H^MR||OKAFOR^CHIDI||19620304||||4673 ELM ST^^CAPITAN||(217)555-7788|||||ACC99887';

  it('finds each kind of value outside its field', () => {
    expect(echoes(PID, 'NTE|1||Chidi Okafor, 03/04/1962, chart 78412233, 4673 Elm St, 217-555-7788, acc99887')).toEqual([
      'echo.name patient NTE-3 Chidi Okafor',
      'echo.date patient NTE-3 03/04/1962',
      'echo.number patient NTE-3 78412233',
      'echo.street patient NTE-3 4673 Elm St',
      'echo.phone patient NTE-3 217-555-7788',
      'echo.number patient NTE-3 acc99887',
    ]);
  });

  it('finds it in codes, Z segments and lines that are no segment, and through escapes and other scripts', () => {
    expect(echoes(PID, 'OBX|1|CWE|1^x||OKAFOR CHIDI')).toEqual(['echo.name patient OBX-5 OKAFOR CHIDI']);
    expect(echoes(PID, 'ZPI|1|78412233')).toEqual(['echo.number patient ZPI-2 78412233']);
    expect(echoes(PID, 'ZPI|1|OKAFOR^CHIDI')).toEqual(['echo.name patient ZPI-2.1 OKAFOR', 'echo.name patient ZPI-2.2 CHIDI']);
    expect(echoes(PID, 'seen: CHIDI OKAFOR')).toEqual(['echo.name patient raw CHIDI OKAFOR']);
    expect(echoes(PID, 'NTE|1||a\\T\\b Chidi Okafor')).toEqual(['echo.name patient NTE-3 Chidi Okafor']);
    expect(echoes(PID, 'NTE|1||é Chidi Ökafor')).toEqual(['echo.name patient NTE-3 Chidi Ökafor']);
  });

  it('finds nothing in the fields it was read from, nor where the same is claimed', () => {
    expect(echoes(PID, 'PV1|1|I')).toEqual([]);
    expect(echoes('PID|1||78412233^^^H^MR~78412233^^^G^MR||OKAFOR^CHIDI~OKAFOR^CHIDI')).toEqual([]);
    expect(echoes(PID, 'OBR|1||||||19620304')).toEqual([]);
  });

  it('lets staff and relatives share a family name, not a whole name', () => {
    expect(echoes(PID, 'PV1|1|I|||||77^OKAFOR^ADA')).toEqual([]);
    expect(echoes(PID, 'NK1|1|OKAFOR^ADA')).toEqual([]);
    expect(echoes(PID, 'PV1|1|I|||||77^OKAFOR^CHIDI')).toEqual([
      'echo.name patient PV1-7.2 OKAFOR',
      'echo.name patient PV1-7.3 CHIDI',
    ]);
  });

  it('finds a value at the seam of a long text in another script', () => {
    for (const before of [65_530, 65_536, 65_600]) {
      const found = echoes(PID, `NTE|1||${'é '.repeat(before / 2)}Chidi Okafor ${'é '.repeat(40_000)}`);
      expect(found).toEqual(['echo.name patient NTE-3 Chidi Okafor']);
    }
  });

  it('looks for thousands of values in rounds, and says what it did not look at when they cost too much', () => {
    const ids = Array.from({ length: 3000 }, (_, index) => `${7_000_000 + index * 17}^^^H^MR`).join('~');
    const parsed = message(`PID|1||${ids}`, 'NTE|1||chart 7050983 and 7000000');
    const numbers = (budget: number): string[] =>
      detect(parsed, shippedRules(), budget)
        .matches.filter(({ rule }) => rule === 'echo.number')
        .map((match) => found(parsed, match)[3]);
    expect(numbers(1e9)).toEqual(['7050983', '7000000']);
    const { unexamined } = detect(parsed, shippedRules(), 300_000);
    expect(unexamined.length).toBeGreaterThan(0);
  });

  it('looks for relatives too', () => {
    expect(echoes(PID, 'NK1|1|ROSSI^BEA', 'NTE|1||Bea Rossi called')).toEqual(['echo.name relative NTE-3 Bea Rossi']);
  });
});

it('keeps word lists in the form they are looked up in', () => {
  for (const word of [...COMMON_WORDS, ...PLACEHOLDERS]) expect(word).toMatch(/^[A-Z]{2,}$/);
});
