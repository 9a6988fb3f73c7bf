import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createTokenizer } from '../../src/core/token.ts';
import { detect } from '../../src/detect/scan.ts';
import { compileTuning, entriesFor, standingOf, type TuneInput, tune, tunedDigest } from '../../src/tuning/apply.ts';
import { type Overlay, overlaySchema } from '../../src/tuning/schema.ts';
import { message, shippedRules } from '../support/rules.ts';

const NOW = Date.UTC(2026, 10, 27, 12);
const [OLD, NEW] = ['k1', 'k2'].map((kid, index) => createTokenizer({ kid, key: createSecretKey(Buffer.alloc(32, index + 1)) }));
const parsed = message('PID|1||MR40012345^^^MAIN^MR||Quillfeather^Marisol||19620303||||||555-201-0001');
const detection = detect(parsed, shippedRules());
const input: TuneInput = {
  parsed,
  flow: 'lis-to-emr',
  now: NOW,
  tokenizers: new Map([OLD, NEW].flatMap((make, index) => (make === undefined ? [] : [[`k${index + 1}`, make] as const]))),
};
const WHO = { author: 'Dana Brandt', reason: 'ticket 4711' };

function overlay(parts: Pick<Partial<Overlay>, 'timezone'> & { changes?: object[]; allow?: object[] }): Overlay {
  return overlaySchema.parse({ name: 'st-anna', version: '1.0.0', title: 'Tuning', ...parts });
}

/** Paths of what an overlay suppresses. */
function suppressed(parts: Parameters<typeof overlay>[0], over: Partial<TuneInput> = {}): string[] {
  const tuning = compileTuning([overlay(parts)]);
  if (tuning === null) return [];
  return [...tune(tuning, detection, { ...input, ...over }).suppressed.keys()].map((index) =>
    parsed.leaves.path(detection.matches[index]?.leaf ?? -1),
  );
}

const disable = (over: object = {}) => ({
  changes: [{ id: 'no-phone', rule: 'hipaa.phone', disable: true, expires: '2026-11-27', ...WHO, ...over }],
});
const allow = (over: object) => ({ allow: [{ id: 'known', expires: '2027-01-31', ...WHO, ...over }] });

describe('a change', () => {
  it('takes a rule out of the count, and says by which entry, whose and until when', () => {
    const tuning = compileTuning([overlay(disable())]) ?? expect.fail('nothing is changed');
    expect([...tune(tuning, detection, input).suppressed.values()]).toMatchObject([
      {
        entry: 'st-anna/no-phone',
        until: Date.UTC(2026, 10, 28),
        note: 'overlay st-anna, entry no-phone by Dana Brandt: ticket 4711',
      },
    ]);
  });

  it.each([
    ['its flow', { flows: ['lis-to-emr'] }, {}, ['PID-13']],
    ['another flow', { flows: ['adt-to-emr'] }, {}, []],
    ['no registered flow', { flows: ['lis-to-emr'] }, { flow: null }, []],
    ['whatever flow, where a person asks', { flows: ['adt-to-emr'] }, { flow: undefined }, ['PID-13']],
    ['its last instant', {}, { now: Date.UTC(2026, 10, 28) - 1 }, ['PID-13']],
    ['the day after', {}, { now: Date.UTC(2026, 10, 28) }, []],
    ['another rule', { rule: 'hipaa.fax' }, {}, []],
  ] as const)('holds by %s', (_what, change, over, expected) => {
    expect(suppressed(disable(change), over)).toEqual(expected);
  });

  it('ends with the day of its time zone', () => {
    const vienna = { ...disable(), timezone: 'Europe/Vienna' };
    expect(suppressed(vienna, { now: Date.UTC(2026, 10, 27, 22, 59) })).toEqual(['PID-13']);
    expect(suppressed(vienna, { now: Date.UTC(2026, 10, 27, 23) })).toEqual([]);
  });

  it('gives a severity and suppresses nothing', () => {
    const lower = { changes: [{ id: 'low', rule: 'hipaa.phone', severity: 'low', ...WHO }] };
    const tuned = tune(compileTuning([overlay(lower)]) ?? expect.fail('nothing is changed'), detection, input);
    const severities = tuned.detection.matches.map(({ rule, severity }) => [rule, severity]);
    expect(severities).toContainEqual(['hipaa.phone', 'low']);
    expect(severities).toContainEqual(['hipaa.name', 'high']);
    expect(tuned.suppressed.size).toBe(0);
  });
});

describe('an allowance', () => {
  const tokenOf = (kid: string, value: string): string =>
    input.tokenizers.get(kid)?.('number', value) ?? expect.fail('there is no such key');

  it.each([
    ['a path and what lies below it', { paths: ['PID-3'] }, ['PID-3.1']],
    ['a flow', { flows: ['lis-to-emr'], categories: ['date'] }, ['PID-7']],
    ['both of two conditions', { paths: ['PID-*'], rules: ['hipaa.phone'] }, ['PID-13']],
    ['not one of two conditions', { paths: ['PID-3'], categories: ['phone'] }, []],
    ['a token', { tokens: [tokenOf('k2', '555-201-0001')] }, ['PID-13']],
    ['a token of a key that was retired', { tokens: [tokenOf('k1', '(555) 201 0001')] }, ['PID-13']],
    ['no token of another value', { tokens: [tokenOf('k2', '555-201-0002')] }, []],
    ['a token at its path alone', { tokens: [tokenOf('k2', '555-201-0001')], paths: ['NTE-3'] }, []],
  ])('holds for %s', (_what, entry, expected) => {
    expect(suppressed(allow(entry))).toEqual(expected);
  });

  it('gives way to one that holds longer', () => {
    const two = { ...disable(), ...allow({ paths: ['PID-13'] }) };
    const tuning = compileTuning([overlay(two)]) ?? expect.fail('nothing is changed');
    expect([...tune(tuning, detection, input).suppressed.values()].map(({ entry }) => entry)).toEqual(['st-anna/known']);
    const phone = detection.matches.find(({ category }) => category === 'phone') ?? expect.fail('no phone is found');
    expect(entriesFor(tuning, phone, input).map(({ id }) => id)).toEqual(['no-phone', 'known']);
  });
});

it('has the standing of an entry', () => {
  const changes = [...disable().changes, { ...disable().changes[0], id: 'gone', rule: 'x.gone' }];
  const { entries } = compileTuning([overlay({ changes })]) ?? expect.fail('nothing is changed');
  const known = new Set(['hipaa.phone']);
  expect(entries.map((entry) => standingOf(entry, known, NOW))).toEqual(['in force', 'rule unknown']);
  expect(entries.map((entry) => standingOf(entry, known, Date.UTC(2026, 10, 28)))).toEqual(['expired', 'expired']);
});

describe('the digest of the rules', () => {
  it('is that of the packs where nothing is changed', () => {
    expect(tunedDigest('abc', [])).toBe('abc');
    expect(tunedDigest('abc', [overlay({})])).toBe('abc');
  });

  it('differs with what is changed, and not with the order of files', () => {
    const one = overlay(disable());
    const other = { ...overlay(disable({ expires: '2026-12-01' })), name: 'z' };
    expect(new Set([tunedDigest('abc', [one]), tunedDigest('abc', [other]), tunedDigest('abd', [one]), 'abc']).size).toBe(4);
    expect(tunedDigest('abc', [one, other])).toBe(tunedDigest('abc', [other, one]));
  });
});
