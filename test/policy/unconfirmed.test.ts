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
    ['no patient whom the text names beyond doubt', { rule: 'names.patient', subject: 'patient', confidence: 0.95 }, false],
    ['nobody whom the registry knows', { registry: 'patient' }, false],
    ['no name that lies in its field', { rule: 'hipaa.name', subject: 'patient', confidence: 0.5 }, false],
    ['no number', { rule: 'text.mrn', category: 'mrn' }, false],
    ['no echo of a patient', { rule: 'echo.name', subject: 'patient', confidence: 0.6 }, false],
  ])('%s', (_, over, alone) => {
    expect(isByWordsAlone({ ...GUESS, ...over })).toBe(alone);
  });
});

test.each<[string, Partial<Match>, boolean]>([
  ['a number of a patient', { rule: 'text.mrn', category: 'mrn', subject: 'patient' }, true],
  ['a telephone of nobody knows whom', { rule: 'text.phone', category: 'phone' }, true],
  ['a day', { rule: 'text.date', category: 'date', subject: 'patient' }, false],
  ['the number of an order', { rule: 'hipaa.order-number', category: 'unique-id', subject: 'patient' }, false],
  ['a name of the staff', { rule: 'hipaa.provider-name', subject: 'provider' }, false],
  ['another guess', {}, false],
])('is of somebody by %s: %o', (_, over, of) => {
  expect(isOfSomebody([GUESS, { ...GUESS, ...over }])).toBe(of);
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

  it('that would be critical waits for nothing', () => {
    const [cause] = causesOf([{ ...note, severity: 'critical' }], vendor).causes;
    expect(cause).toMatchObject({ severity: 'critical', unconfirmed: true });
  });
});
