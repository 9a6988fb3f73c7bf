import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { plainAddress } from '../../src/ingest/bind.ts';
import type { IngestEvent } from '../../src/ingest/events.ts';
import { createInFlight } from '../../src/ingest/limits.ts';
import { listenMllp, type MllpListener, type MllpOptions } from '../../src/ingest/mllp.ts';
import { MAX_PENDING } from '../../src/ingest/mllp-connection.ts';
import { readHeader } from '../support/header.ts';
import { type RecordedAccept, recordedAccept } from '../support/recorded-accept.ts';

const listeners: MllpListener[] = [];
afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.close()));
});

interface Started extends RecordedAccept {
  readonly listener: MllpListener;
  readonly events: IngestEvent[];
  readonly inFlight: ReturnType<typeof createInFlight>;
}

async function start(more: Partial<MllpOptions> = {}): Promise<Started> {
  const recorded = recordedAccept();
  const events: IngestEvent[] = [];
  const inFlight = createInFlight(1 << 20);
  const listener = await listenMllp({
    name: 'mllp',
    host: '127.0.0.1',
    port: 0,
    tls: null,
    accept: recorded.accept,
    peek: readHeader,
    limits: { limit: 1 << 16, hardLimit: 1 << 18 },
    inFlight,
    nackOf: () => 'close',
    report: (event) => events.push(event),
    clock: Date.now,
    deadline: 4000,
    idle: 60_000,
    ...more,
  });
  listeners.push(listener);
  return { ...recorded, listener, events, inFlight: more.inFlight ?? inFlight };
}

/** A sender: writes what it is told and gathers what comes back until the other side ends. */
function sender(port: number) {
  const socket: Socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  let received = '';
  const waiting = new Set<() => void>();
  const changed = () => {
    for (const wake of [...waiting]) wake();
  };
  const closed = new Promise<string>((resolve) => {
    socket.on('end', () => {
      socket.end();
      resolve(received);
    });
    socket.on('close', () => resolve(received));
  });
  socket.on('error', changed);
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString('latin1');
    changed();
  });
  return {
    socket,
    write: (text: string) => socket.write(text, 'latin1'),
    end: () => socket.end(),
    /** Resolves with all that came once it holds so many acknowledgments. */
    acks(count: number): Promise<string[]> {
      return new Promise((resolve) => {
        const check = () => {
          const frames = acknowledgments(received);
          if (frames.length < count) return;
          waiting.delete(check);
          resolve(frames);
        };
        waiting.add(check);
        check();
      });
    },
    /** Resolves with all that ever came, when the other side has ended. */
    closed,
  };
}

/** `AA:MSG0001` of each framed acknowledgment. */
function acknowledgments(received: string): string[] {
  return [...received.matchAll(/\v(MSH\|[^\r]*)\rMSA\|([A-Z]{2})\|([^\r|]*)\r\x1c\r/g)].map(([, , code, id]) => `${code}:${id}`);
}

const adt = (id: string, acks = ''): string =>
  `MSH|^~\\&|ADT|MAIN|EHR|MAIN|2026||ADT^A08|${id}|P|2.5.1|||${acks}\rPID|||1||DOE^JANE\r`;
const frame = (text: string): string => `\v${text}\x1c\r`;

