import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { NO_CLAIMS, type Provenance } from '../../src/core/provenance.ts';
import { createTokenizer } from '../../src/core/token.ts';
import { compilePacks } from '../../src/detect/compile.ts';
import { loadFlows } from '../../src/policy/load.ts';
import { compileRegister } from '../../src/policy/register.ts';
import { fewestDigits } from '../../src/registry/candidates.ts';
import { daysOf } from '../../src/registry/dates.ts';
import { cohortBit, kindNumber, PATIENT, printOf } from '../../src/registry/print.ts';
import { createTable, type Table } from '../../src/registry/table.ts';
import { testNames } from '../../src/registry/test-names.ts';
import { type JudgeContext, judge } from '../../workers/judge.ts';
import { shippedPacks } from '../support/rules.ts';

const NOW = Date.UTC(2026, 10, 24, 12);

const policy = (id: string, sender: string, more = ''): string => `
id: ${id}
title: ${id}
owner: privacy@hospital.example
status: active
match: [{ msh: { 3: ${sender} } }]
destination: { system: ${id}, entity: self }
basis: { purpose: treatment, dataset: phi, agreement: { kind: none } }
permit: [{ subjects: [patient], paths: [PID-*] }]
cohorts: { vip: review, test: deny }
expires: 2099-12-31
${more}`;

const ruleset = compilePacks(shippedPacks());
const register = compileRegister(
  loadFlows([
    { file: 'adt.yaml', text: policy('adt', 'REG', 'teaches: true') },
    { file: 'lab.yaml', text: policy('lab', 'LIS') },
    { file: 'old.yaml', text: policy('old', 'OLD', 'teaches: true').replace('status: active', 'status: suspended') },
  ]),
);
const keyOf = (kid: string, byte: number) => createTokenizer({ kid, key: createSecretKey(Buffer.alloc(32, byte)) });
const current = keyOf('k2', 2);
const retired = keyOf('k1', 1);

function contextWith(table: Table | null, tokenizer = current): JudgeContext {
  return {
    ruleset,
    register,
    tokenizer,
    digestKey: createSecretKey(Buffer.alloc(32, 9)),
    retention: 1000,
    ...(table === null ? {} : { registry: { table, tokenizers: [current, retired] } }),
  };
}

const provenance: Provenance = {
  listener: 'mllp',
  protocol: 'mllp',
  peer: { address: '10.0.0.7', certificate: null, apiKey: null },
  tls: null,
  claims: NO_CLAIMS,
  receivedAt: NOW,
};

function judged(lines: readonly string[], context: JudgeContext) {
  const body = { bytes: Buffer.from(`${lines.join('\r')}\r`, 'latin1'), elided: [] };
  return judge({ id: 'm1', body, provenance, quarantined: false }, context, NOW);
}

const admission = (sender = 'REG', mrn = '73401862'): string[] => [
  `MSH|^~\\&|${sender}|MAIN|HUB|MAIN|20261124||ADT^A01|A1|P|2.5.1`,
  `PID|1||${mrn}^^^MAIN^MR||Quillfeather^Marisol^Jane||19620303|F|||12 Elm St^^Denver^CO^80203||(303) 555-0148|||||900231145|536-22-8147`,
];
/** A result of somebody else, with a comment. */
const result = (comment: string): string[] => [
  'MSH|^~\\&|LIS|LAB|EHR|MAIN|20261124||ORU^R01|C1|P|2.5.1',
  'PID|1||55512099^^^MAIN^MR||Brandywine^Otis||19480917|M',
  `OBX|1|TX|8251-1^Comment^LN||${comment}`,
];

/** The table after the message of a teacher was saved. */
function taught(lines = admission(), context = contextWith(createTable())): Table {
  const table = createTable();
  for (const { token, kind } of judged(lines, context).lineage?.tokens ?? [])
    if (kind !== undefined) table.add(printOf(token), PATIENT | kindNumber(kind));
  return table;
}

const found = (comment: string, table: Table | null) =>
  judged(result(comment), contextWith(table)).findings.filter(({ path }) => path.startsWith('OBX'));

describe('what a flow teaches', () => {
  it('is every identifier of its patient, and no finding of it says so', () => {
    const row = judged(admission(), contextWith(taught()));
    const kinds = row.lineage?.tokens.map(({ kind }) => kind);
    for (const kind of ['mrn', 'name', 'ssn', 'phone', 'account'] as const) expect(kinds).toContain(kind);
    expect(row).toEqual(judged(admission(), contextWith(null)));
  });

  it('is nothing where the flow does not teach, or may carry nothing', () => {
    for (const sender of ['LIS', 'OLD', 'NOBODY'])
      expect(judged(admission(sender), contextWith(null)).lineage?.tokens.map(({ kind }) => kind)).not.toContain('mrn');
  });

  it('is nothing that registration fills in', () => {
    const filler = admission().map((line) => line.replace('73401862', '0000000').replace('536-22-8147', '999-99-9999'));
    const kinds = judged(filler, contextWith(null)).lineage?.tokens.map(({ kind }) => kind);
    expect(kinds).not.toContain('mrn');
    expect(kinds).not.toContain('ssn');
  });
});

