import { createSecretKey, hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { NO_CLAIMS, type Provenance } from '../../src/core/provenance.ts';
import { createTokenizer } from '../../src/core/token.ts';
import { compilePacks } from '../../src/detect/compile.ts';
import { loadFlows } from '../../src/policy/load.ts';
import { compileRegister } from '../../src/policy/register.ts';
import { compileTuning, tunedDigest } from '../../src/tuning/apply.ts';
import { overlaySchema } from '../../src/tuning/schema.ts';
import { type JudgeContext, judge } from '../../workers/judge.ts';
import { shippedPacks } from '../support/rules.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const FLOW = `
id: lab-record
title: Results to the record
owner: privacy@hospital.example
status: active
environment: prod
match: [{ listener: mllp, msh: { 3: LIS, 5: EHR } }]
destination: { system: ehr, entity: self, location: ehr-db, country: US }
basis: { purpose: treatment, dataset: phi, agreement: { kind: none, ref: "", expires: 2099-12-31 } }
permit: [{ types: [ORU^R01], subjects: [patient], categories: [name, date, mrn] }]
validFrom: 2026-01-01
expires: 2099-12-31
`;
const context: JudgeContext = {
  ruleset: compilePacks(shippedPacks()),
  register: compileRegister(loadFlows([{ file: 'lab.yaml', text: FLOW }])),
  tokenizer: createTokenizer({ kid: 'k1', key: createSecretKey(Buffer.alloc(32, 1)) }),
  retention: 1000,
};
const provenance: Provenance = {
  listener: 'mllp',
  protocol: 'mllp',
  peer: { address: '10.0.0.7', certificate: null, apiKey: null },
  tls: null,
  claims: NO_CLAIMS,
  receivedAt: NOW,
};

function message(receiver: string, note: string): string {
  return [
    `MSH|^~\\&|LIS|LAB|${receiver}|MAIN|20261124||ORU^R01|C1|P|2.5.1`,
    'PID|1||MR40012345^^^MAIN^MR||Quillfeather^Marisol||19620303',
    `OBX|1|TX|8251-1^Comment^LN||${note}`,
    '',
  ].join('\r');
}

function judged(text: string, elided: { start: number; end: number; reason: string }[] = []) {
  const body = { bytes: Buffer.from(text, 'latin1'), elided };
  return judge({ id: 'm1', body, provenance, quarantined: false }, context, NOW);
}

it('names the devices of a message and its connection in its row', () => {
  const { devices = [], deviceIds } = judged(message('EHR', 'Within normal limits'));
  expect(devices.map(({ key }) => key)).toEqual(['application|LIS|LAB']);
  expect(deviceIds).toEqual([hash('sha256', 'application|LIS|LAB').slice(0, 16)]);
});

describe('what is known of the leg', () => {
  const demanding = FLOW.replace('validFrom', 'require: { transit: rfc9325 }\nvalidFrom');
  const register = compileRegister(loadFlows([{ file: 'lab.yaml', text: demanding }]));
  const of = (receiver: string, leg: string | null, transit: 'failed' | 'proven' | null) => {
    const body = { bytes: Buffer.from(message(receiver, 'Within normal limits'), 'latin1'), elided: [] };
    const evidence = new Map(transit === null ? [] : [['lab-record', { transit, rest: null }] as const]);
    const claims = { ...NO_CLAIMS, leg };
    return judge(
      { id: 'm1', body, provenance: { ...provenance, claims }, quarantined: false },
      { ...context, register, evidence },
      NOW,
    );
  };

  it('flags a message whose leg is disproved, and no other', () => {
    expect(of('EHR', null, 'failed')).toMatchObject({
      verdict: 'flagged',
      reasons: ['transport.failed'],
      keepBodyUntil: NOW + 1000,
    });
    expect(of('EHR', null, 'proven')).toMatchObject({ verdict: 'permitted' });
    expect(of('EHR', null, null)).toMatchObject({ verdict: 'permitted' });
  });

  it('has what the engine claims of it as evidence of a registered flow', () => {
    expect(of('EHR', 'tls=1.2; cipher=X', null).claim).toMatchObject({ target: 'leg:lab-record', outcome: 'claimed', at: NOW });
    expect(of('EHR', 'tls=none', null)).toMatchObject({ reasons: ['transport.failed'], claim: { outcome: 'failed' } });
    expect(of('EHR', 'sort of', null)).not.toHaveProperty('claim');
    expect(of('ELSEWHERE', 'tls=1.2', null)).not.toHaveProperty('claim');
  });
});

describe('judge', () => {
  it('permits what the flow may carry and keeps no finding and no body of it', () => {
    const row = judged(message('EHR', 'Within normal limits'));
    expect(row).toMatchObject({ verdict: 'permitted', findings: [], keepBodyUntil: null, type: 'ORU^R01', format: 'hl7v2' });
    expect(row.patients).toHaveLength(1);
  });

  it('numbers the facts of an incident as the findings that it keeps', () => {
    const row = judged(message('EHR', 'SSN 536-22-8147 on file'));
    expect(row).toMatchObject({ verdict: 'flagged', keepBodyUntil: NOW + 1000 });
    expect(row.decision.causes).toMatchObject([
      { reason: 'content.category', flow: 'lab-record', category: 'ssn', group: 'OBX' },
    ]);
    const facts = row.decision.causes[0]?.matches.map((index) => row.findings[index]);
    expect(facts).toMatchObject([{ category: 'ssn', path: 'OBX-5', mask: '999-99-9999' }]);
  });

  it('keeps what tells an incident and counts the rest', () => {
    const results = Array.from({ length: 30 }, (_, index) => `OBX|${index + 2}|NM|1^GLU^L||90||||||F|||20261124090000`);
    const row = judged(`${message('CLOUD', 'fine')}${results.join('\r')}\r`);
    expect(row.reasons).toEqual(['flow.unregistered']);
    const dates = row.decision.summary.find(({ category, subject }) => category === 'date' && subject === 'patient');
    expect(dates?.count).toBeGreaterThanOrEqual(31);
    expect(row.findings.filter(({ category, path }) => category === 'date' && path.startsWith('OBX'))).toHaveLength(1);
  });

  it('judges each message of a batch by its own header, and the envelope by that of the first', () => {
    const batch = `BHS|^~\\&|LIS|LAB\r${message('EHR', 'fine')}${message('CLOUD', 'fine')}BTS|2\r`;
    const row = judged(batch);
    expect(row.verdict).toBe('flagged');
    expect(row.decision.causes).toMatchObject([{ reason: 'flow.unregistered' }]);
    expect(judged(`BHS|^~\\&|LIS|LAB\r${message('EHR', 'fine')}BTS|1\r`).verdict).toBe('permitted');
  });

  it('accounts for every byte, what was left out of the body included', () => {
    const text = message('EHR', 'fine');
    const row = judged(text, [{ start: text.length, end: text.length + 500, reason: 'over-limit' }]);
    expect(row).toMatchObject({
      examined: text.length,
      unexamined: [{ start: text.length, end: text.length + 500, reason: 'over-limit' }],
    });
    expect(row).toMatchObject({ verdict: 'flagged', reasons: ['unexamined'] });
  });

  it('holds no value of the message', () => {
    const row = JSON.stringify(judged(message('EHR', 'Marisol Quillfeather, SSN 536-22-8147')));
    for (const value of ['Quillfeather', 'Marisol', '536-22-8147', '536228147', 'MR40012345', '19620303']) {
      expect(row).not.toContain(value);
    }
  });
});

describe('a site’s overlay', () => {
  const tokenizers = new Map([['k1', context.tokenizer]]);
  const who = { author: 'Dana Brandt', reason: 'ticket 4711' };
  const disable = (over: object = {}) => ({
    id: 'no-phone',
    rule: 'text.phone',
    disable: true,
    expires: '2026-12-31',
    ...who,
    ...over,
  });
  const UNTIL = Date.UTC(2027, 0, 1);

  function tuned(note: string, changes: readonly object[], receiver = 'EHR', batch = '') {
    const overlays = [overlaySchema.parse({ name: 'st-anna', version: '1.0.0', title: 'Tuning', changes })];
    const tuning = compileTuning(overlays) ?? expect.fail('nothing is changed');
    const body = { bytes: Buffer.from(message(receiver, note) + batch, 'latin1'), elided: [] };
    const site = { tuning, digest: tunedDigest(context.ruleset.digest, overlays), tokenizers };
    return judge({ id: 'm1', body, provenance, quarantined: false }, { ...context, tuning: site }, NOW);
  }
  const CALL = 'Call 555-201-0001 x';

  it('keeps what it suppresses from flagging, and leaves its cause on record as an accepted risk', () => {
    const before = judged(message('EHR', CALL));
    expect(before).toMatchObject({ verdict: 'flagged', reasons: ['content.category'] });
    const after = tuned(CALL, [disable()]);
    expect(after).toMatchObject({ verdict: 'permitted', reasons: [], keepBodyUntil: null });
    expect(after.decision.causes).toMatchObject([
      {
        key: before.decision.causes[0]?.key,
        accepted: {
          entries: ['st-anna/no-phone'],
          until: UNTIL,
          note: 'overlay st-anna, entry no-phone by Dana Brandt: ticket 4711',
        },
      },
    ]);
    expect(after.findings).toEqual(before.findings);
    expect(after.decision.summary).toContainEqual({ category: 'phone', subject: 'unknown', count: 1, permitted: true });
  });

  it('changes the digest that the row names', () => {
    expect(judged(message('EHR', CALL)).ruleset).toBe(context.ruleset.digest);
    expect(tuned(CALL, [disable()]).ruleset).not.toBe(context.ruleset.digest);
  });

  it.each([
    ['expired', { expires: '2026-11-23' }],
    ['is of another flow', { flows: ['another'] }],
    ['is of another rule', { rule: 'text.email' }],
  ])('does nothing where the entry %s', (_what, over) => {
    const { verdict, decision } = tuned(CALL, [disable(over)]);
    expect(verdict).toBe('flagged');
    expect(decision.causes).toMatchObject([{ category: 'phone' }]);
    expect(decision.causes[0]?.accepted).toBeUndefined();
  });

  it('counts only the others where a cause has both', () => {
    const allow = { id: 'mine', tokens: [context.tokenizer('number', '555-201-0001')], expires: '2026-12-31', ...who };
    const overlays = [overlaySchema.parse({ name: 'st-anna', version: '1.0.0', title: 'Tuning', allow: [allow] })];
    const tuning = compileTuning(overlays) ?? expect.fail('nothing is changed');
    const site = { tuning, digest: 'd', tokenizers };
    const judgedBy = (note: string) => {
      const body = { bytes: Buffer.from(message('EHR', note), 'latin1'), elided: [] };
      return judge({ id: 'm1', body, provenance, quarantined: false }, { ...context, tuning: site }, NOW);
    };
    const both = judgedBy('Call 555-201-0001 or 555-201-0002 x');
    expect(both.verdict).toBe('flagged');
    expect(both.decision.causes).toMatchObject([{ category: 'phone', matches: [0] }]);
    expect(both.decision.causes[0]?.accepted).toBeUndefined();
    expect(both.findings.map(({ token }) => token)).toEqual([context.tokenizer('number', '555-201-0002')]);
    expect(judgedBy('Call 555-201-0001 x').verdict).toBe('permitted');
  });

  it('counts only the others where messages of one body have both', () => {
    const other = message('EHR', 'Write to someone@mail.example').replace('C1', 'C2');
    const { verdict, decision } = tuned(CALL, [disable()], 'EHR', other);
    expect(verdict).toBe('flagged');
    expect(decision.causes.map(({ category, accepted }) => [category, accepted?.entries])).toEqual([
      ['phone', ['st-anna/no-phone']],
      ['email', undefined],
    ]);
  });

  it('accepts no flow that nobody registered, and says of it what counts', () => {
    const { verdict, reasons, decision } = tuned(CALL, [disable()], 'PACS');
    expect([verdict, reasons]).toEqual(['flagged', ['flow.unregistered']]);
    expect(decision.causes[0]?.exposure?.categories).not.toContain('phone');
  });
});
