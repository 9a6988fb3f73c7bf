import { randomBytes } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import { expect, it } from 'vitest';
import { CordonError } from '../../../src/core/errors.ts';
import { type RestingBody, type Vault, vaultVerifier } from '../../../src/encryption/rest/vault.ts';
import { startKms } from '../../doubles/kms.ts';
import { recordedMachine } from './recorded-machine.ts';

const LUKS = recordedMachine({
  mounts: ['8:0 / / rw - ext4 /dev/sda rw', '253:0 / /data rw - ext4 /dev/dm-0 rw'],
  devices: [
    { number: '8:0', at: 'pci0000:00/ata1/host0/target0:0:0/0:0:0:0/block/sda' },
    { number: '253:0', at: 'virtual/block/dm-0', uuid: 'CRYPT-LUKS2-a-b', slaves: ['sda'] },
  ],
});
const good = (): RestingBody => ({ chunks: [randomBytes(300).fill(0x91, 0, 1)], open: async () => undefined });
const broken = (): RestingBody => ({
  ...good(),
  open: () => Promise.reject(new CordonError('vault.corrupt', 'a chunk does not open')),
});
const clear = (): RestingBody => ({ ...good(), chunks: [Buffer.from('MSH|^~\\&|LIS|SYN|REGISTRY|SYN|2026\rPID|1\r')] });

async function outcomes(bodies: readonly RestingBody[], places: Partial<Vault> = {}, client?: KMSClient) {
  const vault: Vault = { folder: '/data', keyring: { file: '/data/keyring.json' }, bodies: () => toAsync(bodies), ...places };
  const rows = await vaultVerifier(vault, {
    machine: LUKS,
    clock: () => 5,
    ...(client === undefined ? {} : { kms: () => client }),
  }).check('vault', new AbortController().signal);
  return Object.fromEntries(rows.map((row) => [row.check, row.outcome]));
}

async function* toAsync<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

it.each<[string, readonly RestingBody[], string]>([
  ['bodies that open', [good(), good()], 'proven'],
  ['a body that does not open', [good(), broken()], 'failed'],
  ['a body in clear', [good(), clear()], 'failed'],
  ['nothing', [], 'unknown'],
])('a vault with %s', async (_name, bodies, sealed) => {
  expect(await outcomes(bodies)).toEqual({ volume: 'proven', swap: 'not_applicable', keyring: 'proven', sealed });
});

it('is no safer than where its key lies', async () => {
  expect(await outcomes([good()], { keyring: { file: '/etc/keyring.json' } })).toMatchObject({
    volume: 'proven',
    keyring: 'failed',
  });
});

it('in a database is on a volume that is not seen from here', async () => {
  expect(await outcomes([good()], { folder: null })).toMatchObject({ volume: 'unknown', sealed: 'proven' });
});

it('opens a bounded number of bodies', async () => {
  let opened = 0;
  const body = (): RestingBody => ({
    ...good(),
    open: async () => {
      opened++;
    },
  });
  await outcomes(Array.from({ length: 100 }, body));
  expect(opened).toBe(20);
});

it.each([
  ['a keyring that is away', new CordonError('keyring.unavailable', 'KMS is away')],
  ['a ledger that is not there', new CordonError('ledger.unavailable', 'no ledger')],
])('with %s is unknown', async (_name, error) => {
  const body = { ...good(), open: () => Promise.reject(error) };
  expect(await outcomes([body])).toMatchObject({ sealed: 'unknown' });
});

it.each([
  ['Enabled', 'proven'],
  ['Disabled', 'failed'],
])('whose keyring is wrapped by a KMS key that is %s is %s in that', async (state, outcome) => {
  const kms = await startKms();
  const client = new KMSClient({
    region: 'us-east-1',
    endpoint: kms.endpoint,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  const found = await outcomes([good()], { keyring: { kmsKey: kms.addKey({ state }).arn } }, client);
  client.destroy();
  await kms.close();
  expect(found).toMatchObject({ keyring: outcome, sealed: 'proven' });
});
