import { describe, expect, it } from 'vitest';
import { fullDate, isPlaceholder } from '../../../src/formats/hl7v2/placeholders.ts';
import { latin1, message } from '../support.ts';

function identity(...lines: string[]): string[] {
  const parsed = message(latin1(`MSH|^~\\&|A|B|C|D|2024||ADT^A01|1|P|2.5\r${lines.join('\r')}\r`));
  return parsed.identity.values.map((value) => {
    const path = parsed.leaves.path(value.leaf);
    return `${path} ${value.subject} ${value.category} ${value.kind} ${value.parts.join('/')}`;
  });
}

describe('identity', () => {
  it.each([
    [
      'PID|||12345^^^H&1.2&ISO^MR~987-65-4321^^^SSA^SS',
      ['PID-3.1 patient mrn number 12345', 'PID-3[2].1 patient ssn number 987-65-4321'],
    ],
    ['PID|||551^^^X^AN~D12^^^IL^DL~77', ['PID-3.1 patient account number 551', 'PID-3[2].1 patient license number D12']],
    ['PID|||||DOE^JANE^Q~ROE^JANE', ['PID-5.1 patient name name DOE/JANE/Q', 'PID-5[2].1 patient name name ROE/JANE']],
    ['PID|||||DOE&VAN&X^JANE', ['PID-5.1.1 patient name name DOE/JANE']],
    ['PID|||||DOE, JANE', ['PID-5 patient name name DOE/JANE']],
    ['PID|||||DOE^^Q', ['PID-5.1 patient name name DOE//Q']],
    ['PID||||||JONES^MARY', ['PID-6.1 relative name name JONES/MARY']],
    ['PID|||||||19800214', ['PID-7 patient date date 19800214']],
    ['PID|||||||198002141530-0500', ['PID-7 patient date date 19800214']],
    ['PID|||||||1980', []],
    ['PID|||||||19000101', []],
    ['PID|||||||||AKA^JANE', ['PID-9.1 patient name name AKA/JANE']],
    ['PID|||||||||||12 MAIN ST^^X', ['PID-11.1 patient street street 12 MAIN ST']],
    ['PID|||||||||||12 MAIN ST&MAIN ST&12^^X', ['PID-11.1.1 patient street street 12 MAIN ST']],
    [
      'PID|||||||||||||(217)555-0100^PRN^PH~^NET^Internet^j@x.org|^WPN^FX^^1^217^5550199',
      [
        'PID-13.1 patient phone phone (217)555-0100',
        'PID-13[2].4 patient email email j@x.org',
        'PID-14.7 patient fax phone 2175550199',
      ],
    ],
    ['PID|||||||||||||^PRN^PH^^^2175550100', ['PID-13.6 patient phone phone 2175550100']],
    [
      'PID||||||||||||||||||A-1|536-22-8147|D-9^IL',
      ['PID-18 patient account number A-1', 'PID-19 patient ssn number 536-22-8147', 'PID-20.1 patient license number D-9'],
    ],
    ['PV1|||||||||||||||||||V01', ['PV1-19 patient account number V01']],
    ['NK1|1|DOE^JOHN|||(217)555-0111', ['NK1-2.1 relative name name DOE/JOHN', 'NK1-5 relative phone phone (217)555-0111']],
    ['GT1|1||ROE^RICHARD', ['GT1-3.1 relative name name ROE/RICHARD']],
    ['IN1|1|||||||||||||||POE^PAT', ['IN1-16.1 relative name name POE/PAT']],
    [
      'MRG|OLD1|||OLD4|||DOE^J',
      ['MRG-1 patient mrn number OLD1', 'MRG-4 patient mrn number OLD4', 'MRG-7.1 patient name name DOE/J'],
    ],
    ['PID|||""||""|""|""', []],
    ['PID|||UNKNOWN||Unknown Patient', []],
    ['PID|||000000000~999-99-9999||TEST^PATIENT', []],
    ['PV1|||||||SMITH^JOHN', []],
  ])('%j', (line, expected) => {
    expect(identity(line)).toEqual(expected);
  });

  it('lets an insured who is the patient stay the patient', () => {
    expect(identity('PID|||||DOE^JANE', 'GT1|1||Doe^Jane', 'IN1|1|||||||||||||||DOE^JANE')).toEqual([
      'PID-5.1 patient name name DOE/JANE',
    ]);
  });
});

it.each([
  ['UNKNOWN', true],
  ['unknown  patient', true],
  ['""', true],
  ['', true],
  ['--', true],
  ['9999999', true],
  ['000-00-0000', true],
  ['N/A', true],
  ['DOE', false],
  ['12', false],
])('isPlaceholder(%j) is %s', (value, expected) => {
  expect(isPlaceholder(value)).toBe(expected);
});

it.each([
  ['19800214', '19800214'],
  ['1980-02-14', '19800214'],
  ['19800230', null],
  ['1980', null],
  ['198002', null],
  ['99991231', null],
  ['DOE', null],
])('fullDate(%j) is %j', (value, expected) => {
  expect(fullDate(value)).toBe(expected);
});
