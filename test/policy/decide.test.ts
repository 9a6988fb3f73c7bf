import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { CATEGORIES, type Reason, SUBJECTS } from '../../src/core/vocabulary.ts';
import { decideAlone, summarize, unreadReasons } from '../../src/policy/alone.ts';
import { gatherCauses, shadow } from '../../src/policy/causes.ts';
import { type DecideInput, decide } from '../../src/policy/decide.ts';
import type { Decision } from '../../src/policy/decision.ts';
import type { FlowPolicy } from '../../src/policy/flow.ts';
import { compileRegister } from '../../src/policy/register.ts';
import type { FlowEvidence } from '../../src/policy/standing.ts';
import { DAY, type Found, type Message, message, NOW, policy, provenance } from './make.ts';

function judge(of: Message, change: Record<string, unknown> | FlowPolicy = {}, input: Partial<DecideInput> = {}): Decision {
  const register = compileRegister([policy(change)]);
  return decide({ ...message(of), provenance: provenance(), register, now: NOW, quarantined: false, ...input });
}

const SSN: Found = { category: 'ssn', path: 'PID-19' };
const NAME: Found = { category: 'name', path: 'PID-5.1' };
const NOTE_NAME: Found = { category: 'name', path: 'OBX-5' };

describe('what a finding is judged by', () => {
  const agreement = (kind: string, expires?: string): Record<string, unknown> =>
    expires === undefined ? { kind } : { kind, expires };
  const basis = (dataset: string, kind: string, expires?: string) => ({
    basis: { purpose: 'research', dataset, agreement: agreement(kind, expires) },
  });
  const permitAll = { permit: [{}] };
  const known = (transit: FlowEvidence['transit'], rest: FlowEvidence['rest'], id = 'lab-registry'): Partial<DecideInput> => ({
    evidence: new Map([[id, { transit, rest }]]),
  });
  const leg = (header: string): Partial<DecideInput> => {
    const way = provenance();
    return { provenance: { ...way, claims: { ...way.claims, leg: header } } };
  };
  const exception = (permit: Record<string, unknown>, expires: string) => ({
    exceptions: [{ permit, reason: 'asked for', approvedBy: 'officer', expires }],
  });
  const to = (entity: string) => ({ destination: { system: 'x', entity } });

  test.each<[string, Message, Record<string, unknown>, Partial<DecideInput>, Decision['verdict'], Reason[]]>([
    ['nothing found', {}, {}, {}, 'clean', []],
    ['permitted by all keys', { found: [NAME] }, {}, {}, 'permitted', []],
    ['another category', { found: [SSN] }, {}, {}, 'flagged', ['content.category']],
    ['another path', { found: [NOTE_NAME] }, {}, {}, 'flagged', ['content.category']],
    ['another type', { found: [NAME], type: 'ORU^R30' }, {}, {}, 'flagged', ['content.category']],
    ['another subject', { found: [{ ...NAME, subject: 'relative' }] }, {}, {}, 'flagged', ['content.subject']],
    ['unknown whose', { found: [{ ...NAME, subject: 'unknown' }] }, {}, {}, 'flagged', ['content.subject']],
    [
      'unknown whose, and each whose it may be is permitted',
      { found: [{ ...NAME, subject: 'unknown' }] },
      { permit: [{ subjects: ['patient', 'relative'] }, { subjects: ['employer', 'household'], categories: ['name'] }] },
      {},
      'permitted',
      [],
    ],
    [
      'unknown whose, of another category than all may have',
      { found: [{ ...SSN, subject: 'unknown' }] },
      { permit: [{ subjects: ['patient', 'relative'] }, { subjects: ['employer', 'household'], categories: ['name'] }] },
      {},
      'flagged',
      ['content.subject'],
    ],
    [
      'unknown whose, and staff is denied',
      { found: [{ ...NAME, subject: 'unknown' }] },
      { permit: [{ subjects: ['patient', 'relative', 'employer', 'household'] }], deny: [{ subjects: ['provider'] }] },
      {},
      'flagged',
      ['content.subject'],
    ],
    [
      'unknown whose, and the data set has no names',
      { found: [{ ...NAME, subject: 'unknown' }] },
      { permit: [{ subjects: ['patient', 'relative', 'employer', 'household'] }], ...basis('safe-harbor', 'none') },
      {},
      'flagged',
      ['dataset.safe-harbor'],
    ],
    [
      'a doubtful name alone in its text is recorded',
      { found: [{ ...NOTE_NAME, subject: 'unknown', lone: true }] },
      {},
      {},
      'permitted',
      [],
    ],
    [
      'unless nothing of anybody may be in the data',
      { found: [{ ...NOTE_NAME, subject: 'unknown', lone: true }] },
      basis('safe-harbor', 'none'),
      {},
      'flagged',
      ['dataset.safe-harbor'],
    ],
    [
      'or the registry knows it',
      { found: [{ ...NOTE_NAME, subject: 'unknown', lone: true, registry: 'name' }] },
      {},
      {},
      'flagged',
      ['content.category'],
    ],
    [
      'or somebody denied it',
      { found: [{ ...NOTE_NAME, subject: 'unknown', lone: true }] },
      { deny: [{ subjects: ['unknown'] }] },
      {},
      'flagged',
      ['content.subject'],
    ],
    ['staff is no leak', { found: [{ category: 'name', subject: 'provider', path: 'PV1-7' }] }, { permit: [] }, {}, 'clean', []],
    [
      'a scanner is no leak',
      { found: [{ category: 'device-id', subject: 'equipment', path: 'OBX-18' }] },
      { permit: [] },
      {},
      'clean',
      [],
    ],
    [
      'a deny of everything leaves staff alone',
      { found: [{ category: 'name', subject: 'provider' }] },
      { deny: [{}] },
      {},
      'clean',
      [],
    ],
    [
      'unless it names staff',
      { found: [{ category: 'name', subject: 'provider' }] },
      { deny: [{ subjects: ['provider'] }] },
      {},
      'flagged',
      ['content.subject'],
    ],
    ['deny over permit', { found: [NAME] }, { deny: [{ categories: ['name'] }] }, {}, 'flagged', ['content.category']],
    ['deny elsewhere', { found: [NAME] }, { deny: [{ categories: ['name'], paths: ['OBX'] }] }, {}, 'permitted', []],
    ['exception over lack of a permit', { found: [SSN] }, exception({ categories: ['ssn'] }, '2026-11-24'), {}, 'permitted', []],
    [
      'deny over exception',
      { found: [SSN] },
      { ...exception({}, '2027-01-01'), deny: [{ categories: ['ssn'] }] },
      {},
      'flagged',
      ['content.category'],
    ],
    [
      'an exception that is over',
      { found: [SSN] },
      exception({ categories: ['ssn'] }, '2026-11-23'),
      {},
      'flagged',
      ['content.category'],
    ],
    ['limited: a date', { found: [{ category: 'date', path: 'PID-7' }] }, basis('limited', 'dua'), {}, 'permitted', []],
    ['limited: no name, permit or not', { found: [NAME] }, basis('limited', 'dua'), {}, 'flagged', ['dataset.limited']],
    [
      'limited: exception over the ceiling',
      { found: [NAME] },
      { ...basis('limited', 'dua'), ...exception({}, '2027-01-01') },
      {},
      'permitted',
      [],
    ],
    [
      'limited without a DUA',
      { found: [{ category: 'date', path: 'PID-7' }] },
      basis('limited', 'none'),
      {},
      'flagged',
      ['agreement.missing'],
    ],
    [
      'limited, DUA over',
      { found: [{ category: 'date', path: 'PID-7' }] },
      basis('limited', 'dua', '2026-11-23'),
      {},
      'flagged',
      ['agreement.expired'],
    ],
    [
      'limited, DUA on its last day',
      { found: [{ category: 'date', path: 'PID-7' }] },
      basis('limited', 'dua', '2026-11-24'),
      {},
      'permitted',
      [],
    ],
    [
      'safe harbor: not even a date',
      { found: [{ category: 'date', path: 'PID-7' }] },
      basis('safe-harbor', 'none'),
      {},
      'flagged',
      ['dataset.safe-harbor'],
    ],
    ['expert without the paper', { found: [NAME] }, basis('expert', 'none'), {}, 'flagged', ['agreement.missing']],
    ['expert: what permit says', { found: [NAME] }, basis('expert', 'expert'), {}, 'permitted', []],
    ['ba without a BAA', { found: [NAME] }, to('ba'), {}, 'flagged', ['agreement.missing']],
    ['ba with a BAA', { found: [NAME] }, { ...to('ba'), ...basis('phi', 'baa') }, {}, 'permitted', []],
    ['ba without a BAA and without PHI', {}, to('ba'), {}, 'clean', []],
    ['none, whatever end is written', { found: [NAME] }, basis('phi', 'none', '2026-01-01'), {}, 'permitted', []],
    ['a real patient in test', { found: [NAME] }, { environment: 'test' }, {}, 'flagged', ['environment.test']],
    ['a training patient in test', { found: [NAME], processing: 'T' }, { environment: 'test' }, {}, 'permitted', []],
    ['a production message without a patient in test', {}, { environment: 'test' }, {}, 'clean', []],
    ['a label not named', { found: [NAME], sensitivities: ['hiv'] }, {}, {}, 'flagged', ['content.sensitivity']],
    [
      'a label named',
      { found: [NAME], sensitivities: ['hiv'] },
      { permit: [{ sensitivity: ['hiv', 'minor'] }] },
      {},
      'permitted',
      [],
    ],
    ['a minor', { found: [NAME], sensitivities: ['minor'] }, {}, {}, 'permitted', []],
    [
      'a minor denied',
      { found: [NAME], sensitivities: ['minor'] },
      { deny: [{ sensitivity: ['minor'] }] },
      {},
      'flagged',
      ['content.sensitivity'],
    ],
    [
      'a unit whose records are sensitive',
      { found: [NAME, { category: 'name', subject: 'facility', path: 'PV1-10', text: 'Detox ' }] },
      { units: { 'sud-part2': ['DETOX'] } },
      {},
      'flagged',
      ['content.sensitivity'],
    ],
    [
      'a label denied',
      { found: [NAME], sensitivities: ['hiv'] },
      { deny: [{ sensitivity: ['hiv'] }], permit: [{ sensitivity: ['hiv'] }] },
      {},
      'flagged',
      ['content.sensitivity'],
    ],
    ['a denied label that is not there', { found: [NAME] }, { deny: [{ sensitivity: ['hiv'] }] }, {}, 'permitted', []],
    ['pixel data', { unread: ['pixel-data'] }, {}, {}, 'clean', []],
    ['pixel data, denied', { unread: ['pixel-data'] }, { deny: [{ categories: ['unexamined'] }] }, {}, 'flagged', ['unexamined']],
    ['bytes nobody read', { unread: ['over-limit'] }, permitAll, {}, 'flagged', ['unexamined']],
    [
      'bytes nobody read, elided',
      {},
      permitAll,
      { elided: [{ start: 0, end: 9, reason: 'over-limit' }] },
      'flagged',
      ['unexamined'],
    ],
    ['a detector out of budget', { overBudget: ['budget'] }, {}, {}, 'flagged', ['unexamined']],
    [
      'unread bytes that are accepted',
      { unread: ['over-limit'] },
      { permit: [{ categories: ['unexamined'], paths: ['over-limit'] }] },
      {},
      'permitted',
      [],
    ],
    [
      'unread for another reason',
      { unread: ['budget'] },
      { permit: [{ categories: ['unexamined'], paths: ['over-limit'] }] },
      {},
      'flagged',
      ['unexamined'],
    ],
    ['quarantined', {}, {}, { quarantined: true }, 'flagged', ['quarantined']],
    ['transport failed', {}, { require: { transit: 'rfc9325' } }, known('failed', null), 'flagged', ['transport.failed']],
    ['mutual TLS failed', {}, { require: { mtls: true } }, known('failed', null), 'flagged', ['transport.failed']],
    ['transport not proven is the watch’s', {}, { require: { transit: 'rfc9325' } }, known('unknown', null), 'clean', []],
    ['transport failed, not required', {}, {}, known('failed', 'failed'), 'clean', []],
    ['a place in clear', {}, { require: { rest: 'encrypted' } }, known(null, 'failed'), 'flagged', ['location.unknown']],
    ['a place not proven is the watch’s', {}, { require: { rest: 'encrypted' } }, known('failed', 'claimed'), 'clean', []],
    ['another flow failed', {}, { require: { mtls: true } }, known('failed', 'failed', 'other'), 'clean', []],
    [
      'leg and place',
      { found: [SSN] },
      { require: { transit: 'rfc9325', rest: 'encrypted' } },
      known('failed', 'failed'),
      'flagged',
      ['content.category', 'transport.failed', 'location.unknown'],
    ],
    ['its own leg in clear', {}, { require: { transit: 'rfc9325' } }, leg('tls=none'), 'flagged', ['transport.failed']],
    ['its own leg under TLS 1.0', {}, { require: { mtls: true } }, leg('tls=1.0'), 'flagged', ['transport.failed']],
    ['its own leg in clear, not required', {}, { require: { rest: 'encrypted' } }, leg('tls=none'), 'clean', []],
    [
      'a claim clears nothing',
      {},
      { require: { mtls: true } },
      { ...known('failed', null), ...leg('tls=1.3') },
      'flagged',
      ['transport.failed'],
    ],
    [
      'a cohort that is denied',
      { found: [NAME] },
      { cohorts: { vip: 'deny' } },
      { cohorts: ['vip'] },
      'flagged',
      ['content.subject'],
    ],
    ['a cohort that is not named', { found: [NAME] }, {}, { cohorts: ['vip'] }, 'permitted', []],
    ['suspended', { found: [NAME] }, { status: 'suspended' }, {}, 'flagged', ['flow.suspended']],
    ['expired', { found: [NAME] }, { expires: '2026-11-23' }, {}, 'flagged', ['flow.expired']],
    ['on its last day', { found: [NAME] }, { expires: '2026-11-24' }, {}, 'permitted', []],
    ['not valid yet', { found: [NAME] }, { validFrom: '2026-11-25' }, {}, 'flagged', ['flow.unregistered']],
    ['on its first day', { found: [NAME] }, { validFrom: '2026-11-24' }, {}, 'permitted', []],
    ['unregistered', { found: [NAME], msh: { 3: 'ROGUE' } }, {}, {}, 'flagged', ['flow.unregistered']],
    ['unregistered and clean', { msh: { 3: 'ROGUE' } }, {}, {}, 'flagged', ['flow.unregistered']],
    [
      'judged as a flow that it does not match',
      { found: [NAME], msh: { 3: 'ROGUE' } },
      {},
      { flow: 'lab-registry' },
      'permitted',
      [],
    ],
  ])('%s', (_, of, change, input, verdict, reasons) => {
    const decision = judge(of, change, input);
    expect([decision.verdict, decision.reasons]).toEqual([verdict, reasons]);
    expect(decision.causes.map((cause) => cause.reason)).toEqual(reasons);
  });

  it('refuses to judge as a flow that is not there', () => {
    expect(() => judge({}, {}, { flow: 'no-such' })).toThrow(/no flow "no-such"/);
  });

  it('knows a part without a header by the header it is given', () => {
    const { routing } = message().parsed;
    expect(judge({ msh: {} }, {}, { routing }).verdict).toBe('clean');
    expect(judge({ msh: {} }).reasons).toEqual(['flow.unregistered']);
  });
});

