import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { showConfig } from '../src/cli/config.ts';
import { parseConfig } from '../src/config-read.ts';
import { redisCa, redisUrl } from '../src/service-urls.ts';
import { makeAuthority } from './support/certificates.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cordon-url-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const urlOf = (env: Record<string, string>): string | null => redisUrl(parseConfig({ env }).config);

test('there is none without a setting: the queue is embedded', () => {
  expect(urlOf({})).toBeNull();
});

test('it is taken as it is given, else read from its file', () => {
  const file = join(folder, 'url');
  writeFileSync(file, 'rediss://cordon:hunter2@queue:6379/1\n');
  expect(urlOf({ REDIS_URL: 'redis://queue' })).toBe('redis://queue');
  expect(urlOf({ REDIS_URL_FILE: file })).toBe('rediss://cordon:hunter2@queue:6379/1');
  expect(urlOf({ REDIS_URL_FILE: file, REDIS_URL: 'redis://queue' })).toBe('redis://queue');
});

test.each([
  ['holds no such URL', 'hunter2', /\/wrong: must be a URL that begins with redis:\/\/ or rediss:\/\/$/],
  ['is missing', null, /^redis\.urlFile cannot be read: ENOENT/],
])('a file that %s is named, what it holds is not', (_how, content, message) => {
  const file = join(folder, content === null ? 'missing' : 'wrong');
  if (content !== null) writeFileSync(file, content);
  expect(() => urlOf({ REDIS_URL_FILE: file })).toThrow(message);
});

const caOf = (env: Record<string, string>): string | undefined => redisCa(parseConfig({ env }).config);

test('the authorities of Redis are those of the file, and the public ones without it or without a Redis', () => {
  const authority = makeAuthority();
  const file = join(authority.folder, 'ca.pem');
  expect(caOf({ REDIS_URL: 'rediss://queue', CORDON_REDIS_CA: file })).toBe(authority.cert);
  expect(caOf({ REDIS_URL: 'rediss://queue' })).toBeUndefined();
  expect(caOf({ CORDON_REDIS_CA: file })).toBeUndefined();
  expect(() => caOf({ REDIS_URL: 'redis://queue', CORDON_REDIS_CA: file })).toThrow(/in clear: write rediss:\/\//);
  authority.remove();
  expect(() => caOf({ REDIS_URL: 'rediss://queue', CORDON_REDIS_CA: file })).toThrow(/ca\.pem: no trust anchors .*ENOENT/);
});

test('config show says that it is there, not what it is', () => {
  const lines = showConfig(parseConfig({ env: { REDIS_URL: 'redis://cordon:hunter2@queue' } }));
  expect(lines.filter((line) => line.startsWith('redis.url '))).toEqual([
    expect.stringMatching(/^redis\.url +\(hidden\) +REDIS_URL$/),
  ]);
  expect(lines.join('\n')).not.toContain('hunter2');
});
