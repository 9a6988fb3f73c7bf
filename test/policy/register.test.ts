import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isAddress, parseAddress, parseRange } from '../../src/policy/address.ts';
import { checkRegister } from '../../src/policy/check.ts';
import type { MatchItem } from '../../src/policy/flow.ts';
import {
  canOverlap,
  compareRanks,
  compileItem,
  type FlowFacts,
  holds,
  isImplied,
  listenerNames,
  see,
} from '../../src/policy/match-item.ts';
import { compileGlob, compilePathGlob, firstComponent, parseSubject } from '../../src/policy/names.ts';
import { compileRegister, matchFlow } from '../../src/policy/register.ts';
import { facts, NOW, policy } from './make.ts';

type Item = Record<string, unknown>;

function matched(policies: Record<string, Item[]>, of: FlowFacts): string | null {
  const register = compileRegister(Object.entries(policies).map(([id, match]) => policy({ id, match })));
  return matchFlow(register, of)?.id ?? null;
}

describe('a match item', () => {
  test.each<[string, Item, FlowFacts, boolean]>([
    ['listener by protocol', { listener: 'mllp' }, facts({ listener: 'lab', protocol: 'mllp' }), true],
    ['listener by name', { listener: 'lab' }, facts({ listener: 'lab', protocol: 'mllp' }), true],
    ['mllp holds over TLS', { listener: 'mllp' }, facts({ protocol: 'mllp-tls' }), true],
    ['mllp-tls does not hold in clear', { listener: 'mllp-tls' }, facts({ protocol: 'mllp' }), false],
    ['another listener', { listener: 'http' }, facts(), false],
    ['a whole field', { msh: { 3: 'LIS^1.2.3^ISO' } }, facts({}, { 3: 'LIS^1.2.3^ISO' }), true],
    ['its first component', { msh: { 3: 'LIS' } }, facts({}, { 3: 'LIS^1.2.3^ISO' }), true],
    ['not its second', { msh: { 3: '1.2.3' } }, facts({}, { 3: 'LIS^1.2.3^ISO' }), false],
    ['case counts', { msh: { 3: 'lis' } }, facts({}, { 3: 'LIS' }), false],
    ['no part of it', { msh: { 3: 'LI' } }, facts({}, { 3: 'LIS' }), false],
    ['a field that is not there', { msh: { 5: 'X' } }, facts({}, { 3: 'LIS' }), false],
    ['a field of an object’s own kind', { msh: { 3: 'LIS', 4: 'H' } }, facts({}, { 3: 'LIS' }), false],
    ['an address', { address: '10.20.0.5' }, facts({ address: '10.20.0.5' }), true],
    ['a range', { address: '10.20.0.0/16' }, facts({ address: '10.20.255.1' }), true],
    ['beside the range', { address: '10.20.0.0/16' }, facts({ address: '10.21.0.1' }), false],
    ['IPv4 in IPv6', { address: '10.20.0.0/16' }, facts({ address: '::ffff:10.20.0.5' }), true],
    ['IPv4 in IPv6 in the policy', { address: '::ffff:10.20.0.0/112' }, facts({ address: '10.20.0.5' }), true],
    ['IPv6', { address: 'fd00::/8' }, facts({ address: 'fd12::1' }), true],
    ['IPv6 against IPv4', { address: '::/0' }, facts({ address: '10.0.0.1' }), false],
    ['no address at all', { address: '10.0.0.0/8' }, facts({ address: 'unix' }), false],
    ['a subject', { certificate: 'CN=lis' }, facts({ certificate: 'CN=lis,O=Hospital' }), true],
    ['as Node prints it', { certificate: 'O=Hospital, CN=lis' }, facts({ certificate: 'C=US\nO=Hospital\nCN=LIS' }), true],
    ['another subject', { certificate: 'CN=lis' }, facts({ certificate: 'CN=lis2,O=CN=lis' }), false],
    ['no certificate', { certificate: 'CN=lis' }, facts(), false],
    ['a claimed source', { source: 'lis' }, facts({ source: 'lis' }), true],
    [
      'headers',
      { header: { 'Cordon-Flow': 'f', 'Cordon-Source': 's', 'Cordon-Destination': 'd' } },
      facts({ flow: 'f', source: 's', destination: 'd' }),
      true,
    ],
    ['a header not sent', { header: { 'Cordon-Flow': 'f' } }, facts(), false],
    ['AE titles', { calledAE: 'ARCHIVE', callingAE: 'CT1' }, facts({ calling: 'CT1', called: 'ARCHIVE' }), true],
    ['another AE title', { callingAE: 'CT2' }, facts({ calling: 'CT1', called: 'ARCHIVE' }), false],
    ['all keys or none', { listener: 'mllp', msh: { 3: 'LIS' } }, facts({}, { 3: 'EHR' }), false],
    ['two sources', { source: 'a', header: { 'Cordon-Source': 'b' } }, facts({ source: 'a' }), false],
  ])('%s', (_, item, of, expected) => {
    expect(matched({ only: [item] }, of)).toBe(expected ? 'only' : null);
  });
});

