import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toolPath } from '../setup/tools.ts';
import { portOf, type RunningAgent } from '../support/agent.ts';
import { makeAuthority } from '../support/certificates.ts';
import { PAIRS, useEngines } from '../support/engines.ts';
import { frame } from '../support/mllp-client.ts';
import { oru } from '../support/oru.ts';

/** Clients that we did not write, against the agent as an operator starts it. */
const authority = makeAuthority();
const stranger = makeAuthority('/CN=Somebody else');
const file = (name: string): string => join(authority.folder, name);
let agent: RunningAgent;

beforeAll(() => {
  for (const [name, pair] of [
    ['server', authority.issue('/CN=localhost')],
    ['client', authority.issue('/O=Hospital/CN=lis')],
    ['stranger', stranger.issue('/O=Hospital/CN=lis')],
  ] as const) {
    writeFileSync(file(`${name}.pem`), pair.cert);
    writeFileSync(file(`${name}.key`), pair.key);
  }
});

afterAll(() => {
  authority.remove();
  stranger.remove();
});

interface Ran {
  readonly code: number | null;
  readonly out: string;
}

/** Runs a client; input is given slowly enough that one that reads answers until end of input still gets them. */
function run(program: string, args: readonly string[], input: Uint8Array | null = null): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    let out = '';
    const timer = setTimeout(() => child.kill(), 10_000);
    const read = (chunk: Buffer): void => {
      out += chunk.toString('latin1');
      if (input !== null && out.includes('MSA|')) child.stdin.end();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.stdin.on('error', () => child.kill());
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, out });
    });
    if (input === null) child.stdin.end();
    else child.stdin.write(input);
  });
}

function messageFile(control: string): string {
  const path = file(`${control}.hl7`);
  writeFileSync(path, oru(control));
  return path;
}

const tls = (...more: string[]): string[] => [
  's_client',
  '-quiet',
  '-no_ign_eof',
  '-connect',
  `localhost:${portOf(agent, 'mllp-tls')}`,
  '-CAfile',
  file('ca.pem'),
  '-verify_return_error',
  ...more,
];

describe.each(PAIRS)('real clients, on %s', { timeout: 120_000 }, (pair) => {
  const engines = useEngines(pair);
  beforeAll(async () => {
    agent = await engines.start({
      env: {
        CORDON_MLLP_TLS_CERTIFICATE: file('server.pem'),
        CORDON_MLLP_TLS_KEY: file('server.key'),
        CORDON_MLLP_TLS_CA: file('ca.pem'),
      },
    });
  });

  it('curl posts with a key, and is told apart from one without', async () => {
    const url = `http://127.0.0.1:${portOf(agent, 'http')}/v1/messages`;
    const post = (key: string): Promise<Ran> =>
      run(toolPath('curl'), [
        '-s',
        '-w',
        ' %{http_code}',
        '--data-binary',
        `@${messageFile('C1')}`,
        '-H',
        `Authorization: Bearer ${key}`,
        url,
      ]);
    expect((await post(agent.apiKey ?? '')).out).toMatch(/"duplicate":false,"quarantined":false\} 202$/);
    expect((await post('cdn_000000000000_wrong')).out).toMatch(/ 401$/);
  });

  it('mllp_send delivers and gets its acknowledgment', async () => {
    const { code, out } = await run(toolPath('mllp_send'), [
      '--loose',
      '-p',
      String(portOf(agent, 'mllp')),
      '-f',
      messageFile('C2'),
      '127.0.0.1',
    ]);
    expect(out).toContain('MSA|AA|C2');
    expect(code).toBe(0);
  });

  it('openssl s_client delivers with a certificate of ours', async () => {
    const { out } = await run(
      toolPath('openssl'),
      tls('-cert', file('client.pem'), '-key', file('client.key')),
      frame(oru('C3')),
    );
    expect(out).toContain('MSA|AA|C3');
  });

  it.each([
    ["a stranger's certificate", () => tls('-cert', file('stranger.pem'), '-key', file('stranger.key'))],
    ['no certificate', () => tls()],
    ['TLS 1.1', () => tls('-tls1_1', '-cipher', 'ALL:@SECLEVEL=0', '-cert', file('client.pem'), '-key', file('client.key'))],
    [
      'static RSA key exchange',
      () => tls('-tls1_2', '-cipher', 'AES128-SHA', '-cert', file('client.pem'), '-key', file('client.key')),
    ],
  ])('openssl s_client with %s is refused', async (_what, args) => {
    const { out, code } = await run(toolPath('openssl'), args(), frame(oru('C4')));
    expect(out).not.toContain('MSA|');
    expect(code).not.toBe(0);
  });

  it('stores and scans what was delivered, and raises what was refused', async () => {
    expect(await engines.settled(agent.data)).toMatchObject({ total: 3, done: 3, quarantined: 0 });
    const ledger = await engines.ledger(agent.data);
    const { rows } = await ledger.messages.list({ limit: 10 });
    const incidents = (await ledger.incidents.list({ limit: 10 })).rows;
    await ledger.close();
    expect(rows.map(({ listener }) => listener).sort()).toEqual(['http', 'mllp', 'mllp-tls']);
    expect(rows.every(({ type, verdict }) => type === 'ORU^R01' && verdict === 'flagged')).toBe(true);
    const refused = incidents.filter(({ reason }) => reason === 'credentials').map(({ destination }) => destination);
    expect(refused.sort()).toEqual(['http', 'mllp-tls']);
  });
});
