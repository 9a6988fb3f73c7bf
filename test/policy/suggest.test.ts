import { describe, expect, it, test } from 'vitest';
import { EDIT_ME } from '../../src/policy/flow.ts';
import { loadFlows } from '../../src/policy/load.ts';
import type { FlowFacts } from '../../src/policy/match-item.ts';
import { observeFlow } from '../../src/policy/observe.ts';
import { factsOfObserved, readObserved } from '../../src/policy/observed-names.ts';
import { compileRegister, matchFlow } from '../../src/policy/register.ts';
import { replay } from '../../src/policy/replay.ts';
import { type SeenFlow, type SeenUse, suggestFlows } from '../../src/policy/suggest.ts';
import { suspectOf } from '../../src/policy/suspect.ts';
import { facts, message, NOW, policy } from './make.ts';

const LIS = { 3: 'LIS^1.2.3^ISO', 4: 'HOSPITAL', 5: 'REGISTRY', 6: 'STATE' };

const WAYS: [string, FlowFacts, string][] = [
  ['fields of MSH', facts({}, LIS), 'mllp|REGISTRY^STATE|LIS^HOSPITAL'],
  ['applications only', facts({}, { 3: 'LIS', 5: 'EHR' }), 'mllp|EHR|LIS'],
  ['an address alone', facts({ address: '::ffff:10.0.0.1' }), 'mllp|unknown|::ffff:10.0.0.1'],
  ['a key alone', facts({ protocol: 'http', apiKey: 'k1' }), 'http|unknown|key k1'],
  [
    'a certificate beside',
    facts({ protocol: 'mllp-tls', certificate: 'CN=lis,O=H' }, LIS),
    'mllp-tls|REGISTRY^STATE|CN=lis,O=H; LIS^HOSPITAL',
  ],
  [
    'claims over MSH',
    facts({ protocol: 'http', source: 'lis', destination: 'cloud' }, LIS),
    'http|cloud (claimed)|lis (claimed)',
  ],
  ['AE titles', facts({ protocol: 'dimse', calling: 'CT1', called: 'ARCHIVE' }), 'dimse|AE ARCHIVE|AE CT1'],
  [
    'the AE title beside a certificate',
    facts({ protocol: 'dimse-tls', certificate: 'CN=archive,O=H', calling: 'ARCHIVE', called: 'VENDOR' }),
    'dimse-tls|AE VENDOR|CN=archive,O=H; AE ARCHIVE',
  ],
];

describe('observeFlow', () => {
  test.each(WAYS)('knows a flow by %s', (_, of, key) => {
    const observed = observeFlow(of, null);
    expect(observed.key).toBe(key);
    expect(observeFlow(factsOfObserved(observed), null).key).toBe(key);
  });

  it('cuts and cleans names, so that a key is bounded and reads back', () => {
    const { key } = observeFlow(facts({}, { 3: `A|B;C\u0007${'x'.repeat(500)}`, 5: '\u202eEHR\n' }), null);
    expect(key).toBe(`mllp|_EHR_|A/B,C_${'x'.repeat(58)}`);
    expect(observeFlow(facts({ listener: 'a|b' }), policy()).policy).toBe('lab-registry');
  });

  it('masks what is an identifier of the message, and what devices add to their name is left out', () => {
    const of = facts({ source: 'Quillfeather' }, { 5: 'Quillfeather^Marisol', 3: 'GATEWAY^000B3CFFFE0004FE^EUI-64' });
    expect(observeFlow(of, null, (text) => text === 'Quillfeather').key).toBe('mllp|Aaaaa|Aaaaa (claimed)');
    expect(observeFlow(facts({}, { 3: 'GATEWAY^000B3CFFFE0004FE^EUI-64' }), null).source).toBe('GATEWAY');
  });

  it('suspects people, not systems', () => {
    const { parsed, detection } = message({
      identity: [
        { kind: 'name', category: 'name', parts: ['Quillfeather', 'Jo'] },
        { kind: 'number', category: 'mrn', parts: ['MR-400-0321'] },
      ],
    });
    const suspect = suspectOf(parsed, detection, new Set(['quillfeather lab']));
    const asked = ['LIS', 'ward of QUILLFEATHER', 'xMR4000321', 'jo', 'quillfeather lab', ''];
    expect(asked.map(suspect)).toEqual([false, true, true, false, false, false]);
  });
});

const FLOW: SeenFlow = {
  key: 'k',
  listener: 'mllp',
  source: 'LIS^HOSPITAL',
  destination: 'REGISTRY',
  policy: null,
  messages: 40,
};
const use = (type: string, category: string, subject = 'patient', messages = 10): SeenUse => ({
  key: 'k',
  type,
  category,
  subject,
  messages,
});

