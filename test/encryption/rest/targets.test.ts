import { expect, it } from 'vitest';
import { isRestTarget, restTargetName } from '../../../src/core/rest-target.ts';
import { restVerifierOf } from '../../../src/encryption/rest/targets.ts';

it.each([
  ['kms:alias/vault', 'kms'],
  ['kms:arn:aws:kms:eu-west-1:111122223333:key/1234', 'kms'],
  ['s3://archive/scans', 's3'],
  ['file:/srv/archive', 'file'],
  ['file:///srv/a%20b', 'file'],
  ['postgres://db.example/cordon', 'postgres'],
  ['postgresql:///cordon?host=/var/run/postgresql', 'postgres'],
  ['redis://queue.example', 'redis'],
  ['rediss://queue.example:6380/1', 'redis'],
])('%s is verified by %s', async (target, name) => {
  expect(isRestTarget(target)).toBe(true);
  const verifier = await restVerifierOf(target);
  expect(verifier?.name).toBe(name);
  expect(await restVerifierOf(target)).toBe(verifier);
});

it.each([
  '',
  'kms:',
  's3://',
  's3://A',
  'file:',
  'file://elsewhere/x',
  'vault',
  'tls:pacs:2762',
  'http://x',
  'postgres://',
  'redis://',
  'postgres:/x',
])('"%s" is no target', (target) => {
  expect(isRestTarget(target)).toBe(false);
  expect(restVerifierOf(target)).toBeNull();
});

it.each([
  ['postgres://agent:s3cret@db.example/cordon?sslmode=verify-full&password=s3cret', 'postgres://db.example:5432/cordon'],
  ['postgresql:///cordon?host=/run/pg&port=5433&user=agent', 'postgresql://%2Frun%2Fpg:5433/cordon'],
  ['rediss://agent:s3cret@queue.example:6380/1', 'rediss://queue.example:6380/1'],
  ['redis://:s3cret@[::1]', 'redis://[::1]:6379'],
  ['kms:alias/vault', 'kms:alias/vault'],
])('%s is named %s', (target, name) => {
  expect(restTargetName(target)).toBe(name);
});
