import { describe, expect, it } from 'vitest';
import { CharClass } from '../../../src/core/format.ts';
import { checkCover, latin1, leafAt, message, parse, textAt, typeAt, values } from '../support.ts';

const MSH = 'MSH|^~\\&|A|B|C|D|2024||ADT^A01|1|P|2.5';

describe('paths', () => {
  it.each([
    ['PID|||1', 'PID-3=1'],
    ['PID|||||DOE', 'PID-5=DOE'],
    ['PID|||||DOE^JANE', 'PID-5.1=DOE'],
    ['PID|||||DOE^JANE', 'PID-5.2=JANE'],
    ['PID|||1~2^^^H&1.2&ISO', 'PID-3[2].4.2=1.2'],
    ['PID|||1^^^H&1.2&ISO', 'PID-3.4.1=H'],
    ['PID|||A&B', 'PID-3.1.2=B'],
    ['PID|||~~C', 'PID-3[3]=C'],
    ['ZPI|x|secret', 'ZPI-2=secret'],
    ['zpi|x|secret', 'ZPI-2=secret'],
    ['OBX|1\rOBX|2\rOBX|3|TX|||note', 'OBX[3]-5=note'],
    ['OBX|1\rNTE|1\rOBX|2|TX|||note', 'OBX[2]-5=note'],
    ['PID||||||||||||||||||||||||||||||||||||||||||||||||||||deep', 'PID-52=deep'],
    ['continued text without a separator', 'raw=continued text without a separator'],
    ['pid|1|lower', 'raw=pid|1|lower'],
    ['SMITH', 'raw=SMITH'],
    [' PID|1', 'raw= PID|1'],
  ])('%j has %s', (line, expected) => {
    expect(values(message(latin1(`${MSH}\r${line}\r`)))).toContain(expected);
  });

  it('numbers the header from its separator', () => {
    const parsed = message(latin1(MSH));
    expect(values(parsed)).toEqual([
      'MSH-3=A',
      'MSH-4=B',
      'MSH-5=C',
      'MSH-6=D',
      'MSH-7=2024',
      'MSH-9.1=ADT',
      'MSH-9.2=A01',
      'MSH-10=1',
      'MSH-11=P',
      'MSH-12=2.5',
    ]);
  });
});

describe('types', () => {
  it.each([
    ['PID|||||DOE', 'PID-5', 'XPN.1'],
    ['PID|||||DOE^JANE', 'PID-5.1', 'XPN.1'],
    ['PID|||||DOE&VAN^JANE', 'PID-5.1.1', 'XPN.1.1'],
    ['PID|||||DOE^JANE&ANN', 'PID-5.2.2', 'XPN.2'],
    ['PID|||1^^^H&1.2', 'PID-3.4.1', 'CX.4.1'],
    ['PID|||||||1980', 'PID-7', 'DTM'],
    ['PID|||||||||||||||||||123', 'PID-19', 'ST'],
    ['PID|||||||||||||||||||123^4', 'PID-19.2', 'ST'],
    [`PID|||||${'^'.repeat(30)}x`, 'PID-5.31', ''],
    ['ZZZ|x', 'ZZZ-1', ''],
    ['OBX|1|TX|||a^b', 'OBX-5.2', 'TX'],
    ['OBX|1|XPN|||DOE^J', 'OBX-5.1', 'XPN.1'],
    ['OBX|1|PN|||DOE^J', 'OBX-5.1', 'XPN.1'],
    ['OBX|1|CX|||1~2', 'OBX-5[2]', 'CX.1'],
    ['OBX|1|TS|||2024', 'OBX-5', 'DTM'],
    ['OBX|1|CE|||a^b', 'OBX-5.2', 'CWE.2'],
    ['OBX|1||||x', 'OBX-5', ''],
    ['OBX|1|FOO|||x', 'OBX-5', ''],
    ['PRT|1|||||||||||||||UDI^x', 'PRT-16.1', 'EI.1'],
    ['PRT|1|||||||||||||||||||SER', 'PRT-20', 'ST'],
  ])('%j types %s as %j', (line, path, type) => {
    expect(typeAt(message(latin1(`${MSH}\r${line}\r`)), path)).toBe(type);
  });

  it('groups by segment', () => {
    const { leaves } = message(latin1(`${MSH}\rzpi|1\rjunk\r`));
    const groups = Array.from({ length: leaves.count }, (_, leaf) => leaves.addressOf(leaf).group);
    expect(groups.slice(-2)).toEqual(['ZPI', 'raw']);
  });
});

