import { expect, it } from 'vitest';
import { isUntrusted } from '../../src/core/untrusted.ts';

it.each<[string, unknown, boolean]>([
  ['another authority', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', true],
  ['itself as authority', 'DEPTH_ZERO_SELF_SIGNED_CERT', true],
  ['another name', 'ERR_TLS_CERT_ALTNAME_INVALID', true],
  ['an end that has passed, which the server mends', 'CERT_HAS_EXPIRED', false],
  ['a start to come, which time mends', 'CERT_NOT_YET_VALID', false],
  ['no answer at all', 'ECONNREFUSED', false],
  ['no code', undefined, false],
])('a certificate with %s', (_what, code, untrusted) => {
  expect(isUntrusted(code)).toBe(untrusted);
});
