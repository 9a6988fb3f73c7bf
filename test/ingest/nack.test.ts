import { expect, test } from 'vitest';
import { type NackRule, nackRules } from '../../src/ingest/nack.ts';

const RULES: readonly NackRule[] = [
  { listener: 'lab', address: '10.20.0.0/16', nack: 'AR' },
  { certificate: 'CN=lis', nack: 'AE' },
  { address: '10.20.0.0/16', certificate: 'CN=adt', nack: 'AR' },
];

test.each([
  ['lab', '10.20.3.4', null, 'AR'],
  ['lab', '::ffff:10.20.3.4', null, 'AR'],
  ['mllp', '10.20.3.4', null, 'close'],
  ['mllp', '10.20.3.4', 'CN=adt', 'AR'],
  ['mllp', '10.21.3.4', 'CN=adt', 'close'],
  ['mllp', '192.0.2.1', 'CN=lis', 'AE'],
  ['mllp', '192.0.2.1', 'CN=lis,O=Hospital', 'AE'],
  ['mllp', '192.0.2.1', 'CN=lis2', 'close'],
  ['lab', 'unknown', null, 'close'],
])('on %s from %s with %s a sender gets %s', (listener, address, certificate, nack) => {
  expect(nackRules(listener, RULES, 'close')({ address, certificate, apiKey: null })).toBe(nack);
});
