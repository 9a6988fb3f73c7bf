import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { portOf, type RunningAgent } from '../support/agent.ts';
import { settled } from '../support/ledger.ts';
import { mllpClient } from '../support/mllp-client.ts';
import { oru } from '../support/oru.ts';
import { permittedFlow } from '../support/permitted-flow.ts';
import { type BenchAgent, benchEngines, type On } from './engines.ts';
import { median, percentile, type Ratio } from './measure.ts';

const CONNECTIONS = 4;
/** Messages of one connection that wait for their answer. */
const PIPELINE = 64;
const OBSERVATIONS = 5;
const ROUNDS = 3;
const PER_ROUND = 12_000;
/** With a commit for each, as many as before would wait longer than an answer may take, and be shed. */
const SINGLE = { messages: 1_500, pipeline: 4 };

/** Messages of one patient: a stay of a few days has dozens. A patient who was never seen before costs the ledger more (docs/performance.md). */
const OF_ONE_PATIENT = 12;

let serial = 0;

/** Messages are made before the clock starts: the sender shares the cores with what it measures. */
export function prepare(count: number): Buffer[] {
  return Array.from({ length: count }, () => {
    const number = serial++;
    return oru(`B${number}`, OBSERVATIONS, [], Math.floor(number / OF_ONE_PATIENT));
  });
}

/** Messages per second: until the last answer, and until the last scan, since accepts run ahead of scans for a while. */
interface Flooded {
  readonly accepted: number;
  readonly scanned: number;
}

/** As fast as answers come, counted from the first byte. */
export async function flood({ agent, place }: BenchAgent, messages: readonly Buffer[], pipeline = PIPELINE): Promise<Flooded> {
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => mllpClient(portOf(agent, 'mllp'))));
  let next = 0;
  const start = performance.now();
  const worker = async (send: (message: Uint8Array) => Promise<string>): Promise<void> => {
    for (let message = messages[next++]; message !== undefined; message = messages[next++]) {
      if (!(await send(message)).includes('MSA|AA|')) throw new Error('a message was not accepted');
    }
  };
  await Promise.all(clients.flatMap((client) => Array.from({ length: pipeline }, () => worker(client.send))));
  const answered = performance.now() - start;
  for (const client of clients) client.end();
  await settled(place, 300_000);
  const scanned = performance.now() - start;
  return { accepted: (messages.length / answered) * 1000, scanned: (messages.length / scanned) * 1000 };
}

/** At a steady pace. Returns the milliseconds of every answer. */
async function pace({ agent }: BenchAgent, messages: readonly Buffer[], perSecond: number): Promise<number[]> {
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => mllpClient(portOf(agent, 'mllp'))));
  const answers: Promise<number>[] = [];
  const start = performance.now();
  for (const [index, message] of messages.entries()) {
    const due = start + (index / perSecond) * 1000;
    while (performance.now() < due) await sleep(1);
    const client = clients[index % clients.length];
    if (client === undefined) continue;
    const sent = performance.now();
    answers.push(client.send(message).then(() => performance.now() - sent));
  }
  const latencies = await Promise.all(answers);
  for (const client of clients) client.end();
  return latencies;
}

/** Runs with an agent of these engines, each time with a new ledger. */
type WithAgent = <T>(groupCommit: number, run: (agent: BenchAgent) => Promise<T>) => Promise<T>;

async function onEngines<T>(on: On, bench: (withAgent: WithAgent) => Promise<T>): Promise<T> {
  const engines = await benchEngines(on !== 'sqlite');
  const flows = permittedFlow();
  try {
    return await bench(async (groupCommit, run) => {
      const agent = await engines.start(on, { CORDON_LEDGER_GROUP_COMMIT: String(groupCommit), CORDON_FLOWS: flows });
      try {
        await flood(agent, prepare(1_000), groupCommit === 1 ? SINGLE.pipeline : PIPELINE);
        return await run(agent);
      } finally {
        await agent.stop();
      }
    });
  } finally {
    await engines.close();
    rmSync(flows, { recursive: true, force: true });
  }
}

const GROUP = 512;

/** Of a ratio's name, on engines other than the embedded ones. */
export function suffix(on: On): string {
  return on === 'sqlite' ? '' : '-pg';
}

/** Durable accepts over MLLP while every message is scanned, in groups of one commit against a commit for each. */
export function benchAccept(on: On): Promise<Ratio[]> {
  return onEngines(on, async (withAgent) => {
    const grouped: Flooded[] = [];
    const single: Flooded[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      grouped.push(await withAgent(GROUP, (agent) => flood(agent, prepare(PER_ROUND))));
      single.push(await withAgent(1, (agent) => flood(agent, prepare(SINGLE.messages), SINGLE.pipeline)));
    }
    const rate = median(grouped.map(({ accepted }) => accepted));
    const latencies: number[] = [];
    // Of one agent alone, one pause of the garbage collector in ten seconds would be the slowest answer in a hundred, or would not be met at all.
    for (let round = 0; round < ROUNDS; round++) {
      const answers = await withAgent(GROUP, async (agent) => {
        // Until the compiler has seen the whole path often enough, answers measure the compiler.
        await flood(agent, prepare(PER_ROUND));
        return pace(agent, prepare(Math.floor(rate * 5)), rate / 2);
      });
      latencies.push(...answers);
    }
    const p99 = percentile(latencies, 99);
    return [
      ratioOf(`accept${suffix(on)}`, 'durable accepts over MLLP with scanning on, group commit ÷ one commit per message', 3, [
        rate,
        median(single.map(({ accepted }) => accepted)),
        'messages/s',
      ]),
      ratioOf(`accept${suffix(on)}+scan`, 'the same until the last message is scanned', null, [
        median(grouped.map(({ scanned }) => scanned)),
        median(single.map(({ scanned }) => scanned)),
        'messages/s',
      ]),
      {
        name: `accept${suffix(on)}-p99`,
        of: `50 ms ÷ p99 of the answer at half that load (${Math.round(rate / 2)} messages/s)`,
        ratio: 50 / p99,
        bar: 1,
        ours: p99,
        theirs: 50,
        unit: 'ms',
      },
    ];
  });
}

function ratioOf(name: string, of: string, bar: number | null, [ours, theirs, unit]: [number, number, string]): Ratio {
  return { name, of, ratio: ours / theirs, bar, ours, theirs, unit };
}

function residentBytes(agent: RunningAgent): number {
  const status = readFileSync(`/proc/${agent.process.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

/** Resident memory after each tenth of a long run, scans included: the last half against the first. */
export function benchMemory(on: On, total = 100_000): Promise<Ratio> {
  return onEngines(on, (withAgent) =>
    withAgent(GROUP, async (agent) => {
      const sizes: number[] = [];
      for (let tenth = 0; tenth < 10; tenth++) {
        await flood(agent, prepare(total / 10));
        sizes.push(residentBytes(agent.agent));
      }
      const early = median(sizes.slice(1, 5));
      const late = median(sizes.slice(6));
      return {
        name: `memory${suffix(on)}`,
        of: `resident memory, last four tenths ÷ second to fifth tenth of ${total} messages`,
        ratio: late / early,
        bar: null,
        ours: late / 2 ** 20,
        theirs: early / 2 ** 20,
        unit: 'MiB',
      };
    }),
  );
}