describe('the most specific match wins', () => {
  const all = facts(
    { protocol: 'mllp-tls', listener: 'lab', certificate: 'CN=lis,O=H', source: 's', address: '10.20.0.5' },
    { 3: 'LIS', 4: 'H', 5: 'REG' },
  );
  test.each<[string, Item, Item]>([
    [
      'a certificate over all names',
      { certificate: 'CN=lis' },
      { listener: 'lab', msh: { 3: 'LIS', 4: 'H', 5: 'REG' }, source: 's', address: '10.20.0.5' },
    ],
    ['more of the subject', { certificate: 'CN=lis,O=H' }, { certificate: 'CN=lis', msh: { 3: 'LIS' } }],
    ['more names', { msh: { 3: 'LIS', 5: 'REG' } }, { msh: { 3: 'LIS' } }],
    ['a header is a name', { msh: { 3: 'LIS' }, source: 's' }, { msh: { 3: 'LIS' } }],
    ['names over addresses', { msh: { 3: 'LIS' } }, { address: '10.20.0.5' }],
    ['the narrower range', { address: '10.20.0.0/24' }, { address: '10.20.0.0/16' }],
    ['an address over a listener', { address: '10.0.0.0/8' }, { listener: 'lab' }],
    ['a listener by name over its protocol', { listener: 'lab' }, { listener: 'mllp-tls' }],
    ['a protocol over TLS over its family', { listener: 'mllp-tls' }, { listener: 'mllp' }],
    ['one more key', { listener: 'mllp', msh: { 3: 'LIS' } }, { msh: { 3: 'LIS' } }],
  ])('%s', (_, stronger, weaker) => {
    expect(matched({ a: [weaker], b: [stronger] }, all)).toBe('b');
    expect(matched({ a: [stronger], b: [weaker] }, all)).toBe('a');
  });

  it('by the best item of a policy', () => {
    const lis = { msh: { 3: 'LIS' } };
    expect(matched({ a: [lis], b: [{ listener: 'mllp' }, { ...lis, listener: 'mllp' }] }, all)).toBe('b');
  });

  it('and a claim counts only where a policy names it', () => {
    const policies = {
      strict: [{ listener: 'http' }],
      lax: [{ msh: { 3: 'LIS' } }],
      named: [{ header: { 'Cordon-Flow': 'named' } }],
    };
    expect(matched(policies, facts({ protocol: 'http', flow: 'lax' }))).toBe('strict');
    expect(matched(policies, facts({ protocol: 'http', flow: 'named' }))).toBe('named');
    expect(matched(policies, facts({ protocol: 'http', flow: 'none such' }))).toBe('strict');
  });
});