describe('incidents', () => {
  it('are one for a category in a field group, however often it is found', () => {
    const found: Found[] = [SSN, { category: 'ssn', path: 'PID-3.1' }, { category: 'ssn', path: 'OBX-5' }, NAME];
    const { causes } = judge({ found });
    expect(causes.map(({ key, matches }) => [key, matches])).toEqual([
      ['content|lab-registry|ssn|PID', [0, 1]],
      ['content|lab-registry|ssn|OBX', [2]],
    ]);
  });

  it('are one for an unregistered flow, which replaces those of its content', () => {
    const decision = judge({
      msh: { 3: 'ROGUE', 4: 'WARD', 5: 'CLOUD' },
      found: [SSN, NAME, { category: 'name', subject: 'provider' }],
    });
    expect(decision.flow).toMatchObject({ key: 'mllp|CLOUD|ROGUE^WARD', policy: null });
    expect(decision.causes).toEqual([
      {
        key: 'unregistered|mllp|CLOUD|ROGUE^WARD',
        reason: 'flow.unregistered',
        flow: 'mllp|CLOUD|ROGUE^WARD',
        category: null,
        group: null,
        severity: 'high',
        exposure: { recipient: 'none', data: 'identified', categories: ['name', 'ssn'], transit: null },
        matches: [0, 1],
      },
    ]);
  });

  test.each([
    ['expired', { expires: '2026-11-01' }, 'expired|lab-registry'],
    ['suspended', { status: 'suspended' }, 'suspended|lab-registry'],
  ])('are one for a flow that is %s', (_, change, key) => {
    expect(
      judge({ found: [SSN, NAME], unread: ['budget'] }, change, { quarantined: true }).causes.map((cause) => cause.key),
    ).toEqual([key]);
  });

  it('say which bytes nobody read', () => {
    const [cause] = judge({ unread: ['budget', 'budget'] }).causes;
    expect(cause).toMatchObject({ key: 'unexamined|lab-registry|budget', category: 'unexamined', group: 'budget', matches: [] });
  });

  it('say which labels', () => {
    const [cause] = judge({ found: [NAME], sensitivities: ['minor', 'hiv'] }).causes;
    expect(cause).toMatchObject({ key: 'content.sensitivity|lab-registry|hiv+minor', group: 'hiv+minor' });
  });
});

