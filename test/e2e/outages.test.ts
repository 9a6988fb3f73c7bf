import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { LOCK_WRITING } from '../../src/ledger/postgres/locks.ts';
import { freshData, portOf, type RunningAgent } from '../support/agent.ts';
import { associate, CT, connectPeer, EXPLICIT, store } from '../support/dimse-peer.ts';
import { PAIRS, useEngines } from '../support/engines.ts';
import type { Counts } from '../support/ledger.ts';
import { mllpClient } from '../support/mllp-client.ts';
import { oru } from '../support/oru.ts';

/** What an agent answers while what it stands on is away, by each protocol (DESIGN 6.3), and that it goes on by itself. */

/** PS3.4 table B.2-1: Refused: Out of Resources. */
const OUT_OF_RESOURCES = 0xa700;

const big = (control: string): Buffer => Buffer.concat([oru(control), Buffer.alloc(2 ** 20, 0x41)]);

function post(agent: RunningAgent, body: Uint8Array): Promise<Response> {
  return fetch(`http://127.0.0.1:${portOf(agent, 'http')}/v1/messages`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${agent.apiKey ?? ''}`, 'Content-Type': 'text/plain' },
    body: Buffer.from(body),
  });
}

async function storeObject(agent: RunningAgent, sopInstance: string, bytes: number): Promise<number | null> {
  const peer = connectPeer(portOf(agent, 'dimse'));
  expect((await associate(peer, { contexts: [{ id: 1, abstract: CT, transfer: [EXPLICIT] }] }))?.[0]).toBe(0x02);
  const status = await store(peer, sopInstance, Buffer.alloc(bytes + (bytes % 2), 0x20));
  peer.socket.end();
  return status;
}

/** A message by each protocol, all of which the sender has to send again: 503 and when, a connection closed, A700H. */
async function expectRefused(agent: RunningAgent, name: string, body = oru): Promise<void> {
  // At once: where something stands in the way, each waits out how long a sender may be kept waiting.
  const [refused, , stored] = await Promise.all([
    post(agent, body(`${name}1`)),
    mllpClient(portOf(agent, 'mllp')).then((client) => expect(client.send(body(`${name}2`))).rejects.toThrow('closed')),
    storeObject(agent, `2.25.${name.charCodeAt(0)}`, body(name).length),
  ]);
  expect(refused.status).toBe(503);
  expect(refused.headers.get('Retry-After')).toMatch(/^\d+$/);
  expect(stored).toBe(OUT_OF_RESOURCES);
}

/** The same, all of which are taken. */
async function expectTaken(agent: RunningAgent, name: string, body = oru): Promise<void> {
  expect((await post(agent, body(`${name}1`))).status).toBe(202);
  const client = await mllpClient(portOf(agent, 'mllp'));
  expect(await client.send(body(`${name}2`))).toContain(`MSA|AA|${name}2`);
  client.end();
  expect(await storeObject(agent, `2.25.${name.charCodeAt(0)}`, body(name).length)).toBe(0);
}

describe.each(PAIRS)('on %s', { timeout: 120_000 }, (pair) => {
  const engines = useEngines(pair, { smallDisk: 48 * 2 ** 20 });
  /** One for whatever needs no settings of its own: what is mended leaves it as it was. */
  let shared: RunningAgent | null = null;
  const sharedAgent = async (): Promise<RunningAgent> => (shared ??= await engines.start());
  const settledSince = async ({ data }: RunningAgent, before: Counts) => {
    const { total, done, failed } = await engines.settled(data);
    return { total: total - before.total, done: done - before.done, failed };
  };

  it('a vault at its quota refuses, and loses nothing once it may hold more', async () => {
    const agent = await engines.start({ env: { CORDON_VAULT_QUOTA: '1MiB' } });
    expect((await post(agent, big('Q0'))).status).toBe(202);
    await expectRefused(agent, 'Q');
    expect(await engines.settled(agent.data)).toMatchObject({ total: 1, done: 1 });
    await agent.stop();
    const roomier = await engines.start({ data: agent.data, env: { CORDON_VAULT_QUOTA: '1GiB' } });
    const again = await mllpClient(portOf(roomier, 'mllp'));
    expect(await again.send(oru('Q2'))).toContain('MSA|AA|Q2');
    again.end();
    expect(await engines.settled(agent.data)).toMatchObject({ total: 2, done: 2 });
    // Keys are told by the first start only.
    shared = { ...roomier, apiKey: agent.apiKey };
  });

  it('a ledger that another process stands in the way of refuses, and takes when that is gone', async () => {
    const agent = await sharedAgent();
    const before = await engines.settled(agent.data);
    await expectTaken(agent, 'A');
    expect(await settledSince(agent, before)).toEqual({ total: 3, done: 3, failed: 0 });
    const release = await holdWriting(agent.data);
    await expectRefused(agent, 'B');
    await release();
    await expectTaken(agent, 'B');
    // What was refused may have been written after all: it is there once.
    expect(await settledSince(agent, before)).toEqual({ total: 6, done: 6, failed: 0 });
  });

  if (pair === 'PostgreSQL and Redis') {
    it('a database that is away refuses, and takes when it is back', async () => {
      const agent = await sharedAgent();
      const before = await engines.settled(agent.data);
      await expectTaken(agent, 'C');
      expect(await settledSince(agent, before)).toEqual({ total: 3, done: 3, failed: 0 });
      await engines.postgres().away(async () => {
        await expectRefused(agent, 'D');
        expect((await fetch(`http://127.0.0.1:${portOf(agent, 'http')}/readyz`)).status).toBe(503);
      });
      await expectTaken(agent, 'D');
      expect(await settledSince(agent, before)).toEqual({ total: 6, done: 6, failed: 0 });
      expect(agent.process.exitCode).toBeNull();
    });

    it('a queue that is away is not noticed by senders', async () => {
      const agent = await sharedAgent();
      const before = await engines.settled(agent.data);
      await engines.redis().stop();
      await expectTaken(agent, 'E');
      await engines.redis().start();
      expect(await settledSince(agent, before)).toEqual({ total: 3, done: 3, failed: 0 });
    });

    it("a database's full disk refuses, keeps what was taken, and takes when there is room, without a start", async () => {
      const disk = await engines.postgres().fullDisk();
      const agent = await engines.start({ env: { DATABASE_URL: disk.url } });
      await expectTaken(agent, 'A', big);
      await disk.fill();
      await expectRefused(agent, 'B', big);
      expect(readFileSync(join(engines.postgres().folder ?? '', 'server.log'), 'utf8')).toMatch(
        /No space left on device|disk_full/,
      );
      expect(agent.process.exitCode).toBeNull();
      await disk.relieve();
      await expectTaken(agent, 'B', big);
      expect(await engines.settled({ url: disk.url })).toMatchObject({ total: 6, done: 6, failed: 0 });
    });
  } else {
    it('a file system that takes no more refuses, the agent lives, and nothing is lost once there is room', async () => {
      // A limit on the size of files stands for the full disk: the kernel refuses the write in the same place.
      const data = freshData();
      const agent = await engines.start({ data, fileSize: 6 * 2 ** 20 });
      const client = await mllpClient(portOf(agent, 'mllp'));
      let taken = 0;
      for (let refused = false; taken < 12 && !refused; ) {
        refused = await client.send(big(`D${taken}`)).then(
          () => false,
          () => true,
        );
        if (!refused) taken++;
      }
      expect(taken).toBeGreaterThan(0);
      expect(taken).toBeLessThan(12);
      await expectRefused(agent, 'E', big);
      expect(agent.process.exitCode).toBeNull();
      await agent.stop('SIGKILL');

      const roomier = await engines.start({ data });
      const ledger = await engines.ledger(data);
      expect((await ledger.messages.counts()).total).toBe(taken);
      await ledger.close();
      // Keys are told by the first start only.
      await expectTaken({ ...roomier, apiKey: agent.apiKey }, 'E', big);
      expect(await engines.settled(data)).toMatchObject({ total: taken + 3, failed: 0 });
    });
  }

  /** Takes the right to write that processes of one ledger take turns with; resolves with what gives it back. */
  async function holdWriting(data: string): Promise<() => Promise<void>> {
    const place = engines.place(data);
    if ('path' in place) {
      const other = new DatabaseSync(place.path);
      other.exec('BEGIN IMMEDIATE');
      return async () => {
        other.exec('ROLLBACK');
        other.close();
      };
    }
    const other = new Client({ connectionString: place.url });
    await other.connect();
    await other.query(`BEGIN; ${LOCK_WRITING}`);
    return async () => {
      await other.query('ROLLBACK');
      await other.end();
    };
  }
});
