import { describe, expect, it } from 'vitest';
import type { Evidence, Outcome } from '../../src/core/evidence.ts';
import {
  attestationRows,
  demandsClientCertificate,
  legOutcome,
  placeOutcome,
  restOutcome,
  worthKeeping,
} from '../../src/policy/evidence.ts';
import type { Location } from '../../src/policy/location.ts';

const NOW = Date.UTC(2026, 10, 26, 12);
const DAY = 86_400_000;

function row(outcome: Outcome, over: Partial<Evidence> = {}): Evidence {
  return {
    target: 'tls:registry.example:6661',
    check: 'version',
    profile: 'rfc9325',
    section: '3.1.1',
    outcome,
    how: 'probed',
    facts: {},
    reason: null,
    at: NOW - 1,
    expires: NOW + DAY,
    ...over,
  };
}

describe('a leg under a profile', () => {
  it.each<[string, Evidence[], string]>([
    ['nothing was ever asked', [], 'unknown'],
    ['evidence of another profile only', [row('proven', { profile: 'dicom-b12' })], 'unknown'],
    ['every check proven', [row('proven'), row('proven', { check: 'suites' })], 'proven'],
    ['one that does not apply', [row('proven'), row('not_applicable', { check: 'certificate' })], 'proven'],
    ['only what does not apply', [row('not_applicable')], 'unknown'],
    ['one that failed', [row('proven'), row('failed', { check: 'suites' })], 'failed'],
    ['one that could not be seen', [row('proven'), row('unknown', { check: 'suites' })], 'unknown'],
    ['one that has expired', [row('proven'), row('proven', { check: 'suites', expires: NOW })], 'unknown'],
    ['one that failed and has expired', [row('failed', { expires: NOW })], 'unknown'],
    ['one that somebody states', [row('proven'), row('claimed', { check: 'suites' })], 'claimed'],
  ])('%s: %s', (_title, rows, outcome) => {
    expect(legOutcome(rows, 'rfc9325', NOW)).toBe(outcome);
  });
});

it.each([
  ['demanded', 'proven'],
  ['requested', 'failed'],
  ['not-demanded', 'failed'],
  ['unknown', 'unknown'],
])('a client certificate that was seen %s is %s', (clientCertificate, outcome) => {
  expect(demandsClientCertificate([row('proven', { facts: { clientCertificate } })], NOW)).toBe(outcome);
  expect(demandsClientCertificate([row('proven', { facts: { clientCertificate }, expires: NOW })], NOW)).toBe('unknown');
});