describe('suggestFlows', () => {
  const uses = [
    use('ORU^R01', 'name'),
    use('ORU^R01', 'date'),
    use('ADT^A01', 'name'),
    use('ADT^A01', 'date'),
    use('ADT^A08', 'ssn'),
    use('ORU^R01', 'name', 'provider'),
  ];
  const finish = (yaml: string): string =>
    yaml
      .replace(`owner: ${EDIT_ME}`, 'owner: me@hospital.example')
      .replace(`entity: ${EDIT_ME}`, 'entity: ce')
      .replace(`purpose: ${EDIT_ME}`, 'purpose: treatment');

  it('drafts a policy that loads once a person has finished it, and matches', () => {
    const [draft] = suggestFlows([FLOW], uses, NOW);
    expect(draft?.id).toBe('lis-hospital-registry');
    const yaml = draft?.yaml ?? '';
    expect(() => loadFlows([{ file: 'x.yaml', text: yaml }])).toThrow(/still says EDIT-ME/);
    const [flow] = loadFlows([{ file: 'x.yaml', text: finish(yaml) }]);
    expect(flow).toMatchObject({
      status: 'shadow',
      match: [{ listener: 'mllp', msh: { 3: 'LIS', 4: 'HOSPITAL', 5: 'REGISTRY' } }],
      permit: [
        { types: ['ORU^R01', 'ADT^A01'], subjects: ['patient'], categories: ['name', 'date'] },
        { types: ['ADT^A08'], subjects: ['patient'], categories: ['ssn'] },
      ],
      expires: '2027-11-24',
    });
  });

  test.each(WAYS)('matches what it was drafted from: %s', (_, of) => {
    const observed = observeFlow(of, null);
    const [draft] = suggestFlows([{ ...observed, messages: 1 }], [], NOW);
    const register = compileRegister(loadFlows([{ file: 'x.yaml', text: finish(draft?.yaml ?? '') }]));
    const nameless = Object.keys(register.policies[0]?.match[0] ?? {}).length === 1;
    expect(matchFlow(register, of)?.id).toBe(draft?.id);
    expect(draft?.yaml.includes('Nothing but the listener')).toBe(nameless);
  });

  it('leaves registered flows alone, gives each its own id and matches by no mask', () => {
    const drafts = suggestFlows(
      [{ ...FLOW, policy: 'x' }, FLOW, { ...FLOW, key: 'm', source: '***; Aaaa (claimed)' }, FLOW],
      [],
      NOW,
      ['lis-hospital-registry-2'],
    );
    expect(drafts.map((draft) => draft.id)).toEqual(['lis-hospital-registry', 'aaaa-registry', 'lis-hospital-registry-3']);
    expect(drafts[1]?.yaml).toMatch(/msh:\n +"5": REGISTRY/);
    expect(drafts[1]?.yaml).not.toMatch(/source:/);
    const [titled] = suggestFlows([{ ...FLOW, source: 'CN=ct1; AE AAAA', destination: 'AE AA' }], [], NOW);
    expect(titled?.yaml).toMatch(/certificate: CN=ct1/);
    expect(titled?.yaml).not.toMatch(/AE: /);
    expect(readObserved({ source: 'unknown', destination: 'unknown' })).toEqual({ msh: {} });
  });
});

describe('replay', () => {
  const known = { ...FLOW, policy: 'lab-registry' };
  const uses = [
    use('ORU^R01', 'name', 'patient', 30),
    use('ORU^R01', 'ssn', 'patient', 4),
    use('ORU^R01', 'name', 'provider', 35),
  ];
  const register = (...changes: Record<string, unknown>[]) =>
    compileRegister(changes.map((change) => policy({ permit: [{ categories: ['name'] }], ...change })));

  test.each<[string, ReturnType<typeof register>, ReturnType<typeof register>, Record<string, unknown>]>([
    ['no change', register({}), register({}), { newlyFlagged: 0, noLongerFlagged: 0, changes: [], before: 'lab-registry' }],
    [
      'one more permit',
      register({}),
      register({ permit: [{}] }),
      { newlyFlagged: 0, noLongerFlagged: 4, changes: [{ what: 'ORU^R01 ssn of patient', messages: 4, flagged: false }] },
    ],
    ['one less', register({}), register({ permit: [] }), { newlyFlagged: 30, noLongerFlagged: 0 }],
    [
      'a deny that names staff',
      register({}),
      register({ deny: [{ subjects: ['provider'] }] }),
      { newlyFlagged: 35, noLongerFlagged: 0 },
    ],
    [
      'a permit with paths is taken not to cover',
      register({}),
      register({ permit: [{ categories: ['name'], paths: ['PID'] }] }),
      { newlyFlagged: 30 },
    ],
    [
      'suspended',
      register({}),
      register({ status: 'suspended' }),
      { after: 'lab-registry (suspended)', newlyFlagged: 36, noLongerFlagged: 0 },
    ],
    [
      'registered',
      register(),
      register({}),
      { before: 'unregistered', after: 'lab-registry', newlyFlagged: 0, noLongerFlagged: 36 },
    ],
    ['no longer registered', register({}), register({ match: [{ source: 'x' }] }), { after: 'unregistered', newlyFlagged: 36 }],
    ['not valid yet', register({}), register({ validFrom: '2027-01-01' }), { after: 'unregistered' }],
  ])('%s', (_, before, after, expected) => {
    expect(replay([known], uses, before, after, NOW)[0]).toMatchObject(expected);
  });

  it('goes by the stored policy where names alone cannot tell, while its match is unchanged', () => {
    const byAddress = { match: [{ address: '10.0.0.0/8' }] };
    expect(replay([known], uses, register(byAddress), register(byAddress), NOW)[0]).toMatchObject({
      before: 'lab-registry',
      after: 'lab-registry',
    });
    expect(replay([known], uses, register(byAddress), register({ match: [{ address: '10.1.0.0/16' }] }), NOW)[0]).toMatchObject({
      after: 'unregistered',
    });
    expect(replay([known], uses, register(byAddress), register(byAddress, { id: 'new' }), NOW)[0]).toMatchObject({
      after: 'new',
    });
  });

  it('counts what it does not know as flagged', () => {
    const [row] = replay([known], [use('', 'new-kind')], register({}), register({ permit: [{}] }), NOW);
    expect(row).toMatchObject({ newlyFlagged: 0, noLongerFlagged: 0 });
  });
});
