import { describe, expect, it } from 'vitest';
import { detect } from '../../src/detect/scan.ts';
import { message, ofCategory, shippedRules } from '../support/rules.ts';

const devices = (...segments: string[]): string[] => ofCategory('device-id', ...segments);
const note = (text: string): string => `NTE|1||${text}`;

describe('a UDI', () => {
  it.each([
    [
      'of an implant is its patient’s',
      'implanted valve, UDI (01)00844588003288(17)280131(21)4471',
      ['patient NTE-3 (01)00844588003288(17)280131(21)4471'],
    ],
    ['of an analyser is equipment', 'run on analyzer (01)00844588003288(21)4471', ['equipment NTE-3 (01)00844588003288(21)4471']],
    ['that nothing is said of is somebody’s', 'UDI (01)00844588003288(21)4471', ['unknown NTE-3 (01)00844588003288(21)4471']],
    ['without a serial number is a model', 'implanted valve (01)00844588003288(10)892363', []],
    [
      'as a reader gives it',
      'implanted stent 010084458800328817280131214471A',
      ['patient NTE-3 010084458800328817280131214471A'],
    ],
  ])('%s', (_what, text, expected) => {
    expect(devices(note(text))).toEqual(expected);
  });
});

it.each([
  ['a pacemaker', 'pacemaker, serial number RV917069S.', 'patient NTE-3 RV917069S'],
  ['a scanner', 'CT scanner s/n 44718-B was serviced', 'equipment NTE-3 44718-B'],
  ['a pump that went home', 'infusion pump serial no. SN-450296K sent home', 'unknown NTE-3 SN-450296K'],
])('the serial number of %s', (_what, text, expected) => {
  expect(devices(note(text))).toEqual([expected]);
});

it('numbers of an implant in a follow-up are the patient’s, and weigh more than a model', () => {
  const found = detect(
    message('OBX|1|ST|720898^MDC_IDC_DEV_MODEL^MDC|1|W1DR01', 'OBX|2|ST|720899^MDC_IDC_DEV_SERIAL^MDC|1|PJN123456H'),
    shippedRules(),
  ).matches;
  expect(found.map(({ rule, subject, severity }) => [rule, subject, severity])).toEqual([
    ['device.implant-serial', 'patient', 'high'],
  ]);
});

it('fields of equipment are nobody’s', () => {
  expect(devices('EQU|ANALYSER4^LAB|20240105', 'IPC|||||||CT1||CT1_AE', 'SAC|||||RACK7')).toEqual([
    'equipment EQU-1.1 ANALYSER4',
    'equipment IPC-7 CT1',
    'equipment IPC-9 CT1_AE',
    'equipment SAC-5 RACK7',
  ]);
});

it('no value is found twice where free-text knows it too', () => {
  const found = detect(
    message(note('pacemaker, serial number RV917069S; UDI (01)00844588003288(21)4471')),
    shippedRules(),
  ).matches;
  expect(found.map(({ rule }) => rule)).toEqual(['device.serial', 'device.udi']);
});