async function until(what: () => boolean): Promise<void> {
  while (!what()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('what a sender gets back', () => {
  test.each([
    ['original mode', '', ['AA:1']],
    ['accept acknowledgment', 'AL|NE', ['CA:1']],
    ['both', 'AL|AL', ['CA:1', 'AA:1']],
    ['application acknowledgment', 'NE|SU', ['AA:1']],
    ['none', 'NE|NE', []],
  ])('accepted, %s', async (_, acks, expected) => {
    const { listener, bodies } = await start();
    const client = sender(listener.port);
    client.write(frame(adt('1', acks)));
    client.end();
    expect(acknowledgments(await client.closed)).toEqual(expected);
    expect(bodies()).toEqual([adt('1', acks)]);
  });

  test('the acknowledgment waits for the commit', async () => {
    const recorded = await start();
    const release = recorded.hold();
    const client = sender(recorded.listener.port);
    client.write(frame(adt('1')));
    await until(() => recorded.saving.now === 1);
    expect(client.socket.bytesRead).toBe(0);
    release();
    expect(await client.acks(1)).toEqual(['AA:1']);
    expect(recorded.rows).toHaveLength(1);
  });

  test('malformed: AA without an id, quarantined', async () => {
    const { listener, rows } = await start();
    const client = sender(listener.port);
    client.write(frame('\x00\xffgarbage') + frame(''));
    expect(await client.acks(2)).toEqual(['AA:', 'AA:']);
    expect(rows.map(({ quarantined }) => quarantined)).toEqual([true, true]);
  });

  test('over the limit: AA, the first bytes kept, the rest digested', async () => {
    const { listener, rows, inFlight } = await start({ limits: { limit: 100, hardLimit: 1000 } });
    const client = sender(listener.port);
    client.write(frame(adt('1') + 'x'.repeat(5000)) + frame(adt('2')));
    expect(await client.acks(2)).toEqual(['AA:1', 'AA:2']);
    const total = adt('1').length + 5000;
    expect(rows[0]).toMatchObject({ bytes: total, elided: [{ start: 100, end: total, reason: 'over-limit' }] });
    expect(rows[0]?.chunks[0]?.data.length).toBe(100);
    expect(rows[1]?.elided).toEqual([]);
    expect(inFlight.bytes).toBe(0);
  });

  test('duplicate: AA again, stored once', async () => {
    const { listener, rows } = await start();
    for (let attempt = 0; attempt < 2; attempt++) {
      const client = sender(listener.port);
      client.write(frame(adt('1')));
      expect(await client.acks(1)).toEqual(['AA:1']);
      client.socket.destroy();
    }
    expect(rows).toHaveLength(1);
  });

  test('queue down, ledger up: AA', async () => {
    const recorded = await start();
    recorded.queueDown(true);
    const client = sender(recorded.listener.port);
    client.write(frame(adt('1')));
    expect(await client.acks(1)).toEqual(['AA:1']);
    expect(recorded.rows).toHaveLength(1);
  });

  test('ledger unavailable: closed without an acknowledgment, and taken when it comes again', async () => {
    const recorded = await start();
    recorded.down(true);
    const client = sender(recorded.listener.port);
    client.write(frame(adt('1')));
    expect(await client.closed).toBe('');
    expect(recorded.events).toContainEqual({ kind: 'shed', listener: 'mllp', address: '127.0.0.1', code: 'ledger.unavailable' });
    recorded.down(false);
    const again = sender(recorded.listener.port);
    again.write(frame(adt('1')));
    expect(await again.acks(1)).toEqual(['AA:1']);
    expect(recorded.inFlight.bytes).toBe(0);
  });

  test.each([
    ['AR', '', ['AR:1', 'AR:2']],
    ['AE', '', ['AE:1', 'AE:2']],
    ['AR', 'AL|AL', ['CR:1', 'CR:2']],
    ['AE', 'ER|NE', ['CE:1', 'CE:2']],
  ] as const)('ledger unavailable with nack %s, MSH-15/16 %j', async (nack, acks, expected) => {
    const recorded = await start({ nackOf: () => nack });
    recorded.down(true);
    const client = sender(recorded.listener.port);
    client.write(frame(adt('1', acks)) + frame(adt('2', acks)));
    expect(await client.acks(2)).toEqual(expected);
  });

  test('vault at its quota: closed without an acknowledgment', async () => {
    const recorded = await start();
    recorded.quota.measured(1 << 30);
    const client = sender(recorded.listener.port);
    client.write(frame(adt('1')));
    expect(await client.closed).toBe('');
    expect(recorded.events).toContainEqual({ kind: 'shed', listener: 'mllp', address: '127.0.0.1', code: 'vault.quota' });
  });

  test('an answer that is late: closed, and nothing else is answered on it', async () => {
    const recorded = await start({ deadline: 50 });
    const release = recorded.hold();
    const client = sender(recorded.listener.port);
    client.write(frame(adt('1')) + frame(adt('2')));
    expect(await client.closed).toBe('');
    expect(recorded.events).toContainEqual({ kind: 'shed', listener: 'mllp', address: '127.0.0.1', code: 'ingest.late' });
    release();
    await until(() => recorded.inFlight.bytes === 0);
  });

  test('an answer that is late with nack AR: told so', async () => {
    const recorded = await start({ deadline: 50, nackOf: () => 'AR' });
    const release = recorded.hold();
    const client = sender(recorded.listener.port);
    client.write(frame(adt('1')) + frame(adt('2')));
    expect(await client.acks(2)).toEqual(['AR:1', 'AR:2']);
    release();
    await until(() => recorded.inFlight.bytes === 0);
  });

  test('too many bytes in flight: closed, given back, and open to the next', async () => {
    const recorded = await start({ inFlight: createInFlight(1000) });
    const client = sender(recorded.listener.port);
    client.write(`\v${adt('1')}${'x'.repeat(2000)}`);
    expect(await client.closed).toBe('');
    expect(recorded.events).toContainEqual({ kind: 'shed', listener: 'mllp', address: '127.0.0.1', code: 'ingest.overloaded' });
    expect(recorded.inFlight.bytes).toBe(0);
    const other = sender(recorded.listener.port);
    other.write(frame(adt('2')));
    expect(await other.acks(1)).toEqual(['AA:2']);
    expect(recorded.rows).toHaveLength(1);
  });
});

describe('how senders behave', () => {
  test('many messages, pipelined: answered in order, a bounded number under way', async () => {
    const recorded = await start();
    const release = recorded.hold();
    const ids = Array.from({ length: 1000 }, (_, index) => String(index));
    const client = sender(recorded.listener.port);
    client.write(ids.map((id) => frame(adt(id))).join(''));
    await until(() => recorded.saving.now === MAX_PENDING);
    release();
    expect(await client.acks(1000)).toEqual(ids.map((id) => `AA:${id}`));
    expect(recorded.saving.most).toBe(MAX_PENDING);
    expect(recorded.rows).toHaveLength(1000);
    expect(recorded.inFlight.bytes).toBe(0);
  });

  test('answers keep the order of the messages when commits overtake each other', async () => {
    const { accept, ...recorded } = recordedAccept();
    const gates = new Map<string, () => void>();
    const { listener } = await start({
      async accept(message, provenance) {
        await new Promise<void>((resolve) =>
          gates.set(Buffer.from(readHeader(message.bytes).controlIdBytes).toString(), resolve),
        );
        return accept(message, provenance);
      },
    });
    const client = sender(listener.port);
    client.write(frame(adt('1')) + frame(adt('2')) + frame(adt('3')));
    await until(() => gates.size === 3);
    for (const id of ['3', '2', '1']) {
      gates.get(id)?.();
      await until(() => recorded.rows.length === 4 - Number(id));
    }
    expect(await client.acks(3)).toEqual(['AA:1', 'AA:2', 'AA:3']);
  });

  test('a failure in the middle: what came before is acknowledged, what comes after is not', async () => {
    const recorded = recordedAccept();
    const { listener } = await start({
      accept: (message, provenance) => {
        recorded.down(Buffer.from(message.bytes).includes('|2|P|'));
        return recorded.accept(message, provenance).finally(() => recorded.down(false));
      },
    });
    const client = sender(listener.port);
    client.write(frame(adt('1')));
    await client.acks(1);
    client.write(frame(adt('2')));
    expect(acknowledgments(await client.closed)).toEqual(['AA:1']);
  });

  test('a byte at a time', async () => {
    const { listener, bodies } = await start();
    const client = sender(listener.port);
    client.socket.setNoDelay(true);
    for (const byte of frame(adt('1'))) {
      client.write(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await client.acks(1)).toEqual(['AA:1']);
    expect(bodies()).toEqual([adt('1')]);
  });

  test('no carriage return after the end block, and waiting for the answer', async () => {
    const { listener, bodies, events } = await start();
    const client = sender(listener.port);
    client.write(`\v${adt('1')}\x1c`);
    expect(await client.acks(1)).toEqual(['AA:1']);
    client.write(`\r\n${frame(adt('2'))}`);
    expect(await client.acks(2)).toEqual(['AA:1', 'AA:2']);
    expect(bodies()).toEqual([adt('1'), adt('2')]);
    expect(events).toContainEqual({ kind: 'junk', listener: 'mllp', address: '127.0.0.1', bytes: 2, kept: false });
  });

  test.each([
    ['line feeds', adt('1').replaceAll('\r', '\n')],
    ['carriage return and line feed', adt('1').replaceAll('\r', '\r\n')],
    ['no last terminator', adt('1').slice(0, -1)],
  ])('%s are kept as sent', async (_, text) => {
    const { listener, bodies } = await start();
    const client = sender(listener.port);
    client.write(frame(text));
    expect(await client.acks(1)).toEqual(['AA:1']);
    expect(bodies()).toEqual([text]);
  });

  test('junk between frames is kept as a quarantined message of its own, without an answer', async () => {
    const { listener, rows, bodies, events } = await start();
    const client = sender(listener.port);
    client.write(`${frame(adt('1'))}DOE JANE 1962${frame(adt('2'))}`);
    expect(await client.acks(2)).toEqual(['AA:1', 'AA:2']);
    expect(bodies()).toEqual([adt('1'), 'DOE JANE 1962', adt('2')]);
    expect(rows[1]).toMatchObject({ quarantined: true, problems: [{ code: 'frame.junk' }], duplicateContent: null });
    expect(events).toContainEqual({ kind: 'junk', listener: 'mllp', address: '127.0.0.1', bytes: 13, kept: true });
  });

  test('half-closed at once: what is pending is answered, then it ends', async () => {
    const recorded = await start();
    const release = recorded.hold();
    const client = sender(recorded.listener.port);
    client.write(frame(adt('1')) + frame(adt('2')));
    client.end();
    await until(() => recorded.saving.now === 2);
    release();
    expect(acknowledgments(await client.closed)).toEqual(['AA:1', 'AA:2']);
  });

  test.each(['end', 'reset'] as const)('a frame without an end is kept, quarantined and not answered: %s', async (how) => {
    const { listener, rows, bodies, inFlight } = await start();
    const client = sender(listener.port);
    client.write(`${frame(adt('1'))}\v${adt('2')}`);
    await client.acks(1);
    await until(() => inFlight.bytes > 0);
    if (how === 'end') client.end();
    else client.socket.resetAndDestroy();
    expect(acknowledgments(await client.closed)).toEqual(['AA:1']);
    await until(() => rows.length === 2);
    expect(bodies()[1]).toBe(adt('2'));
    expect(rows[1]).toMatchObject({ quarantined: true, problems: [{ code: 'frame.unterminated' }] });
    await until(() => inFlight.bytes === 0);
  });

  test('no framing at all: kept when the connection ends', async () => {
    const { listener, bodies } = await start();
    const client = sender(listener.port);
    client.write(adt('1'));
    client.end();
    expect(await client.closed).toBe('');
    await until(() => bodies().length === 1);
    expect(bodies()).toEqual([adt('1')]);
  });

  test('a sender that falls silent in a frame is closed, and what it sent is kept', async () => {
    const { listener, bodies } = await start({ idle: 50 });
    const client = sender(listener.port);
    client.write(`\v${adt('1')}`);
    expect(await client.closed).toBe('');
    await until(() => bodies().length === 1);
    expect(bodies()).toEqual([adt('1')]);
  });

  test('a sender that reads no answers is not read from for ever', async () => {
    const { listener, rows } = await start();
    const client = sender(listener.port);
    client.socket.pause();
    const ids = Array.from({ length: 3000 }, (_, index) => String(index));
    client.write(ids.map((id) => frame(adt(id))).join(''));
    await until(() => rows.length > 0);
    client.socket.resume();
    expect(await client.acks(3000)).toHaveLength(3000);
  });
});

test('closing answers what was read and takes no more', async () => {
  const recorded = await start();
  const release = recorded.hold();
  const client = sender(recorded.listener.port);
  client.write(`${frame(adt('1'))}\v${adt('2')}`);
  await until(() => recorded.saving.now === 1);
  const closed = recorded.listener.close();
  release();
  expect(acknowledgments(await client.closed)).toEqual(['AA:1']);
  await closed;
  expect(recorded.rows).toHaveLength(1);
  expect(recorded.inFlight.bytes).toBe(0);
});

test('a port that is taken is a clear error', async () => {
  const { listener } = await start();
  await expect(start({ port: listener.port })).rejects.toMatchObject({
    code: 'listener.unavailable',
    message: expect.stringContaining(`127.0.0.1:${listener.port}`),
  });
});

test.each([
  ['::ffff:10.0.0.7', '10.0.0.7'],
  ['10.0.0.7', '10.0.0.7'],
  ['fe80::1', 'fe80::1'],
  [undefined, 'unknown'],
])('the address %s is %s', (address, plain) => {
  expect(plainAddress(address)).toBe(plain);
});