describe('a flow in shadow', () => {
  const inShadow = { status: 'shadow' };

  it('is judged and counted, and opens nothing below critical', () => {
    const decision = judge({ found: [{ category: 'date', path: 'OBX-5' }] }, inShadow);
    expect([decision.verdict, decision.reasons]).toEqual(['flagged', ['content.category']]);
    expect(decision.causes).toEqual([]);
    expect(decision.shadowed).toMatchObject([{ key: 'content|lab-registry|date|OBX' }]);
  });

  it('opens what is critical', () => {
    const decision = judge(
      {
        found: [
          { ...SSN, severity: 'critical' },
          { category: 'date', path: 'OBX-5' },
        ],
      },
      { ...inShadow, destination: { system: 'x', entity: 'vendor' } },
    );
    expect(decision.causes).toMatchObject([{ key: 'content|lab-registry|ssn|PID', severity: 'critical' }]);
    expect(decision.shadowed).toHaveLength(1);
  });

  it('is told apart by status alone', () => {
    const known = { recipient: 'associate', transit: null, labels: [], found: [], claimed: false, confirmed: true } as const;
    const causes = gatherCauses({ policy: policy(), ...known });
    causes.whole('quarantined', []);
    expect(shadow(policy(inShadow), causes.list()).shadowed).toHaveLength(1);
    expect(shadow(policy(), causes.list()).shadowed).toHaveLength(0);
    expect(shadow(null, causes.list()).causes).toHaveLength(1);
  });
});