describe('checkRegister', () => {
  const errors = (policies: Record<string, Item>[], level = 'error'): string[] =>
    checkRegister(compileRegister(policies.map((change) => policy(change))), NOW)
      .filter((problem) => problem.level === level)
      .map(({ flow, message }) => `${flow}: ${message}`);
  const two = (a: Item, b: Item, ...more: Item[]): Record<string, Item>[] =>
    [[a], [b], ...more.map((item) => [item])].map((match, i) => ({ id: `f${i}`, match }) as unknown as Record<string, Item>);

  test.each<[string, Item, Item, boolean]>([
    ['the same', { listener: 'mllp' }, { listener: 'mllp' }, true],
    ['fields that may both hold', { msh: { 3: 'LIS' } }, { msh: { 5: 'REG' } }, true],
    ['a field and its component', { msh: { 3: 'LIS' } }, { msh: { 3: 'LIS^1.2^ISO' } }, true],
    ['two values of one field', { msh: { 3: 'LIS' } }, { msh: { 3: 'EHR' } }, false],
    ['two listeners', { listener: 'mllp', source: 'x' }, { listener: 'http', source: 'x' }, false],
    ['two ranges apart', { address: '10.0.0.0/16' }, { address: '10.1.0.0/16' }, false],
    ['one range, written twice', { address: '10.0.1.0/16' }, { address: '10.0.2.0/16' }, true],
    ['two names of a certificate', { certificate: 'CN=a' }, { certificate: 'CN=b' }, false],
    ['name and unit of a certificate', { certificate: 'CN=a' }, { certificate: 'OU=lab' }, true],
    ['one more specific', { msh: { 3: 'LIS', 4: 'H' } }, { msh: { 3: 'LIS' } }, false],
    ['an address and a certificate', { certificate: 'CN=a' }, { address: '10.0.0.1' }, false],
  ])('ties: %s', (_, a, b, tied) => {
    const found = errors(two(a, b));
    expect(found).toEqual(
      tied ? ['f0: match.0 is as specific as flow "f1" match.0, and one message can match both: add a key to one of them'] : [],
    );
  });

  it('a tie is settled by an item that takes what both match', () => {
    expect(errors(two({ msh: { 3: 'LIS' } }, { msh: { 5: 'REG' } }, { msh: { 3: 'LIS', 5: 'REG' } }))).toEqual([]);
    expect(errors(two({ msh: { 3: 'LIS' } }, { msh: { 5: 'REG' } }, { msh: { 3: 'LIS', 6: 'X' } }))).toHaveLength(1);
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    ['expired', { expires: '2026-11-23' }, /expired on 2026-11-23/],
    ['agreement missing', { destination: { system: 'x', entity: 'ba' } }, /kind "none" is not what ba with dataset phi needs/],
    [
      'agreement expired',
      { basis: { purpose: 'research', dataset: 'limited', agreement: { kind: 'dua', expires: '2026-11-23' } } },
      /basis.agreement expired on 2026-11-23/,
    ],
    ['two sources', { match: [{ source: 'a', header: { 'Cordon-Source': 'b' } }] }, /nothing can match/],
    ['HL7 over DIMSE', { match: [{ listener: 'dimse', msh: { 3: 'LIS' } }] }, /nothing can match/],
    ['HL7 with AE titles', { match: [{ calledAE: 'X', msh: { 3: 'LIS' } }] }, /nothing can match/],
  ])('error: %s', (_, change, expected) => {
    const [problem] = checkRegister(compileRegister([policy(change)]), NOW);
    expect(problem).toMatchObject({ level: 'error', flow: 'lab-registry' });
    expect(problem?.message).toMatch(expected);
  });

  it('warns of what is over or not judged, and says nothing of a good register', () => {
    const over = { permit: {}, reason: 'r', approvedBy: 'a', expires: '2026-11-23' };
    const problems = checkRegister(compileRegister([policy({ exceptions: [over], require: { rest: 'encrypted' } })]), NOW);
    expect(problems.map((problem) => problem.level)).toEqual(['warning', 'warning']);
    expect(checkRegister(compileRegister([policy()]), NOW)).toEqual([]);
  });
});