describe('delimiters', () => {
  it.each([
    ['usual', 'MSH|^~\\&|', '|^~&'],
    ['hash as separator', 'MSH#*~\\&#', '#*~&'],
    ['dollar as component', 'MSH|$~\\&|', '|$~&'],
    ['truncation character of 2.7', 'MSH|^~\\&#|', '|^~&'],
    ['letters of the alphabet soup', 'MSH!@:;%!', '!@:%'],
    ['no encoding characters', 'MSH||', '|^~&'],
  ])('%s', (_, header, [f = '', c = '', r = '', s = '']) => {
    const line = `PID${f}${f}${f}1${c}${c}${c}H${s}I${r}2${f}${f}DOE${c}JANE`;
    const found = values(message(latin1(`${header}APP${f}${f}${f}${f}${f}${f}ADT${c}A01\r${line}\r`)));
    expect(found).toEqual([
      'MSH-3=APP',
      'MSH-9.1=ADT',
      'MSH-9.2=A01',
      'PID-3.1=1',
      'PID-3.4.1=H',
      'PID-3.4.2=I',
      'PID-3[2]=2',
      'PID-5.1=DOE',
      'PID-5.2=JANE',
    ]);
  });

  it('splits by no character that a short MSH-2 does not declare', () => {
    expect(textAt(message(latin1('MSH|^|A||||||ADT\rPID|||||DOE&A~B^J\r')), 'PID-5.1')).toBe('DOE&A~B');
  });

  it.each([
    ['missing', 'MSH||A||||||ADT\r'],
    ['doubled', 'MSH|^^\\&|A||||||ADT\r'],
    ['a value in its place', 'MSH|LAB|A||||||ADT\r'],
  ])('reports encoding characters that are %s', (_, text) => {
    expect(message(latin1(text)).problems.map((problem) => problem.code)).toEqual(['hl7v2.delimiters']);
  });

  it('keeps a value that stands where MSH-2 should', () => {
    expect(values(message(latin1('MSH|LAB^X|A\r')))).toEqual(['MSH-2.1=LAB', 'MSH-2.2=X', 'MSH-3=A']);
  });
});

describe('terminators', () => {
  it.each(['\r', '\n', '\r\n', '\r\r\n', '\n\n'])('%j', (end) => {
    const bytes = latin1([MSH, 'PID|||1', 'OBX|1|TX|||x', ''].join(end));
    const parsed = parse(bytes);
    expect(values(message(bytes)).slice(-3)).toEqual(['OBX-1=1', 'OBX-2=TX', 'OBX-5=x']);
    expect(parsed).toHaveLength(1);
    checkCover(bytes, parsed);
  });

  it('mixes them in one message and needs none at the end', () => {
    const found = values(message(latin1(`${MSH}\r\nPID|||1\rPV1||I\nNTE|1||last`)));
    expect(found.slice(-4)).toEqual(['PID-3=1', 'PV1-2=I', 'NTE-1=1', 'NTE-3=last']);
  });

  it('does not let line feeds inside a value hide the rest', () => {
    const found = values(message(latin1(`${MSH}\rOBX|1|TX|||one\ntwo\nthree\nfour|F\rPID|||1\r`)));
    expect(found).toContain('raw=two');
    expect(found).toContain('raw=four|F');
    expect(found).toContain('PID-3=1');
  });
});

describe('classes', () => {
  it.each([
    ['123', CharClass.digit],
    ['Doe', CharClass.upper | CharClass.lower],
    ['a@b.c', CharClass.lower | CharClass.at | CharClass.dot],
    ['1-2/3:4 5', CharClass.digit | CharClass.hyphen | CharClass.slash | CharClass.colon | CharClass.space],
    ['\\T\\', CharClass.escape | CharClass.other | CharClass.upper],
    ['\xe9', CharClass.high],
    ['(', CharClass.other],
  ])('%j', (value, expected) => {
    const { leaves } = message(latin1(`${MSH}\rNTE|||${value}\r`));
    expect(leaves.classes[leaves.count - 1]).toBe(expected);
  });
});

it('bounds what made-up segments and fields leave behind', async () => {
  const { addressCount } = await import('../../../src/formats/address-book.ts');
  const names = Array.from({ length: 3000 }, (_, n) => `Z${n.toString(36).toUpperCase().padStart(2, '0')}`.slice(0, 3));
  const lines = names.flatMap((name) => [`${name}|a|b${'^'.repeat(100)}c|d`, `${name}${'|'.repeat(700)}far`]);
  const parsed = message(latin1(`${MSH}\r${lines.join('\r')}\r${'Q09|1\r'.repeat(3)}`));
  expect(addressCount()).toBeLessThan(20_000);
  expect(textAt(parsed, `${names[5]}[2]-700`)).toBe('far');
  expect(textAt(parsed, `Q09[3]-1`)).toBe('1');
  expect(parsed.leaves.addressOf(leafAt(parsed, `${names[5]}[2]-700`)).typePath).toBe('');
});