describe('what is looked up', () => {
  it('knows a bare record number in a comment of another flow, and only a known one', () => {
    const [leak, ...rest] = found('Compare with 73401862, please.', taught());
    expect(rest).toEqual([]);
    expect(leak).toMatchObject({ rule: 'registry.mrn', category: 'mrn', subject: 'patient', registry: 'patient', path: 'OBX-5' });
    const start = Buffer.from(result('Compare with 73401862').join('\r')).indexOf('73401862');
    expect([leak?.start, leak?.end]).toEqual([start, start + 8]);
    expect(JSON.stringify(leak)).not.toContain('73401862');
    expect(found('Compare with 73401863, please.', taught())).toEqual([]);
    expect(found('Compare with 73401862, please.', createTable())).toEqual([]);
    expect(found('Compare with 73401862, please.', null)).toEqual([]);
  });

  it.each(['20260303', '173401862', '73401862.5', '7340186', 'http://x.example/73401862', '1-73401862'])(
    'leaves %s alone: a day, another number, a code',
    (text) => {
      const known = text === '20260303' ? text : '73401862';
      const leaks = found(`Seen ${text} here`, taught(admission('REG', known)));
      expect(leaks.filter(({ rule }) => rule.startsWith('registry.'))).toEqual([]);
    },
  );

  it('makes what a rule found a strong finding of a patient', () => {
    const [before] = found('Call (303) 555-0148 today', null);
    const [after] = found('Call (303) 555-0148 today', taught());
    expect(before).toMatchObject({ category: 'phone' });
    expect(before?.registry).toBeUndefined();
    expect(after).toMatchObject({
      rule: before?.rule,
      category: 'phone',
      subject: 'patient',
      registry: 'patient',
      confidence: 0.99,
    });
  });

  it('tells a known patient by name and birth date, and by the name alone only that one is so named', () => {
    const name = (comment: string) => found(comment, taught()).filter(({ category }) => category === 'name');
    expect(name('Seen with Mrs. Marisol Quillfeather today')).toMatchObject([{ registry: 'name' }]);
    expect(name('Patient: Marisol Quillfeather, DOB 03/03/1962')).toMatchObject([{ registry: 'patient', subject: 'patient' }]);
    for (const { registry } of name('Seen with Mrs. Marisol Brandybuck today')) expect(registry).toBeUndefined();
  });

  it('knows what was learnt under a key that was retired', () => {
    const old = createTable();
    for (const { token, kind } of judged(admission(), contextWith(null, retired)).lineage?.tokens ?? [])
      if (kind !== undefined) old.add(printOf(token), PATIENT | kindNumber(kind));
    expect(found('Compare with 73401862, please.', old)).toHaveLength(1);
  });

  it('looks at no bare number that may be one by chance', () => {
    expect([0, 1, 1000, 1001, 100_000, 10_000_000].map(fewestDigits)).toEqual([6, 6, 6, 7, 8, 10]);
    const table = taught();
    for (let high = 1; high <= 200_000; high++) table.add({ high, low: high * 7919 }, PATIENT | kindNumber('mrn'));
    expect(found('Compare with 73401862, please.', table)).toEqual([]);
  });

  it('lists the message under whom it names, and gives the number to nobody else', () => {
    const { lineage, findings } = judged(result('Compare with 73401862'), contextWith(taught()));
    const leaked = findings.find(({ rule }) => rule === 'registry.mrn')?.token;
    expect(lineage?.trail.map(({ key }) => key)).toContain(leaked);
    expect(lineage?.tokens.map(({ token }) => token)).not.toContain(leaked);
  });

  it('says why its incident is one of a real patient', () => {
    const { decision } = judged(result('Compare with 73401862'), contextWith(taught()));
    expect(decision.causes.find(({ category }) => category === 'mrn')?.note).toContain('registry');
  });
});

describe('cohorts', () => {
  it('are named to the policy by any identifier of the patient', () => {
    const table = createTable();
    const member = judged(result(''), contextWith(null)).lineage?.tokens.find(({ strong }) => strong)?.token ?? '';
    table.add(printOf(member), cohortBit('vip'));
    const { decision } = judged(result('Within normal limits'), contextWith(table));
    expect(decision.causes).toMatchObject([{ key: 'cohort|lab|vip', group: 'vip', severity: 'medium' }]);
    table.remove(printOf(member), cohortBit('vip'));
    expect(judged(result('Within normal limits'), contextWith(table)).decision.causes).toEqual([]);
  });
});

it.each([
  ['ZZTEST^DEMO', true],
  ['Test^Patient', true],
  ['Testaverde^Vinny', false],
  ['Pizzi^Anna', false],
])('takes a patient named %s for a test patient: %s', (name, is) => {
  const lines = result('Within normal limits').map((line) => line.replace('Brandywine^Otis', name));
  const isTest = testNames(['zz*', 'TEST']);
  const context = { ...contextWith(null), registry: { table: createTable(), tokenizers: [current], isTest } };
  const keys = judged(lines, context).decision.causes.map(({ key }) => key);
  expect(keys.includes('cohort|lab|test')).toBe(is);
});

describe('days', () => {
  it.each([
    ['1962-03-04', ['19620304']],
    ['19620304', ['19620304']],
    ['03/04/1962', ['19620304', '19620403']],
    ['4 March 1962', ['19620304']],
    ['Mar 4th, 1962', ['19620304']],
    ['13/02/1962', ['19620213']],
    ['yesterday', []],
  ])('of %s', (text, days) => expect(daysOf(text)).toEqual(days));
});