describe('decideAlone', () => {
  test.each<[string, Message, string, Reason[]]>([
    ['nothing', {}, 'clean', ['flow.none']],
    ['a patient', { found: [NAME] }, 'flagged', ['flow.none']],
    ['a relative', { found: [{ category: 'phone', subject: 'relative' }] }, 'flagged', ['flow.none']],
    ['nobody knows who', { found: [{ category: 'phone', subject: 'unknown' }] }, 'flagged', ['flow.none']],
    ['staff', { found: [{ category: 'name', subject: 'provider' }] }, 'clean', ['flow.none']],
    ['pixel data', { unread: ['pixel-data'] }, 'clean', ['flow.none']],
    ['unread bytes', { unread: ['over-limit'] }, 'flagged', ['flow.none', 'unexamined']],
    ['out of budget', { overBudget: ['budget'] }, 'flagged', ['flow.none', 'unexamined']],
  ])('%s', (_, of, verdict, reasons) => {
    const { parsed, detection } = message(of);
    expect(decideAlone(parsed, detection)).toMatchObject({ verdict, reasons });
  });

  it('counts by category and subject', () => {
    const { detection } = message({ found: [NAME, NOTE_NAME, SSN, { category: 'name', subject: 'provider' }] });
    expect(summarize(detection, (i) => i === 1)).toEqual([
      { category: 'name', subject: 'patient', count: 1, permitted: false },
      { category: 'name', subject: 'patient', count: 1, permitted: true },
      { category: 'ssn', subject: 'patient', count: 1, permitted: false },
      { category: 'name', subject: 'provider', count: 1, permitted: false },
    ]);
    expect(unreadReasons([{ start: 0, end: 1, reason: 'budget' }], [{ start: 3, end: 4, reason: 'budget' }])).toEqual(['budget']);
  });
});

