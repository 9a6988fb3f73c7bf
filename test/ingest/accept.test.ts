import { describe, expect, test } from 'vitest';
import { CordonError } from '../../src/core/errors.ts';
import { type Incoming, NO_CLAIMS, type Provenance } from '../../src/core/provenance.ts';
import { recordedAccept } from '../support/recorded-accept.ts';

const message = (text: string, more: Partial<Incoming> = {}): Incoming => {
  const bytes = Buffer.from(text, 'latin1');
  return { bytes, total: bytes.length, restDigest: null, elided: [], idempotencyKey: null, whole: true, problems: [], ...more };
};
const adt = (id: string, name = 'A'): string => `MSH|^~\\&|ADT|MAIN|EHR|MAIN|2026||ADT^A08|${id}|P|2.5.1\rPID|||1||${name}\r`;

const FROM: Provenance = {
  listener: 'mllp',
  protocol: 'mllp',
  peer: { address: '10.0.0.1', certificate: null, apiKey: null },
  tls: null,
  claims: NO_CLAIMS,
  receivedAt: 1,
};

test('commits, then dispatches the id', async () => {
  const { accept, rows, dispatched } = recordedAccept();
  const receipt = await accept(message(adt('1')), FROM);
  expect(receipt).toEqual({ id: rows[0]?.id, duplicate: false, quarantined: false });
  expect(rows[0]).toMatchObject({
    provenance: FROM,
    bytes: adt('1').length,
    elided: [],
    problems: [],
    quarantined: false,
    duplicateKey: null,
  });
  expect(dispatched).toEqual([receipt.id]);
  expect(receipt.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
});

test('commits what was left out and where it was inflated', async () => {
  const { accept, rows } = recordedAccept();
  const elided = [{ start: 500, end: 900, reason: 'pixel-data' }];
  await accept(message(adt('1'), { elided, inflated: { start: 332, size: 40 }, restDigest: '00' }), FROM);
  expect(rows[0]).toMatchObject({ elided, inflated: { start: 332, size: 40 } });
});

describe('two messages are one', () => {
  const peer = (more: Partial<Provenance['peer']>): Provenance => ({ ...FROM, peer: { ...FROM.peer, ...more } });
  const titles = (calling: string, called: string): Provenance => ({
    ...FROM,
    association: { calling, called, implementation: '', version: '' },
  });
  const claims = (more: Partial<Provenance['claims']>): Provenance => ({ ...FROM, claims: { ...NO_CLAIMS, ...more } });

  test.each<[string, boolean, [Incoming, Provenance], [Incoming, Provenance]]>([
    ['same MSH-10 and content', true, [message(adt('1')), FROM], [message(adt('1')), FROM]],
    ['received at another time', true, [message(adt('1')), FROM], [message(adt('1')), { ...FROM, receivedAt: 2 }]],
    ['another content', false, [message(adt('1')), FROM], [message(adt('1', 'B')), FROM]],
    [
      'another rest over the limit',
      false,
      [message(adt('1'), { restDigest: 'a' }), FROM],
      [message(adt('1'), { restDigest: 'b' }), FROM],
    ],
    ['no MSH-10', false, [message(adt('')), FROM], [message(adt('')), FROM]],
    ['no whole message', false, [message(adt('1'), { whole: false }), FROM], [message(adt('1'), { whole: false }), FROM]],
    ['another listener', false, [message(adt('1')), FROM], [message(adt('1')), { ...FROM, listener: 'mllp-2' }]],
    ['another address', false, [message(adt('1')), FROM], [message(adt('1')), peer({ address: '10.0.0.2' })]],
    [
      'another address, same certificate',
      true,
      [message(adt('1')), peer({ certificate: 'CN=a' })],
      [message(adt('1')), peer({ certificate: 'CN=a', address: '10.0.0.2' })],
    ],
    [
      'another certificate',
      false,
      [message(adt('1')), peer({ certificate: 'CN=a' })],
      [message(adt('1')), peer({ certificate: 'CN=b' })],
    ],
    ['another key', false, [message(adt('1')), peer({ apiKey: 'a' })], [message(adt('1')), peer({ apiKey: 'b' })]],
    ['a key named as the address', false, [message(adt('1')), FROM], [message(adt('1')), peer({ apiKey: '10.0.0.1' })]],
    [
      'the same AE titles',
      true,
      [message(adt('1')), titles('MODALITY', 'CORDON')],
      [message(adt('1')), titles('MODALITY', 'CORDON')],
    ],
    ['another calling AE', false, [message(adt('1')), titles('CT1', 'CORDON')], [message(adt('1')), titles('CT2', 'CORDON')]],
    ['another called AE', false, [message(adt('1')), titles('CT1', 'A')], [message(adt('1')), titles('CT1', 'B')]],
    ['no association', false, [message(adt('1')), titles('CT1', 'A')], [message(adt('1')), FROM]],
    ['another flow', false, [message(adt('1')), claims({ flow: 'a' })], [message(adt('1')), claims({ flow: 'b' })]],
    [
      'another destination',
      false,
      [message(adt('1')), claims({ destination: 'a' })],
      [message(adt('1')), claims({ destination: 'b' })],
    ],
    [
      'flow and destination swapped',
      false,
      [message(adt('1')), claims({ flow: 'a' })],
      [message(adt('1')), claims({ destination: 'a' })],
    ],
    ['another source claimed', true, [message(adt('1')), claims({ source: 'a' })], [message(adt('1')), claims({ source: 'b' })]],
    [
      'same key and body, no protocol id',
      true,
      [message('x', { idempotencyKey: 'k' }), FROM],
      [message('x', { idempotencyKey: 'k' }), FROM],
    ],
    [
      'same key, another body',
      false,
      [message('x', { idempotencyKey: 'k' }), FROM],
      [message('y', { idempotencyKey: 'k' }), FROM],
    ],
    [
      'another key, same body, no protocol id',
      false,
      [message('x', { idempotencyKey: 'k' }), FROM],
      [message('x', { idempotencyKey: 'l' }), FROM],
    ],
  ])('%s: %s', async (_, one, first, second) => {
    const { accept, rows, dispatched } = recordedAccept();
    const earlier = await accept(...first);
    const later = await accept(...second);
    expect(later.duplicate).toBe(one);
    expect(later.id === earlier.id).toBe(one);
    expect(rows).toHaveLength(one ? 1 : 2);
    expect(dispatched).toHaveLength(rows.length);
  });
});

test.each([
  ['random bytes', message('\x00\xff\x01'), true],
  ['nothing', message(''), true],
  ['a readable message that was cut off', message(adt('1'), { whole: false }), true],
  ['a readable message', message(adt('1')), false],
])('quarantines what no format can read: %s', async (_, incoming, quarantined) => {
  const { accept, rows } = recordedAccept();
  expect((await accept(incoming, FROM)).quarantined).toBe(quarantined);
  expect(rows[0]?.quarantined).toBe(quarantined);
});

test('a queue that is down costs nothing: the message is durable', async () => {
  const recorded = recordedAccept();
  recorded.queueDown(true);
  await recorded.accept(message(adt('1')), FROM);
  await new Promise((resolve) => setImmediate(resolve));
  expect(recorded.rows).toHaveLength(1);
  expect(recorded.dispatchFailures).toEqual(['queue is down']);
});

test('a ledger that is down is transient, and nothing was dispatched', async () => {
  const recorded = recordedAccept();
  recorded.down(true);
  await expect(recorded.accept(message(adt('1')), FROM)).rejects.toMatchObject({
    code: 'ledger.unavailable',
    retry: 'transient',
  });
  expect(recorded.dispatched).toEqual([]);
});

test('at its quota the vault takes no more until it was measured smaller', async () => {
  const recorded = recordedAccept();
  recorded.quota.measured(1 << 30);
  const refused = recorded.accept(message(adt('1')), FROM);
  await expect(refused).rejects.toBeInstanceOf(CordonError);
  await expect(refused).rejects.toMatchObject({ code: 'vault.quota', retry: 'transient' });
  recorded.quota.measured(0);
  await recorded.accept(message(adt('1')), FROM);
  expect(recorded.rows).toHaveLength(1);
});
