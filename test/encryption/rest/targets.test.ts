import { expect, it } from 'vitest';
import { isRestTarget, restVerifierOf } from '../../../src/encryption/rest/targets.ts';

it.each([
  ['kms:alias/vault', 'kms'],
  ['kms:arn:aws:kms:eu-west-1:111122223333:key/1234', 'kms'],
  ['s3://archive/scans', 's3'],
  ['file:/srv/archive', 'file'],
  ['file:///srv/a%20b', 'file'],
])('%s is verified by %s', async (target, name) => {
  expect(isRestTarget(target)).toBe(true);
  const verifier = await restVerifierOf(target);
  expect(verifier?.name).toBe(name);
  expect(await restVerifierOf(target)).toBe(verifier);
});

it.each(['', 'kms:', 's3://', 's3://A', 'file:', 'file://elsewhere/x', 'vault', 'tls:pacs:2762', 'http://x'])(
  '"%s" is no target',
  (target) => {
    expect(isRestTarget(target)).toBe(false);
    expect(restVerifierOf(target)).toBeNull();
  },
);
