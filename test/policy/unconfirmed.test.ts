import { describe, expect, it, test } from 'vitest';
import type { Match } from '../../src/detect/match.ts';
import { decide } from '../../src/policy/decide.ts';
import { compileRegister } from '../../src/policy/register.ts';
import { isByWordsAlone, isOfSomebody } from '../../src/policy/unconfirmed.ts';
import { type Found, message, NOW, policy, provenance } from './make.ts';

const GUESS = { rule: 'names.unknown', category: 'name', subject: 'unknown', confidence: 0.9 } as const;

describe('words alone speak for', () => {
  test.each<[string, Partial<Match>, boolean]>([
    ['a name of nobody knows whom, however sure', {}, true],
    ['a patient by a word that goes before things too', { rule: 'names.patient', subject: 'patient', confidence: 0.65 }, true],
    ['a town', { rule: 'places.town-in', category: 'geo', confidence: 0.7 }, true],
    ['what stands alone, whatever it is', { rule: 'label.record', category: 'mrn', lone: true }, true],
    ['a day in a text', { rule: 'text.date', category: 'date', subject: 'patient', confidence: 0.8 }, true],
    ['a number to call', { rule: 'text.phone', category: 'phone', confidence: 0.85 }, true],
    ['a street', { rule: 'text.street', category: 'street', confidence: 0.75 }, true],
    ['a relative, who is somebody only with a patient', { rule: 'names.relative', subject: 'relative', confidence: 0.9 }, true],
    [
      'no day of birth that says it is one',
      { rule: 'text.birth-date', category: 'date', subject: 'patient', confidence: 0.92 },
      false,
    ],
    ['no day in its field', { rule: 'hipaa.date', category: 'date', subject: 'patient', confidence: 0.5 }, false],
    ['no patient whom the text names beyond doubt', { rule: 'names.patient', subject: 'patient', confidence: 0.95 }, false],
    ['nobody whom the registry knows', { registry: 'patient' }, false],
    ['no name that lies in its field', { rule: 'hipaa.name', subject: 'patient', confidence: 0.5 }, false],
    [
      'a number that a doubtful word makes somebody’s',
      { rule: 'label.health-plan', category: 'health-plan', confidence: 0.7 },
      true,
    ],
    ['no record number', { rule: 'text.mrn', category: 'mrn' }, false],
    ['no address of mail', { rule: 'text.email', category: 'email', confidence: 0.95 }, false],
    ['no echo of a patient', { rule: 'echo.name', subject: 'patient', confidence: 0.6 }, false],
  ])('%s', (_, over, alone) => {
    expect(isByWordsAlone({ ...GUESS, ...over })).toBe(alone);
  });
});

const DAY = { rule: 'text.date', category: 'date', subject: 'patient', confidence: 0.8 } as const;
const CALL = { rule: 'text.phone', category: 'phone', confidence: 0.75 } as const;
const TOWN = { rule: 'places.town-in', category: 'geo', confidence: 0.62 } as const;

test.each<[string, readonly Partial<Match>[], boolean]>([
  ['a number of a patient', [{ rule: 'text.mrn', category: 'mrn', subject: 'patient' }], true],
  ['a national number', [{ rule: 'eu.nhs', category: 'unique-id' }], true],
  ['a number that a label calls national', [{ rule: 'label.national', category: 'unique-id', subject: 'patient' }], true],
  ['somebody whom the registry knows', [{ registry: 'patient' }], true],
  ['a day', [DAY], false],
  ['a telephone', [CALL], false],
  ['a day and a town', [{ ...DAY, rule: 'hipaa.date' }, TOWN], false],
  ['a day and a telephone', [DAY, CALL], true],
  ['a town and a telephone', [TOWN, CALL], true],
  ['a number that may be a policy’s', [{ rule: 'label.health-plan', category: 'health-plan', confidence: 0.7 }], true],
  ['a street and its town', [{ rule: 'text.street', category: 'street' }, TOWN], false],
  [
    'guesses that are hardly any',
    [
      { ...DAY, confidence: 0.45 },
      { ...CALL, confidence: 0.45 },
    ],
    false,
  ],
  ['what stands alone', [DAY, { ...CALL, lone: true }], false],
  ['a day and a telephone of the staff', [DAY, { ...CALL, subject: 'provider' }], false],
  ['the number of an order', [{ rule: 'hipaa.order-number', category: 'unique-id', subject: 'patient' }], false],
  ['a name of the staff', [{ rule: 'hipaa.provider-name', subject: 'provider' }], false],
  ['another guess', [{}], false],
])('beside a name, is of somebody by %s', (_, beside, of) => {
  expect(isOfSomebody([GUESS, ...beside.map((over) => ({ ...GUESS, ...over }))])).toBe(of);
});

describe('an incident', () => {
  const note: Found = { category: 'name', path: 'OBX-5', subject: 'unknown', rule: 'names.unknown' };
  const causesOf = (found: readonly Found[], change: Record<string, unknown> = {}, sensitivities: ['hiv'] | [] = []) =>
    decide({
      ...message({ found, sensitivities }),
      provenance: provenance(),
      register: compileRegister([policy(change)]),
      now: NOW,
      quarantined: false,
    });
  const vendor = { destination: { system: 'x', entity: 'vendor' } };

  it('of words alone is flagged, and low until something confirms it', () => {
    const { verdict, causes } = causesOf([note], vendor);
    expect(verdict).toBe('flagged');
    expect(causes).toMatchObject([{ key: 'content|lab-registry|name|OBX', severity: 'low', unconfirmed: true }]);
    // What it exposes is kept: once it is confirmed, that says how severe it is.
    expect(causes[0]?.exposure).toMatchObject({ recipient: 'none', data: 'identified' });
  });

  it('is believed where the message is about somebody', () => {
    const [cause] = causesOf([note, { category: 'mrn', path: 'PID-3' }], vendor).causes;
    expect(cause).toMatchObject({ key: 'content|lab-registry|name|OBX', severity: 'high' });
    expect(cause?.unconfirmed).toBeUndefined();
  });

  it('is believed where one of its names is sure', () => {
    const [cause] = causesOf([note, { ...note, subject: 'patient', rule: 'names.patient' }], vendor).causes;
    expect(cause).toMatchObject({ key: 'content|lab-registry|name|OBX', severity: 'high', matches: [0, 1] });
    expect(cause?.unconfirmed ?? false).toBe(false);
  });

  it('of a day alone waits as a name does, and both with a number to call for nothing', () => {
    const day: Found = { category: 'date', path: 'OBX-5', subject: 'patient', rule: 'text.date', confidence: 0.8 };
    const call: Found = { category: 'phone', path: 'OBX-5', subject: 'unknown', rule: 'text.phone' };
    expect(causesOf([day], vendor).causes).toMatchObject([{ unconfirmed: true, severity: 'low' }]);
    const { causes } = causesOf([day, note, call], vendor);
    expect(causes.map(({ category, unconfirmed }) => [category, unconfirmed ?? false])).toEqual([
      ['date', false],
      ['name', false],
      ['phone', false],
    ]);
  });

  it('that would be critical waits for nothing', () => {
    const [cause] = causesOf([{ ...note, severity: 'critical' }], vendor).causes;
    expect(cause).toMatchObject({ severity: 'critical', unconfirmed: true });
  });
});
