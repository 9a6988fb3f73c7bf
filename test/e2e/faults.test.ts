import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { freshData, portOf, type RunningAgent, startAgent } from '../support/agent.ts';
import { openTestLedger, settled } from '../support/ledger.ts';
import { frame, mllpClient } from '../support/mllp-client.ts';
import { oru } from '../support/oru.ts';

const agents: RunningAgent[] = [];
const folders: string[] = [];

async function start(options: Parameters<typeof startAgent>[0] = {}): Promise<RunningAgent> {
  const agent = await startAgent(options);
  agents.push(agent);
  folders.push(agent.data);
  return agent;
}

function folder(): string {
  const data = freshData();
  folders.push(data);
  return data;
}

afterEach(async () => {
  for (const agent of agents.splice(0)) await agent.stop();
  for (const data of folders.splice(0)) rmSync(data, { recursive: true, force: true });
});

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

describe('what is no message', () => {
  it('is taken, quarantined and scanned, over HTTP and MLLP', async () => {
    const agent = await start();
    const whole = oru('F1');
    const bodies = [
      Buffer.alloc(0),
      noise(1, 1),
      noise(5_000, 2),
      Buffer.alloc(100_000, 0x7c),
      Buffer.from('{"resourceType":"Patient"}'),
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
    const counts = await settled(agent.data);
    expect(counts).toMatchObject({ failed: 0, quarantined: counts.total, total: bodies.length * 2 - 1 });
  });

  it('a message cut off in mid-frame is kept when the connection ends', async () => {
    const agent = await start();
    const socket = connect(portOf(agent, 'mllp'), '127.0.0.1');
    socket.end(frame(oru('F2')).subarray(0, 900));
    await new Promise((resolve) => socket.once('close', resolve));
    expect(await settled(agent.data)).toMatchObject({ total: 1, quarantined: 1 });
  });
});

describe('a start that cannot be', () => {
  const cases: [string, (data: string) => { env?: Record<string, string>; remedy: RegExp }][] = [
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
        const other = freshData();
        folders.push(other);
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
    [
      'a ledger that is no database',
      (data) => {
        writeFileSync(join(data, 'ledger.db'), noise(8192, 3));
        return { remedy: /ledger\.db/ };
      },
    ],
  ];
  it.each(cases)('%s: one line that names the place and the way out, exit code 2 or 1', async (_what, spoil) => {
    const first = await startAgent();
    folders.push(first.data);
    await first.stop();
    const { env = {}, remedy } = spoil(first.data);
    const failure = await startAgent({ data: first.data, env }).then(
      (agent) => {
        agents.push(agent);
        return 'it started';
      },
      (error: Error) => error.message,
    );
    expect(failure).toMatch(remedy);
    expect(failure).not.toContain('    at ');
  });
});

describe('a full disk', () => {
  it('a vault at its quota: 503 with Retry-After, MLLP closed without an answer, and nothing lost once there is room', async () => {
    const agent = await start({ env: { CORDON_VAULT_QUOTA: '1MiB' } });
    const stuck = Buffer.concat([oru('F3'), Buffer.alloc(2 ** 20, 0x41)]);
    expect((await post(agent, stuck)).status).toBe(202);
    const refused = await post(agent, oru('F4'));
    expect(refused.status).toBe(503);
    expect(refused.headers.get('Retry-After')).toMatch(/^\d+$/);
    const client = await mllpClient(portOf(agent, 'mllp'));
    await expect(client.send(oru('F4'))).rejects.toThrow('closed');
    await agent.stop();
    agents.length = 0;

    const roomier = await start({ data: agent.data, env: { CORDON_VAULT_QUOTA: '1GiB' } });
    const again = await mllpClient(portOf(roomier, 'mllp'));
    expect(await again.send(oru('F4'))).toContain('MSA|AA|F4');
    expect(await settled(agent.data)).toMatchObject({ total: 2, done: 2 });
  });

  it('a file system that takes no more: senders are told to come again, the agent lives, and goes on when there is room', async () => {
    const data = folder();
    // A limit on the size of files stands for the full disk: the kernel refuses the write in the same place.
    const agent = await limited(data, 6 * 2 ** 20);
    const client = await mllpClient(portOf(agent, 'mllp'));
    const big = (control: string): Buffer => Buffer.concat([oru(control), Buffer.alloc(2 ** 20, 0x41)]);
    const acknowledged: string[] = [];
    let refused = 0;
    for (let index = 0; index < 12 && refused === 0; index++) {
      await client.send(big(`D${index}`)).then(
        () => acknowledged.push(`D${index}`),
        () => refused++,
      );
    }
    expect(refused).toBe(1);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect((await post(agent, big('D99'))).status).toBe(503);
    expect(agent.process.exitCode).toBeNull();
    await agent.stop('SIGKILL');
    agents.length = 0;

    const roomier = await start({ data });
    const ledger = await openTestLedger(data);
    expect((await ledger.messages.counts()).total).toBe(acknowledged.length);
    await ledger.close();
    const again = await mllpClient(portOf(roomier, 'mllp'));
    expect(await again.send(big('D99'))).toContain('MSA|AA|D99');
    expect(await settled(data)).toMatchObject({ total: acknowledged.length + 1, failed: 0 });
  });
});

/** The agent under a limit on file sizes (bytes), set by the shell that starts it. */
async function limited(data: string, bytes: number): Promise<RunningAgent> {
  const agent = await startAgent({ data, fileSize: bytes });
  agents.push(agent);
  return agent;
}

describe('a listener', () => {
  it('that stops answers what it has read', async () => {
    const agent = await start();
    const client = await mllpClient(portOf(agent, 'mllp'));
    const answers = Array.from({ length: 50 }, (_, index) => client.send(oru(`S${index}`)));
    await answers[0];
    await sleep(5);
    const ended = agent.stop();
    const settledAnswers = await Promise.allSettled(answers);
    expect(await ended).toBe(0);
    const answered = settledAnswers.filter(({ status }) => status === 'fulfilled').length;
    const ledger = await openTestLedger(agent.data);
    expect((await ledger.messages.counts()).total).toBe(answered);
    await ledger.close();
  });
});
