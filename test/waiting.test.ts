import { expect, it, vi } from 'vitest';
import { CordonError } from '../src/core/errors.ts';
import { waitingFor, withoutWaiting } from '../src/waiting.ts';

const away = new CordonError('keyring.unavailable', 'KMS is away');

function failing(...errors: readonly Error[]) {
  const left = [...errors];
  return vi.fn(async () => {
    const error = left.shift();
    if (error !== undefined) throw error;
    return 'open';
  });
}

it('tries again until it works, and says once what it waits for and why', async () => {
  const log = vi.fn();
  const open = failing(away, away, new CordonError('keyring.unavailable', 'KMS refuses'));
  expect(await waitingFor(log)('the keyring', open)).toBe('open');
  expect(open).toHaveBeenCalledTimes(4);
  expect(log.mock.calls).toEqual([
    ['warn', 'waiting', { what: 'the keyring', reason: 'KMS is away' }],
    ['warn', 'waiting', { what: 'the keyring', reason: 'KMS refuses' }],
    ['info', 'there', { what: 'the keyring' }],
  ]);
});

it.each<[string, Error]>([
  ['a permanent error', new CordonError('keyring.invalid', 'changed')],
  ['a login that is refused', new CordonError('ledger.unavailable', 'it refuses this login', { cause: '28P01' })],
  ['a certificate that is not trusted', new CordonError('ledger.unavailable', 'x', { cause: 'SELF_SIGNED_CERT_IN_CHAIN' })],
  ['a certificate for another name', new CordonError('ledger.unavailable', 'x', { cause: 'ERR_TLS_CERT_ALTNAME_INVALID' })],
  ['a file of the URL that is missing', new CordonError('ledger.unavailable', 'x', { cause: 'sslrootcert' })],
  ['a database that is not there', new CordonError('ledger.unavailable', 'there is no such database', { cause: '3D000' })],
  ['a defect', new TypeError('x')],
])('ends at once with %s', async (_name, error) => {
  const log = vi.fn();
  const open = failing(error);
  await expect(waitingFor(log)('the database', open)).rejects.toBe(error);
  expect([open.mock.calls.length, log.mock.calls.length]).toEqual([1, 0]);
});

it.each(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'])('waits for a certificate that time or its owner mends: %s', async (cause) => {
  const open = failing(new CordonError('ledger.unavailable', cause, { cause }));
  expect(await waitingFor(vi.fn())('the database', open)).toBe('open');
});

it('is not for commands', async () => {
  await expect(withoutWaiting('the keyring', failing(away))).rejects.toBe(away);
});
