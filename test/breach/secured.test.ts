import { describe, expect, it } from 'vitest';
import { securedTargets, securedThroughout } from '../../src/breach/secured.ts';
import type { EvidencePeriod } from '../../src/core/evidence.ts';
import { FlowSchema } from '../../src/policy/flow.ts';

const policy = FlowSchema.parse({
  id: 'lab',
  title: 'Lab',
  owner: 'privacy@hospital.example',
  status: 'active',
  match: [{ listener: 'mllp' }],
  destination: { system: 'registry', entity: 'vendor', location: 'store', endpoint: 'registry.example:6661' },
  basis: { purpose: 'operations', dataset: 'phi', agreement: { kind: 'baa', ref: 'B-1' } },
  permit: [],
  expires: '2027-10-31',
});
const verify = ['s3://films/'];
const { hop, rest } = securedTargets(policy, verify);

const period = (over: Partial<EvidencePeriod>): EvidencePeriod => ({
  target: hop[0] ?? '',
  check: 'version',
  profile: 'sp800-52r2',
  section: '',
  outcome: 'proven',
  how: 'probed',
  facts: {},
  reason: null,
  at: 0,
  expires: 1000,
  since: 0,
  ended: null,
  ...over,
});
const store = (over: Partial<EvidencePeriod> = {}) => period({ target: rest[0] ?? '', check: 'objects', profile: null, ...over });
const of = (...periods: EvidencePeriod[]) => securedThroughout(policy, verify, periods, { from: 100, to: 200 });

describe('whether evidence bears the safe harbour', () => {
  it('asks for hop and place, proven for all of the time', () => {
    expect(of(period({}), store())).toEqual({ hop: true, rest: true });
    expect(of(period({}))).toEqual({ hop: true, rest: false });
    expect(of(store())).toEqual({ hop: false, rest: true });
    expect(of()).toEqual({ hop: false, rest: false });
  });

  it.each([
    ['that begins late', [period({ since: 101 })]],
    ['that expires early', [period({ expires: 200 })]],
    [
      'with a failure within',
      [period({ ended: 150 }), period({ outcome: 'failed', since: 150, ended: 151 }), period({ since: 151 })],
    ],
    ['with a check that is not proven', [period({}), period({ check: 'suites', outcome: 'unknown' })]],
    ['with a lapse', [period({ expires: 150, ended: 160 }), period({ since: 160 })]],
    ['of another profile', [period({ profile: 'iti-19' })]],
    ['of the profile that policies have where they say none', [period({ profile: 'rfc9325' })]],
    ['that is only claimed', [period({ outcome: 'claimed' })]],
    [
      'whose engine says that it sends in clear',
      [period({}), period({ target: hop[1] ?? '', profile: null, outcome: 'failed' })],
    ],
  ])('takes no hop %s', (_name, periods) => {
    expect(of(...periods, store()).hop).toBe(false);
  });

  it('joins periods that follow each other', () => {
    expect(of(period({ ended: 150 }), period({ since: 150 }), store()).hop).toBe(true);
  });

  it('proves nothing where nobody can be asked', () => {
    const bare = { ...policy, destination: { system: 'registry', entity: 'vendor' as const } };
    expect(securedThroughout(bare, [], [period({})], { from: 100, to: 200 })).toEqual({ hop: false, rest: false });
    expect(securedThroughout(null, [], [], { from: 100, to: 200 })).toEqual({ hop: false, rest: false });
  });
});
