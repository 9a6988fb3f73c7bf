import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { examine } from '../../src/cli/doctor.ts';
import {
  checkCertificates,
  checkClock,
  checkDataFolder,
  checkDisk,
  checkExposure,
  checkKeyring,
  checkLedger,
  checkLoading,
  checkNode,
  checkPorts,
} from '../../src/cli/doctor-checks.ts';
import { type Config, ledgerPath } from '../../src/config.ts';
import { parseConfig } from '../../src/config-read.ts';
import { CordonError } from '../../src/core/errors.ts';
import { openFileKeyring } from '../../src/keyring/file.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { toolPath } from '../setup/tools.ts';

const DAY = 86_400_000;
let folder = '';
let servers: Server[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cordon-doctor-'));
  servers = [];
});
afterEach(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
});

function configOf(env: Record<string, string> = {}): Config {
  const free = { CORDON_HTTP_PORT: '0', CORDON_MLLP_PORT: '0', CORDON_MLLP_TLS_PORT: '0', CORDON_DIMSE_PORT: '0' };
  return parseConfig({ env: { CORDON_DATA: join(folder, 'data'), ...free, ...env } }).config;
}

test('a fresh machine is well, and the examination leaves nothing behind', async () => {
  const loaded = parseConfig({
    env: { CORDON_DATA: join(folder, 'data'), CORDON_HTTP_PORT: '0', CORDON_MLLP_PORT: '0', CORDON_DIMSE_PORT: '0' },
  });
  const diagnoses = await examine(loaded, Date.now());
  expect(diagnoses.filter((diagnosis) => diagnosis.level === 'fail')).toEqual([]);
  expect(checkDataFolder(join(folder, 'data')).text).toContain('is made at the first start');
});

test('a machine in use is well', async () => {
  const config = configOf();
  openFileKeyring(join(config.data, 'keyring.json'), true);
  await (await openLedger({ path: ledgerPath(config), migrate: true })).close();
  expect(
    [checkDataFolder(config.data), await checkKeyring(config), await checkLedger(config)].map((diagnosis) => diagnosis.level),
  ).toEqual(['ok', 'ok', 'ok']);
});

test('an old Node fails', () => {
  expect([checkNode('v24.0.0').level, checkNode('v22.1.0').level]).toEqual(['ok', 'fail']);
});

test('a data folder that others may read is a warning, one that is no folder a failure', () => {
  mkdirSync(join(folder, 'open'));
  chmodSync(join(folder, 'open'), 0o755);
  writeFileSync(join(folder, 'file'), '');
  expect(checkDataFolder(join(folder, 'open'))).toMatchObject({
    level: 'warn',
    remedy: `run: chmod 700 ${join(folder, 'open')}`,
  });
  expect(checkDataFolder(join(folder, 'file')).level).toBe('fail');
});

test('a ledger without its keyring, a keyring open to others, and a file that is no ledger fail', async () => {
  const config = configOf();
  mkdirSync(config.data);
  writeFileSync(ledgerPath(config), 'no database at all, but longer than a header of SQLite would be, so that it is read as one');
  expect(await checkKeyring(config)).toMatchObject({ level: 'fail', text: expect.stringContaining('no keyring, but a ledger') });
  expect((await checkLedger(config)).level).toBe('fail');
  rmSync(ledgerPath(config));
  openFileKeyring(join(config.data, 'keyring.json'), true);
  chmodSync(join(config.data, 'keyring.json'), 0o644);
  expect(await checkKeyring(config)).toMatchObject({ level: 'fail', text: expect.stringContaining('chmod 600') });
});

test('a quota that the disk cannot hold is a warning', () => {
  expect(checkDisk(configOf({ CORDON_VAULT_QUOTA: '1MiB' })).level).toBe('ok');
  expect(checkDisk(configOf({ CORDON_VAULT_QUOTA: '4000TiB' }))).toMatchObject({
    level: 'warn',
    remedy: expect.stringContaining('CORDON_VAULT_QUOTA'),
  });
});

test('a clock before the last change of the ledger fails', () => {
  const config = configOf();
  const now = Date.now();
  expect(checkClock(config, now).level).toBe('ok');
  mkdirSync(config.data);
  writeFileSync(ledgerPath(config), '');
  utimesSync(ledgerPath(config), (now + DAY) / 1000, (now + DAY) / 1000);
  expect(checkClock(config, now).level).toBe('fail');
});

test('a port that is taken fails, one that is free does not', async () => {
  const server = createServer((socket) => socket.end());
  servers.push(server);
  const port = await new Promise<number>((settle) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      settle(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const levels = (await checkPorts(configOf({ CORDON_MLLP_PORT: String(port) }))).map(({ name, level }) => `${name} ${level}`);
  expect(levels).toEqual(['port of http ok', 'port of mllp fail', 'port of dimse ok']);
  expect((await checkPorts(configOf({ CORDON_HTTP_PORT: String(port) })))[0]?.level).toBe('fail');
});

test('clear text to the network is a warning', () => {
  expect(checkExposure(configOf()).level).toBe('ok');
  expect(checkExposure(configOf({ CORDON_HOST: '0.0.0.0' }))).toMatchObject({
    level: 'warn',
    text: 'http, mllp, dimse: in clear text to the network',
  });
});

test('certificates are read, held against their key and their dates', () => {
  const [key, other, certificate] = ['key.pem', 'other.pem', 'cert.pem'].map((name) => join(folder, name));
  const subject = [
    '-subj',
    '/CN=cordon.test',
    '-days',
    '90',
    '-x509',
    '-nodes',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
  ];
  for (const file of [other, key]) {
    execFileSync(toolPath('openssl'), ['req', ...subject, '-keyout', file ?? '', '-out', certificate ?? ''], { stdio: 'ignore' });
  }
  const check = (keyFile: string | undefined, now: number) =>
    checkCertificates(configOf({ CORDON_HTTP_CERTIFICATE: certificate ?? '', CORDON_HTTP_KEY: keyFile ?? '' }), now)[0];
  const now = Date.now();
  expect(check(key, now)).toMatchObject({ level: 'ok', name: 'certificate of http' });
  expect(check(key, now + 70 * DAY)?.level).toBe('warn');
  expect(check(key, now + 91 * DAY)?.text).toContain('has expired');
  expect(check(key, now - DAY)?.text).toContain('is not valid yet');
  expect(check(other, now)?.text).toContain('does not belong to');
  expect(check(certificate, now)?.text).toContain('no PEM certificate and key');
  expect(check('/nowhere.pem', now)?.text).toContain('ENOENT');
});

test('what does not load fails with its errors; a defect is not hidden', () => {
  const broken = () => {
    throw new CordonError('rules.invalid', 'packs/x.yaml:3: no');
  };
  expect(checkLoading('packs', broken)).toEqual({ level: 'fail', name: 'packs', text: 'packs/x.yaml:3: no' });
  expect(checkLoading('packs', () => '3')).toEqual({ level: 'ok', name: 'packs', text: '3' });
  expect(() =>
    checkLoading('packs', () => {
      throw new TypeError('x');
    }),
  ).toThrow(TypeError);
});
