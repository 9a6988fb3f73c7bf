import { describe, expect, it, test } from 'vitest';
import { CATEGORIES, SEVERITIES } from '../../src/core/vocabulary.ts';
import { shadow } from '../../src/policy/causes.ts';
import { decide } from '../../src/policy/decide.ts';
import { compileRegister } from '../../src/policy/register.ts';
import {
  addExposure,
  DATA_CLASSES,
  type DataClass,
  dataOf,
  type Exposure,
  MATRIX,
  patientClass,
  RECIPIENTS,
  type Recipient,
  recipientOf,
  severityOf,
} from '../../src/policy/severity.ts';
import { message, NOW, policy, provenance } from './make.ts';

const PATIENTS = [1, 2, 499, 500] as const;

describe('the matrix', () => {
  // Recipient, data, and severity for 1, 2, 499 and 500 patients.
  test.each<[Recipient, DataClass, string]>([
    ['internal', 'limited', 'low low low medium'],
    ['internal', 'identified', 'low low low medium'],
    ['internal', 'sensitive', 'medium medium medium high'],
    ['associate', 'limited', 'low medium medium medium'],
    ['associate', 'identified', 'medium medium medium high'],
    ['associate', 'sensitive', 'high high high high'],
    ['dua', 'limited', 'medium medium medium high'],
    ['dua', 'identified', 'medium high high high'],
    ['dua', 'sensitive', 'high high high critical'],
    ['none', 'limited', 'medium high high high'],
    ['none', 'identified', 'high high high critical'],
    ['none', 'sensitive', 'critical critical critical critical'],
  ])('%s, %s: %s', (recipient, data, expected) => {
    const exposure = { recipient, data, transit: null };
    expect(PATIENTS.map((patients) => severityOf(exposure, patients)).join(' ')).toBe(expected);
    const raised = expected.split(' ').map((each) => SEVERITIES[Math.min(3, SEVERITIES.map(String).indexOf(each) + 1)]);
    expect(PATIENTS.map((patients) => severityOf(exposure, patients, true))).toEqual(raised);
    expect(PATIENTS.map((patients) => severityOf({ ...exposure, transit: 'failed' }, patients))).toEqual(raised);
    // Both at once is one step.
    expect(PATIENTS.map((patients) => severityOf({ ...exposure, transit: 'failed' }, patients, true))).toEqual(raised);
  });

  it('never falls where a recipient is less bound, data worse, or patients more', () => {
    const rank = (recipient: Recipient, data: DataClass, cell: 0 | 1 | 2): number =>
      SEVERITIES.indexOf(MATRIX[recipient][data][cell]);
    const rising = (ranks: readonly number[]): void => expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    for (const data of DATA_CLASSES) {
      for (const cell of [0, 1, 2] as const) rising(RECIPIENTS.map((recipient) => rank(recipient, data, cell)));
    }
    for (const recipient of RECIPIENTS) {
      for (const data of DATA_CLASSES) rising(([0, 1, 2] as const).map((cell) => rank(recipient, data, cell)));
      for (const cell of [0, 1, 2] as const) rising(DATA_CLASSES.map((data) => rank(recipient, data, cell)));
    }
  });

  it('takes nobody known for one patient', () => {
    expect([0, 1, 2, 499, 500, 1e6].map(patientClass)).toEqual([0, 0, 1, 1, 2, 2]);
  });
});

test.each([
  ['self', 'none', true, 'internal'],
  ['self', 'none', false, 'internal'],
  ['ce', 'none', true, 'associate'],
  ['public-health', 'none', true, 'associate'],
  ['ba', 'baa', true, 'associate'],
  ['ba', 'baa', false, 'none'],
  ['ba', 'none', true, 'none'],
  ['vendor', 'qsoa', true, 'associate'],
  ['vendor', 'none', true, 'none'],
  ['researcher', 'dua', true, 'dua'],
  ['researcher', 'irb-waiver', true, 'dua'],
  ['researcher', 'none', true, 'none'],
] as const)('%s under %s, in force: %s, is bound as %s', (entity, kind, inForce, expected) => {
  const basis = { purpose: 'operations', dataset: 'phi', agreement: { kind } };
  expect(recipientOf(policy({ destination: { system: 'x', entity }, basis }), inForce)).toBe(expected);
});

it('tells limited data from what identifies, and what a rule or a label calls worst', () => {
  const limited = CATEGORIES.filter((category) => dataOf({ category, severity: 'high' }, false) === 'limited');
  expect(limited).toEqual(['geo', 'date', 'age', 'unique-id']);
  expect(dataOf({ category: 'date', severity: 'critical' }, false)).toBe('sensitive');
  expect(dataOf({ category: 'date', severity: 'low' }, true)).toBe('sensitive');
});

it('adds up the worst of all messages, and the leg as it was seen last', () => {
  const one: Exposure = { recipient: 'dua', data: 'identified', categories: ['name'], transit: 'proven' };
  const other: Exposure = { recipient: 'associate', data: 'sensitive', categories: ['date', 'name'], transit: 'failed' };
  expect(addExposure(one, other)).toEqual({
    recipient: 'dua',
    data: 'sensitive',
    categories: ['date', 'name'],
    transit: 'failed',
  });
  expect(addExposure(other, { ...one, transit: null })).toMatchObject({ transit: 'failed', recipient: 'dua' });
});

describe('of one message', () => {
  const severityIn = (of: Parameters<typeof message>[0], change: Record<string, unknown>, leg?: string) => {
    const way = provenance();
    const register = compileRegister([policy(change)]);
    const sent = { ...way, claims: { ...way.claims, ...(leg === undefined ? {} : { leg }) } };
    const { causes } = decide({ ...message(of), provenance: sent, register, now: NOW, quarantined: false });
    return causes.map(({ severity }) => severity);
  };
  const vendor = { destination: { system: 'x', entity: 'vendor' } };
  const ssn = { category: 'ssn', path: 'PID-19', severity: 'critical' } as const;
  const date = { category: 'date', path: 'OBX-5' } as const;

  it.each([
    ['a number that harms most, to nobody knows whom', { found: [ssn] }, vendor, undefined, ['critical']],
    ['a date, to nobody knows whom', { found: [date] }, vendor, undefined, ['medium']],
    ['a date in clear', { found: [date] }, vendor, 'tls=none', ['high']],
    ['a date that the policy denies', { found: [date] }, { deny: [{ categories: ['date'] }] }, undefined, ['medium']],
    ['a date to an authority', { found: [date] }, {}, undefined, ['low']],
    [
      'a flow that nobody registered, and a name',
      { found: [{ category: 'name' }], msh: { 3: 'ROGUE' } },
      {},
      undefined,
      ['high'],
    ],
    ['a flow that nobody registered, in clear', { found: [date], msh: { 3: 'ROGUE' } }, {}, 'tls=none', ['high']],
    ['a flow that nobody registered, and nobody in it', { msh: { 3: 'ROGUE' } }, {}, undefined, ['medium']],
    ['a flow that nobody registered, unread', { unread: ['budget'], msh: { 3: 'ROGUE' } }, {}, undefined, ['high']],
  ] as const)('%s', (_, of, change, leg, expected) => {
    expect(severityIn(of as Parameters<typeof message>[0], change, leg)).toEqual(expected);
  });

  it('opens what is critical in shadow too', () => {
    expect(shadow(policy({ status: 'shadow' }), []).causes).toEqual([]);
    expect(severityIn({ found: [ssn, date] }, { ...vendor, status: 'shadow' })).toEqual(['critical']);
  });
});
