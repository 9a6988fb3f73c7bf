import { describe, expect, test } from 'vitest';
import { keyringPath, ledgerPath } from '../src/config.ts';
import { CONFIG_KEYS } from '../src/config-keys.ts';
import { dimseListeners, mllpListeners, tlsFiles } from '../src/config-listeners.ts';
import { parseConfig } from '../src/config-read.ts';
import { parseSize } from '../src/config-values.ts';
import { CordonError } from '../src/core/errors.ts';

function configOf(text: string, env: Record<string, string> = {}) {
  return parseConfig({ file: { name: '/etc/cordon/cordon.yaml', text }, env });
}

function errorsOf(text: string, env: Record<string, string> = {}): string[] {
  try {
    configOf(text, env);
  } catch (error) {
    expect(error).toBeInstanceOf(CordonError);
    expect(error).toHaveProperty('code', 'config.invalid');
    return error instanceof Error ? error.message.split('\n') : [];
  }
  return [];
}

describe('parseConfig', () => {
  test('without file and environment serves one machine, on loopback', () => {
    const { config, origins } = parseConfig({ env: {} });
    expect(config).toMatchObject({
      data: './data',
      host: '127.0.0.1',
      limit: 64 * 2 ** 20,
      hardLimit: 2 * 2 ** 30,
      http: { port: 8480 },
      mllp: { port: 2575 },
      mllpTls: { port: 2576 },
      dimse: { port: 11112, callingAEs: [], calledAEs: [], maxAssociations: 64, maxObjects: 0 },
      dimseTls: { port: 2762 },
      vault: { retention: 30 * 86_400_000 },
      nack: 'close',
    });
    expect(new Set(origins.values())).toEqual(new Set(['default']));
    expect(mllpListeners(config).map((listener) => listener.name)).toEqual(['mllp']);
    expect(dimseListeners(config)).toEqual([{ name: 'dimse', host: '127.0.0.1', port: 11112, tls: null }]);
  });

  test('a variable wins over the file, the file over the default, and each says so', () => {
    const { config, origins } = configOf('http: {port: 1000}\nmllp: {port: 1001}\n', { CORDON_HTTP_PORT: '2000' });
    expect([config.http.port, config.mllp.port, config.mllpTls.port]).toEqual([2000, 1001, 2576]);
    expect([origins.get('http.port'), origins.get('mllp.port'), origins.get('mllpTls.port')]).toEqual(['env', 'file', 'default']);
  });

  test('an empty variable, an empty file and an empty section are none', () => {
    expect(configOf('', { CORDON_HTTP_PORT: '' }).config.http.port).toBe(8480);
    expect(configOf('http:\n# port: 1\n').config.http.port).toBe(8480);
  });

  test('paths of a file are meant from its folder, those of the environment from the working folder', () => {
    const text =
      'data: store\nmllpTls: {certificate: tls/a.pem, key: /k.pem}\nlisteners: [{name: lab, port: 1, certificate: l.pem, key: l.key}]';
    const { config } = configOf(text, { CORDON_FLOWS: 'flows' });
    expect(config.data).toBe('/etc/cordon/store');
    expect(config.flows).toBe('flows');
    expect(ledgerPath(config)).toBe('/etc/cordon/store/ledger.db');
    expect(keyringPath(config)).toBe('/etc/cordon/store/keyring.json');
    expect(tlsFiles(config.mllpTls)).toEqual({ certificate: '/etc/cordon/tls/a.pem', key: '/k.pem', ca: null });
    expect(mllpListeners(config)).toEqual([
      { name: 'mllp', host: '127.0.0.1', port: 2575, tls: null },
      { name: 'mllp-tls', host: '127.0.0.1', port: 2576, tls: { certificate: '/etc/cordon/tls/a.pem', key: '/k.pem', ca: null } },
      { name: 'lab', host: '127.0.0.1', port: 1, tls: { certificate: '/etc/cordon/l.pem', key: '/etc/cordon/l.key', ca: null } },
    ]);
  });

  test('every key can be set by its variable', () => {
    const values: Record<string, string> = {
      text: '127.0.0.2',
      path: '/x',
      port: '0',
      number: '7',
      size: '256MiB',
      duration: 'PT7S',
      list: '[]',
      url: 'redis://127.0.0.1:7/0',
    };
    const env = {
      ...Object.fromEntries(CONFIG_KEYS.map((key) => [key.variable, key.values[1] ?? values[key.kind] ?? ''])),
      DATABASE_URL: 'postgres://127.0.0.1:7/cordon',
      CORDON_OIDC_ISSUER: 'https://login.example',
      CORDON_HTTP_PUBLIC_URL: 'https://desk.example',
      CORDON_NOTICES_WEBHOOK_URL: 'https://hooks.example',
      CORDON_NOTICES_MAIL_URL: 'smtp://mail.example',
      CORDON_NOTICES_MAIL_FROM: 'cordon@hospital.example',
      CORDON_NOTICES_MAIL_TO: '[privacy@hospital.example]',
      CORDON_OIDC_ROLES: '[{value: privacy, role: officer}]',
    };
    const { config, origins } = parseConfig({ env });
    expect(new Set(origins.values())).toEqual(new Set(['env']));
    expect(config).toMatchObject({
      idle: 7000,
      nack: 'AR',
      vault: { quota: 256 * 2 ** 20 },
      scan: { threads: 7 },
      log: { format: 'json' },
    });
  });

  test('lists in a variable are YAML', () => {
    const { config } = configOf('', { CORDON_SOURCES: '[{address: 10.20.0.0/16, nack: AR}]' });
    expect(config.sources).toEqual([{ address: '10.20.0.0/16', nack: 'AR' }]);
  });

  test('AE titles are read without the blanks that pad them, from variables too', () => {
    const { config } = configOf('dimse: {calledAEs: [CORDON]}\ndimseTls: {certificate: a.pem, key: a.key}', {
      CORDON_DIMSE_CALLING_AES: '["CT 1 ", MR1]',
    });
    expect(config.dimse).toMatchObject({ callingAEs: ['CT 1', 'MR1'], calledAEs: ['CORDON'] });
    expect(dimseListeners(config).map(({ name, port }) => `${name} ${port}`)).toEqual(['dimse 11112', 'dimse-tls 2762']);
  });

  const FILE = '/etc/cordon/cordon.yaml';
  test.each([
    ['unknown key with a near one', '\nhttp:\n  prot: 1', {}, [`${FILE}:3: http.prot: unknown key (did you mean port?)`]],
    [
      'unknown key without',
      'zzz: 1',
      {},
      [expect.stringContaining(`${FILE}:1: zzz: unknown key (known here: data, keyring, kmsKey, host`)],
    ],
    [
      'unknown key of a list',
      'sources: [{nack: AR, listener: a, adress: 10.0.0.1}]',
      {},
      [`${FILE}:1: sources[1].adress: unknown key (did you mean address?)`],
    ],
    [
      'no size',
      'limit: 64MB',
      {},
      [`${FILE}:1: limit: is no size: write a number with its unit, as 64MiB (B, KiB, MiB, GiB, TiB)`],
    ],
    [
      'a size without unit',
      'limit: 64',
      {},
      [`${FILE}:1: limit: is no size: write a number with its unit, as 64MiB (B, KiB, MiB, GiB, TiB)`],
    ],
    ['a size that is too small', 'limit: 1B', {}, [`${FILE}:1: limit: must be at least 1KiB`]],
    ['no duration', 'idle: 30s', {}, [`${FILE}:1: idle: is no duration: write it as in ISO 8601, PT30S, PT4H or P30D`]],
    ['no time at all', 'idle: PT0S', {}, [`${FILE}:1: idle: must be longer than nothing`]],
    [
      'a port in a variable',
      '',
      { CORDON_HTTP_PORT: '70000' },
      ['CORDON_HTTP_PORT: must be a port number, 1 to 65535, or 0 for a free one'],
    ],
    [
      'a list in a variable',
      '',
      { CORDON_SOURCES: '[{nack: AR, address: x}]' },
      ['CORDON_SOURCES: [1].address: must be an address or a network in CIDR form, as 10.20.0.0/16'],
    ],
    [
      'a source that is none',
      'sources: [{nack: AR}]',
      {},
      [`${FILE}:1: sources[1]: says of no source: give listener, address or certificate`],
    ],
    ['a certificate without key', 'http:\n  certificate: a', {}, [`${FILE}:2: http.key: is needed with certificate`]],
    ['a key without certificate', 'http:\n  key: a', {}, [`${FILE}:2: http.certificate: is needed with key and ca`]],
    ['a choice', 'nack: no', {}, [`${FILE}:1: nack: must be one of close, AR, AE`]],
    ['limits against each other', 'limit: 3GiB\ninFlight: 4GiB', {}, ['hardLimit: is under limit: raise it or lower limit']],
    ['a port twice', 'mllp: {port: 8480}', {}, [`${FILE}:1: mllp.port: is the port of http.port too: give each its own`]],
    [
      'the DICOM port for TLS too',
      'dimseTls: {port: 11112, certificate: a, key: b}',
      {},
      [`${FILE}:1: dimseTls.port: is the port of dimse.port too: give each its own`],
    ],
    [
      'an AE title that is none',
      'dimse: {calledAEs: [A-TITLE-THAT-IS-TOO-LONG]}',
      {},
      [`${FILE}:1: dimse.calledAEs[1]: must be an AE title of 1 to 16 characters`],
    ],
    [
      'a name twice',
      'listeners: [{name: a, port: 0}, {name: a, port: 0}]',
      {},
      [`${FILE}:1: listeners[2].name: is the name of another listener too`],
    ],
    [
      'a name that is taken',
      'listeners: [{name: http, port: 0}]',
      {},
      [expect.stringContaining('listeners[1].name: must be a name of lower-case')],
    ],
    ['no YAML', 'a: [', {}, [expect.stringContaining(`${FILE}:1: is no YAML`)]],
    ['no keys', '- 1', {}, [`${FILE}:1: must hold keys and values`]],
    [
      'a slip in a variable',
      '',
      { CORDON_MLP_PORT: '1' },
      ['CORDON_MLP_PORT: unknown variable (did you mean CORDON_MLLP_PORT?)'],
    ],
    [
      'the variable of a service under a name of ours',
      '',
      { CORDON_REDIS_URL: 'redis://h' },
      ['CORDON_REDIS_URL: unknown variable (did you mean REDIS_URL?)'],
    ],
    [
      'a URL of another service, without repeating it',
      'redis:\n  url: http://u:hunter2@h',
      {},
      [`${FILE}:2: redis.url: must be a URL that begins with redis:// or rediss://`],
    ],
    ['a URL without host', '', { REDIS_URL: 'redis://' }, ['REDIS_URL: must be a URL that begins with redis:// or rediss://']],
    [
      'a URL of another database',
      '',
      { DATABASE_URL: 'mysql://u:hunter2@h/d' },
      ['DATABASE_URL: must be a URL that begins with postgres:// or postgresql://'],
    ],
  ])('refuses %s', (_name, text, env, errors) => {
    expect(errorsOf(text, env)).toEqual(errors);
  });

  test('reports everything at once, and repeats no value', () => {
    const errors = errorsOf('limit: hunter2\nnack: hunter2\nhttp: {port: hunter2}\n', {
      CORDON_IDLE: 'hunter2',
      REDIS_URL: 'hunter2',
    });
    expect(errors).toHaveLength(5);
    expect(errors.join()).not.toContain('hunter2');
  });

  test('lets names of a supervisor be', () => {
    expect(
      errorsOf('', { CORDON_SERVICE_HOST: '10.0.0.1', CORDON_PORT: 'tcp://10.0.0.1:80', CORDON_PORT_8480_TCP: 'x' }),
    ).toEqual([]);
  });
});

test.each([
  ['100B', 100],
  ['2KiB', 2048],
  ['64MiB', 67_108_864],
  ['1TiB', 2 ** 40],
  ['9999999TiB', null],
  ['64', null],
  ['-1MiB', null],
  ['1.5MiB', null],
  ['64 MiB', null],
])('parseSize(%s) is %s', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});