describe('properties', () => {
  const found = fc.array(
    fc.record({
      category: fc.constantFrom(...CATEGORIES),
      subject: fc.constantFrom(...SUBJECTS),
      path: fc.constantFrom('PID-5.1', 'PID-19', 'OBX-5', 'ZPI-2'),
    }),
    { maxLength: 6 },
  );
  const rule = fc.record(
    {
      types: fc.constantFrom(['ORU^R01'], ['ADT^*']),
      subjects: fc.uniqueArray(fc.constantFrom(...SUBJECTS), { minLength: 1, maxLength: 3 }),
      categories: fc.uniqueArray(fc.constantFrom(...CATEGORIES), { minLength: 1, maxLength: 6 }),
      paths: fc.constantFrom(['PID-*'], ['OBX'], ['*']),
    },
    { requiredKeys: [] },
  );
  const dataset = fc.constantFrom('phi', 'limited', 'safe-harbor');

  it('permitting more never flags more, denying more never flags less', () => {
    fc.assert(
      fc.property(
        found,
        fc.array(rule, { maxLength: 3 }),
        fc.array(rule, { maxLength: 1 }),
        rule,
        dataset,
        (what, permit, deny, more, kind) => {
          const change = { permit, deny, basis: { purpose: 'research', dataset: kind, agreement: { kind: 'dua' } } };
          const refused = (changed: Record<string, unknown>): number[] =>
            judge({ found: what, unread: ['budget'] }, { ...change, ...changed }).causes.flatMap((cause) => cause.matches);
          const base = new Set(refused({}));
          expect(refused({ permit: [...permit, more] }).every((i) => base.has(i))).toBe(true);
          const denied = new Set(refused({ deny: [...deny, more] }));
          expect([...base].every((i) => denied.has(i))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('every finding that is refused is a fact of one incident, and the summary counts all', () => {
    fc.assert(
      fc.property(found, fc.array(rule, { maxLength: 3 }), (what, permit) => {
        const decision = judge({ found: what }, { permit });
        const facts = decision.causes.flatMap((cause) => cause.matches);
        expect(new Set(facts).size).toBe(facts.length);
        expect(decision.summary.reduce((sum, row) => sum + row.count, 0)).toBe(what.length);
        expect(decision.summary.reduce((sum, row) => sum + (row.permitted ? 0 : row.count), 0)).toBe(facts.length);
        expect(decision.verdict === 'flagged').toBe(facts.length > 0);
      }),
      { numRuns: 200 },
    );
  });

  it('a decision never holds a value of the message, wherever the sender put it', () => {
    const word = fc.constantFrom('Quillfeather', 'MR4000321', '19620303', '8455550142', 'marisol.q@example.org');
    fc.assert(
      fc.property(word, word, word, fc.boolean(), (three, five, claim, registered) => {
        const decision = judge(
          {
            msh: registered ? { 3: 'LIS', 4: three, 5: 'REGISTRY', 6: five } : { 3: `${three}^x`, 5: `ward ${five}` },
            found: [
              { category: 'email', path: 'MSH-4', text: 'marisol.q@example.org' },
              { category: 'name', text: 'Quillfeather' },
            ],
            identity: [
              { kind: 'name', category: 'name', parts: ['Quillfeather', 'Marisol'] },
              { kind: 'number', category: 'mrn', parts: ['MR4000321'] },
              { kind: 'date', category: 'date', parts: ['19620303'] },
              { kind: 'phone', category: 'phone', parts: ['845-5550142'] },
              { kind: 'email', category: 'email', parts: ['marisol.q@example.org'] },
            ],
          },
          {},
          { provenance: provenance({ source: claim, destination: claim }) },
        );
        const written = JSON.stringify(decision);
        for (const value of ['Quillfeather', 'Marisol', 'MR4000321', '19620303', '8455550142', 'marisol.q@']) {
          expect(written.toLowerCase()).not.toContain(value.toLowerCase());
        }
      }),
      { numRuns: 100 },
    );
  });

  it('the same input gives the same decision', () => {
    const of = { found: [SSN, NAME, NOTE_NAME], unread: ['budget'] };
    expect(judge(of)).toEqual(judge(of));
    expect(judge(of, {}, { now: NOW + DAY })).toEqual(judge(of));
  });
});
