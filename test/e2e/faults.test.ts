import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshData, portOf, type RunningAgent } from '../support/agent.ts';
import { type Engines, PAIRS, useEngines } from '../support/engines.ts';
import { frame, mllpClient } from '../support/mllp-client.ts';
import { oru } from '../support/oru.ts';

function post(agent: RunningAgent, body: Uint8Array): Promise<Response> {
  return fetch(`http://127.0.0.1:${portOf(agent, 'http')}/v1/messages`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${agent.apiKey ?? ''}`, 'Content-Type': 'text/plain' },
    body: Buffer.from(body),
  });
}

/** Bytes that look random and are the same in every run. */
function noise(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let index = 0, state = seed; index < length; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[index] = state >>> 16;
  }
  return bytes;
}

/** What is spoiled of an agent's data, how it is then started, and what it says of that. */
type Case = [string, (data: string) => Spoiled | Promise<Spoiled>];
interface Spoiled {
  readonly env?: Record<string, string>;
  readonly remedy: RegExp;
}

const fileCases: Case[] = [
  [
    'a ledger that is no database',
    (data) => {
      writeFileSync(join(data, 'ledger.db'), noise(8192, 3));
      return { remedy: /ledger\.db/ };
    },
  ],
];

const clusterCases = ({ postgres }: Engines): Case[] => [
  [
    "a database with somebody else's tables",
    async () => {
      const url = await postgres().database();
      await execute(url, 'CREATE TABLE messages (id integer)');
      return { env: { DATABASE_URL: url }, remedy: /^.*:\d+\/cordon_test_\w+: .*/m };
    },
  ],
  ['a URL that is none', () => ({ env: { DATABASE_URL: 'mysql://cordon:Quillfeather@db/x' }, remedy: /DATABASE_URL/ })],
];

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

describe.each(PAIRS)('on %s', { timeout: 120_000 }, (pair) => {
  const engines = useEngines(pair);
  /** One for all: what is no message leaves it as it was, and what is spoiled for a start is a copy of what it left. */
  let agent: RunningAgent;
  beforeAll(async () => {
    agent = await engines.start();
  });

  describe('what is no message', () => {
    it('is taken, quarantined and scanned, over HTTP and MLLP', async () => {
      const whole = oru('F1');
      const bodies = [
        Buffer.alloc(0),
        noise(1, 1),
        noise(5_000, 2),
        Buffer.alloc(100_000, 0x7c),
        Buffer.from('{"patient":"none"}'),
        whole.subarray(0, 6),
        whole.subarray(40),
      ];
      for (const body of bodies) {
        const response = await post(agent, body);
        expect(response.status).toBe(202);
        expect(await response.json()).toMatchObject({ quarantined: true });
      }
      const client = await mllpClient(portOf(agent, 'mllp'));
      // No framing byte inside, or it would be two frames.
      for (const body of bodies.slice(1)) {
        const inside = Buffer.from(body.filter((byte) => byte !== 0x0b && byte !== 0x1c));
        expect(await client.send(inside)).toContain('MSA|AA|');
      }
      client.end();
      const counts = await engines.settled(agent.data);
      expect(counts).toMatchObject({ failed: 0, quarantined: counts.total, total: bodies.length * 2 - 1 });
    });

    it('a message cut off in mid-frame is kept when the connection ends', async () => {
      const before = await engines.settled(agent.data);
      const socket = connect(portOf(agent, 'mllp'), '127.0.0.1');
      socket.end(frame(oru('F2')).subarray(0, 900));
      await new Promise((resolve) => socket.once('close', resolve));
      const { total, quarantined } = await engines.settled(agent.data);
      expect([total - before.total, quarantined - before.quarantined]).toEqual([1, 1]);
    });
  });

  describe('a listener', () => {
    it('that stops answers what it has read', async () => {
      const before = await engines.settled(agent.data);
      const client = await mllpClient(portOf(agent, 'mllp'));
      const answers = Array.from({ length: 50 }, (_, index) => client.send(oru(`S${index}`)));
      await answers[0];
      await sleep(5);
      const ended = agent.stop();
      const settledAnswers = await Promise.allSettled(answers);
      expect(await ended).toBe(0);
      const answered = settledAnswers.filter(({ status }) => status === 'fulfilled').length;
      const ledger = await engines.ledger(agent.data);
      expect((await ledger.messages.counts()).total - before.total).toBe(answered);
      await ledger.close();
    });
  });

  describe('a start that cannot be', () => {
    const cases: Case[] = [
      [
        'a keyring that others may read',
        (data) => {
          chmodSync(join(data, 'keyring.json'), 0o644);
          return { remedy: /chmod 600/ };
        },
      ],
      [
        'a ledger without its keyring',
        (data) => {
          rmSync(join(data, 'keyring.json'));
          return { remedy: /keyring\.json.*Put back/ };
        },
      ],
      [
        "another ledger's keyring",
        (data) => {
          const key = JSON.parse(readFileSync(join(data, 'keyring.json'), 'utf8'));
          writeFileSync(join(data, 'keyring.json'), JSON.stringify({ ...key, digest: Buffer.alloc(32).toString('base64url') }));
          return { remedy: /keyring\.json/ };
        },
      ],
      [
        'a flow policy that is no policy',
        (data) => {
          mkdirSync(join(data, 'flows'));
          writeFileSync(join(data, 'flows', 'bad.yaml'), 'id: lab\ntitle: Lab\nstatus: activ\n');
          return { env: { CORDON_FLOWS: join(data, 'flows') }, remedy: /bad\.yaml:3: flow "lab": status.*shadow/ };
        },
      ],
      [
        'YAML that is none',
        (data) => {
          mkdirSync(join(data, 'flows'));
          writeFileSync(join(data, 'flows', 'bad.yaml'), 'id: [lab\n');
          return { env: { CORDON_FLOWS: join(data, 'flows') }, remedy: /bad\.yaml:\d+/ };
        },
      ],
      ['a port that is no port', () => ({ env: { CORDON_MLLP_PORT: '70000' }, remedy: /CORDON_MLLP_PORT/ })],
      ...(pair === 'PostgreSQL and Redis' ? clusterCases(engines) : fileCases),
    ];
    beforeAll(async () => {
      await agent.stop();
    });
    it.each(cases)('%s: one line that names the place and the way out, exit code 2 or 1', async (_what, spoil) => {
      const data = freshData();
      cpSync(agent.data, data, { recursive: true });
      const { env = {}, remedy } = await spoil(data);
      const failure = await engines.start({ data, env: { ...(await engines.env(agent.data)), ...env } }).then(
        () => 'it started',
        (error: Error) => error.message,
      );
      expect(failure).toMatch(remedy);
      expect(failure).not.toContain('    at ');
      // The password of a URL.
      expect(failure).not.toContain('Quillfeather');
    });
  });
});
