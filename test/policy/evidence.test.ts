import { describe, expect, it } from 'vitest';
import type { Evidence, Outcome } from '../../src/core/evidence.ts';
import { demandsClientCertificate, legOutcome } from '../../src/policy/evidence.ts';

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