describe('properties of matching', () => {
  const name = fc.constantFrom('A', 'B', 'A^1');
  const item = fc
    .record(
      {
        listener: fc.constantFrom('mllp', 'mllp-tls', 'http', 'lab'),
        certificate: fc.constantFrom('CN=a', 'CN=b', 'OU=x', 'CN=a,OU=x'),
        msh: fc.record({ 3: name, 5: name }, { requiredKeys: ['3'] }),
        address: fc.constantFrom('10.0.0.0/8', '10.20.0.0/16', '10.20.0.5', '10.30.0.1'),
        source: fc.constantFrom('s', 't'),
      },
      { requiredKeys: [] },
    )
    .filter((each) => Object.keys(each).length > 0);
  const way = fc.record({
    listener: fc.constantFrom('mllp', 'lab', 'http', 'mllp-tls'),
    protocol: fc.constantFrom('mllp' as const, 'mllp-tls' as const, 'http' as const),
    certificate: fc.constantFrom(null, 'CN=a', 'OU=x,CN=a', 'CN=b,OU=x'),
    address: fc.constantFrom('10.20.0.5', '10.20.1.1', '::ffff:10.30.0.1', '192.0.2.1'),
    source: fc.constantFrom(null, 's', 't'),
  });
  const header = fc.record({ 3: name, 5: name });

  it('the index finds what looking at every item would', () => {
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 12 }), way, header, (items, of, msh) => {
        const register = compileRegister(items.map((each, i) => policy({ id: `f${i}`, match: [each] })));
        const seen = see(facts(of, msh));
        const fitting = register.items.filter((each) => holds(each, seen));
        const best = fitting.sort((a, b) => compareRanks(b.rank, a.rank) || (a.policy < b.policy ? -1 : 1))[0]?.policy ?? null;
        expect(matchFlow(register, seen.facts)?.id ?? null).toBe(best);
      }),
      { numRuns: 300 },
    );
  });

  it('what can match both is known beforehand, and so is what takes it', () => {
    fc.assert(
      fc.property(item, item, item, way, header, (one, other, third, of, msh) => {
        const compile = (each: MatchItem, index: number) => compileItem(`f${index}`, 0, each);
        const [a, b, c] = [
          compile(policy({ match: [one] }).match[0] ?? {}, 0),
          compile(policy({ match: [other] }).match[0] ?? {}, 1),
          compile(policy({ match: [third] }).match[0] ?? {}, 2),
        ];
        const seen = see(facts(of, msh));
        if (!holds(a, seen) || !holds(b, seen)) return;
        expect(canOverlap(a, b)).toBe(true);
        if (isImplied(c, a, b)) expect(holds(c, seen)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('five hundred policies behind one listener cost a look at one', () => {
    const policies = Array.from({ length: 500 }, (_, i) =>
      policy({ id: `f${i}`, match: [{ listener: 'mllp', msh: { 3: `APP${i}` } }] }),
    );
    const register = compileRegister(policies);
    expect(matchFlow(register, facts({}, { 3: 'APP321^1.2^ISO' }))?.id).toBe('f321');
    const buckets = [...register.index.values()].flatMap((values) => [...values.values()]);
    expect(Math.max(...buckets.map((items) => items.length))).toBe(1);
  });
});

describe('names', () => {
  test.each<[string, string, boolean]>([
    ['PID-*', 'PID-5.1', true],
    ['PID-*', 'PD1-5', false],
    ['PID-5', 'PID-5.1', true],
    ['PID-5', 'PID-5', true],
    ['PID-1', 'PID-11', false],
    ['PID', 'PID-19', true],
    ['OBX-5.*', 'OBX-5', false],
    ['Patient.name', 'Patient.name.family', true],
    ['Patient.name', 'Patient.nameOther', false],
    ['(0040,A730)', '(0040,A730).(0040,A160)', true],
    ['*', 'raw', true],
    ['**-5*', 'ZPI-5.2', true],
    ['P.D', 'PID', false],
  ])('path %s covers %s: %s', (glob, path, expected) => {
    expect(compilePathGlob(glob)(path)).toBe(expected);
  });

  test.each<[string, string, boolean]>([
    ['ADT^*', 'ADT^A01', true],
    ['ADT^A01', 'ADT^A01', true],
    ['ADT', 'ADT^A01', false],
    ['*', '', true],
  ])('type %s covers %s: %s', (glob, type, expected) => {
    expect(compileGlob(glob)(type)).toBe(expected);
  });

  it('subjects are read in any order and case, escapes too', () => {
    expect(parseSubject('O=Hospital,  CN = LIS ')).toEqual(parseSubject('cn=lis\no=hospital'));
    expect(parseSubject('O=Lab\\, Inc')).toEqual(['O=lab, inc']);
    expect(parseSubject('')).toBeNull();
    expect(parseSubject('CN=')).toBeNull();
    expect(firstComponent('')).toBe('');
  });

  it('addresses in odd forms are none', () => {
    for (const odd of [
      '10',
      '0x0a000001',
      '10.1',
      '010.0.0.1',
      '1.2.3.4/8/9',
      '1.2.3.4/',
      '1.2.3.4/-1',
      '::ffff:1.2.3.4/90',
      'x',
    ]) {
      expect([odd, isAddress(odd)]).toEqual([odd, false]);
    }
    expect(parseAddress('::ffff:10.0.0.1')?.kind()).toBe('ipv4');
    expect(parseRange('10.20.33.1/16')?.text).toBe('10.20.0.0/16');
    expect(parseRange('10.0.0.0/8')?.narrow).toBe(32);
    expect(listenerNames({ listener: 'lab', protocol: 'dimse-tls' })).toEqual(['lab', 'dimse-tls', 'dimse']);
  });
});
