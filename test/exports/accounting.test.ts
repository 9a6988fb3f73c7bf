import { describe, expect, it } from 'vitest';
import type { DisclosureDecision, Transfer } from '../../src/core/transfer.ts';
import { accountingOf } from '../../src/exports/accounting.ts';
import { disclosuresReporter } from '../../src/exports/disclosures.ts';
import { policy as policyOf } from '../policy/make.ts';
import { DAY, incident, readCsv, transfer, written } from './make.ts';

const DAY_MS = 86_400_000;
const one: Transfer = {
  day: DAY,
  flow: 'f',
  patient: 'k1.one',
  firstAt: DAY,
  lastAt: DAY,
  messages: 1,
  flagged: 0,
  formats: ['hl7v2'],
  categories: ['name'],
  unpermitted: [],
  reasons: [],
  sensitivities: [],
};
function decided(over: Partial<DisclosureDecision> = {}): DisclosureDecision {
  return {
    id: 'd',
    flow: 'f',
    patient: '',
    decision: 'disclosure',
    exemption: null,
    purpose: 'reportable results',
    recipient: 'State registry',
    address: '1 Capitol Square',
    note: '',
    fromDay: DAY,
    toDay: null,
    at: DAY,
    actor: 'officer',
    ...over,
  };
}

describe('a transfer is a candidate until an officer decides', () => {
  it.each([
    ['treatment', 'ba', 'phi', 0, 'tpo'],
    ['payment', 'ce', 'phi', 0, 'tpo'],
    ['operations', 'ba', 'phi', 0, 'tpo'],
    ['maintenance', 'vendor', 'phi', 0, 'tpo'],
    ['treatment', 'self', 'phi', 0, 'internal'],
    ['research', 'researcher', 'limited', 0, 'limited-data-set'],
    ['authorization', 'vendor', 'phi', 0, 'authorization'],
    ['public-health', 'public-health', 'phi', 0, null],
    ['required-by-law', 'public-health', 'phi', 0, null],
    ['research', 'researcher', 'phi', 0, null],
    ['treatment', 'ba', 'phi', 1, null],
  ] as const)('%s, to %s, %s, %d flagged: suggests %s', (purpose, entity, dataset, flagged, suggested) => {
    const { destination, basis, ...rest } = policyOf();
    const policy = { ...rest, destination: { ...destination, entity }, basis: { ...basis, purpose, dataset } };
    expect(accountingOf({ ...one, flagged }, policy, [])).toEqual({ status: 'candidate', suggested, decision: null });
  });

  it('and of a flow that no policy covers nothing is suggested', () => {
    expect(accountingOf(one, null, [])).toEqual({ status: 'candidate', suggested: null, decision: null });
  });
});

describe('what was decided', () => {
  const all = decided();
  const later = decided({ id: 'later', decision: 'exempt', exemption: 'tpo', at: DAY + 1 });
  const own = decided({ id: 'own', patient: 'k1.one', decision: 'exempt', exemption: 'individual' });
  it.each([
    ['on the flow', [all], 'disclosure', 'd'],
    ['later on the flow', [all, later], 'exempt', 'later'],
    ['on the patient, before the flow', [own, later], 'exempt', 'own'],
    ['on another patient', [{ ...own, patient: 'k1.two' }], 'candidate', undefined],
    ['of days that begin after', [{ ...all, fromDay: DAY + DAY_MS }], 'candidate', undefined],
    ['of days that ended', [{ ...all, fromDay: 0, toDay: DAY }], 'candidate', undefined],
    ['and taken back', [all, { ...later, decision: 'undecided' as const, exemption: null }], 'candidate', undefined],
  ] as const)('%s counts', (_title, decisions, status, id) => {
    const accounting = accountingOf(one, null, decisions);
    expect(accounting.status).toBe(status);
    expect(accounting.decision?.id).toBe(id);
  });

  it('on a patient says nothing of messages that name none', () => {
    expect(accountingOf({ ...one, patient: '' }, null, [{ ...own, patient: '' }, own]).decision?.patient).toBe('');
  });
});

describe('the accounting', () => {
  const on = (day: number, over: Parameters<typeof transfer>[0] = {}) =>
    transfer({ firstAt: DAY + day * DAY_MS, lastAt: DAY + day * DAY_MS + 1, messages: 2, flagged: 0, ...over });

  it('joins days into a series: the first in full, the number, the last', async () => {
    const records = [on(0), on(1, { categories: ['ssn'] }), on(5), on(5, { patient: 'k1.other' }), incident()];
    const rows = readCsv(await written(disclosuresReporter, records));
    expect(rows).toMatchObject([
      {
        patient: 'k1.c3ludGhldGlj',
        status: 'candidate',
        date: '2026-11-24',
        days: '3',
        messages: '6',
        last_date: '2026-11-29',
        frequency: 'on 3 days, 6 messages',
        description: 'messages with name, mrn, ssn',
        purpose: 'public-health',
        recipient: 'registry',
        address: 'registry.example:6661',
      },
      { patient: 'k1.other', date: '2026-11-29', days: '1', frequency: 'once' },
    ]);
  });

  it('says what was decided, by whom and when, and begins a row where that changes', async () => {
    const accounting = { status: 'disclosure', suggested: null, decision: decided() } as const;
    const rows = readCsv(await written(disclosuresReporter, [on(0), on(1, { accounting }), on(2, { accounting })]));
    expect(rows).toMatchObject([
      { status: 'candidate', days: '1', recipient: 'registry', decided_by: '' },
      {
        status: 'disclosure',
        days: '2',
        recipient: 'State registry',
        address: '1 Capitol Square',
        purpose: 'reportable results',
        decided_by: 'officer',
        decided_at: '2026-11-24T00:00:00.000Z',
      },
    ]);
  });
});