describe('a place', () => {
  const rest = (outcome: Outcome, over: Partial<Evidence> = {}): Evidence =>
    row(outcome, { target: 'kms:one', check: 'key', profile: null, section: '', ...over });
  const beside = (check: string, outcome: Outcome): Evidence => rest(outcome, { check });
  const attested = { by: 'operations', what: 'disks', reference: 'SOC 2', at: '2026-01-01', expires: '2027-01-01' };
  const location = (verify: string[], attestations = [] as (typeof attested)[]): Location => ({
    id: 'db',
    title: 'Database',
    type: 'database',
    owner: 'it',
    verify,
    attested: attestations,
  });

  it.each<[string, Evidence[], string]>([
    ['nothing asked', [], 'unknown'],
    ['proven', [rest('proven'), beside('policy', 'proven')], 'proven'],
    ['a key that is not rotated is encrypted', [rest('proven'), beside('rotation', 'failed')], 'proven'],
    ['what only can disprove and could not be asked', [rest('proven'), beside('grants', 'unknown')], 'proven'],
    ['what only can disprove proves nothing', [beside('policy', 'proven'), beside('sample', 'proven')], 'unknown'],
    ['a key that everybody may use', [rest('proven'), beside('policy', 'failed')], 'failed'],
    ['a sample in clear', [beside('volume', 'unknown'), beside('sample', 'failed')], 'failed'],
    ['a disk that cannot be seen', [beside('volume', 'unknown'), beside('swap', 'not_applicable')], 'unknown'],
    ['swap in clear', [beside('volume', 'proven'), beside('swap', 'failed')], 'failed'],
    ['a login in clear says nothing of the disk', [beside('volume', 'proven'), beside('clear', 'failed')], 'proven'],
    ['a proof that ended', [rest('proven', { expires: NOW })], 'unknown'],
  ])('whose target has %s: %s', (_title, rows, outcome) => {
    expect(restOutcome(rows, NOW)).toBe(outcome);
  });

  it.each<[string, Location, Record<string, Outcome>, string]>([
    ['nothing to verify, nothing attested', location([]), {}, 'unknown'],
    ['an attestation alone', location([], [attested]), {}, 'claimed'],
    ['an attestation that ended', location([], [{ ...attested, expires: '2026-11-25' }]), {}, 'unknown'],
    ['all targets proven', location(['kms:one', 'kms:two']), { 'kms:one': 'proven', 'kms:two': 'proven' }, 'proven'],
    ['one that was not asked', location(['kms:one', 'kms:two']), { 'kms:one': 'proven' }, 'unknown'],
    ['one that failed', location(['kms:one', 'kms:two'], [attested]), { 'kms:one': 'proven', 'kms:two': 'failed' }, 'failed'],
    ['one unknown, attested', location(['kms:one'], [attested]), { 'kms:one': 'unknown' }, 'claimed'],
    ['a password in its URL', location(['postgres://u:p@db.example/x']), { 'postgres://db.example:5432/x': 'proven' }, 'proven'],
  ])('with %s: %s', (_title, place, outcomes, expected) => {
    const rowsOf = (target: string): Evidence[] => {
      const outcome = outcomes[target];
      return outcome === undefined ? [] : [rest(outcome, { target, check: 'volume' })];
    };
    expect(placeOutcome(place, rowsOf, NOW)).toBe(expected);
  });

  it('has what is attested as evidence that is claimed, until its last day', () => {
    const rows = attestationRows(location([], [attested, { ...attested, expires: '2026-11-25' }, attested]), NOW);
    expect(rows.map(({ target, check, outcome, how, expires }) => [target, check, outcome, how, expires])).toEqual([
      ['location:db', 'attestation', 'claimed', 'attested', Date.UTC(2027, 0, 2)],
      ['location:db', 'attestation-2', 'claimed', 'attested', Date.UTC(2027, 0, 2)],
    ]);
  });
});

describe('what is worth keeping', () => {
  const kept = row('proven', { at: NOW - 1000 });
  const now = { at: NOW, expires: NOW + DAY };
  it.each<[string, Evidence[], Evidence[], string[]]>([
    ['a first statement', [], [row('unknown', now)], ['version unknown']],
    ['a check that could not be made leaves a proof', [kept], [row('unknown', now)], []],
    ['and a failure', [row('failed')], [row('unknown', now)], []],
    ['until it ends', [row('proven', { expires: NOW })], [row('unknown', now)], ['version unknown']],
    ['a failure ends a proof', [kept], [row('failed', now)], ['version failed']],
    ['a proof ends a failure', [row('failed')], [row('proven', now)], ['version proven']],
    ['of two statements the graver', [], [row('failed', now), row('proven', now)], ['version failed']],
    ['a check that was not made and still holds', [kept], [row('proven', { ...now, check: 'suites' })], ['suites proven']],
    [
      'a check that was not made and has ended does not apply',
      [row('failed', { expires: NOW })],
      [row('proven', { ...now, check: 'suites' })],
      ['suites proven', 'version not_applicable'],
    ],
    ['nothing had', [row('failed', { expires: NOW })], [], []],
  ])('%s', (_title, before, had, expected) => {
    expect(worthKeeping(before, had, NOW).map(({ check, outcome }) => `${check} ${outcome}`)).toEqual(expected);
  });
});
