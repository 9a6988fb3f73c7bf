import { describe, expect, it } from 'vitest';
import { freshData, portOf, type RunningAgent } from '../support/agent.ts';
import { PAIRS, useEngines } from '../support/engines.ts';
import { type MllpClient, mllpClient } from '../support/mllp-client.ts';
import { oru } from '../support/oru.ts';

/**
 * On SQLite the process that dies is the one that writes the file: twenty moments. On PostgreSQL it dies as a client does, and what it
 * was in the middle of is rolled back by a server that lives: six. A server that restarts under load is in cluster.test.ts.
 */
const KILLS = { 'SQLite and the queue in process': 20, 'PostgreSQL and Redis': 4 };
const PER_ROUND = 80;

/** Messages of one sender that wait for their answers: few enough that answers come in several commits. */
const LANES = 16;

/** Sends until the connection breaks; returns which control ids were acknowledged. `onAnswer` is told how many there are so far. */
async function load(
  agent: RunningAgent,
  controls: readonly string[],
  onAnswer: (answered: number) => void = () => undefined,
): Promise<Set<string>> {
  const acknowledged = new Set<string>();
  const client: MllpClient = await mllpClient(portOf(agent, 'mllp'));
  const waiting = controls.values();
  async function lane(): Promise<void> {
    for (const control of waiting) {
      const answer = await client.send(oru(control, 5));
      if (!answer.includes(`MSA|AA|${control}`)) continue;
      acknowledged.add(control);
      onAnswer(acknowledged.size);
    }
  }
  await Promise.allSettled(Array.from({ length: LANES }, lane));
  client.end();
  return acknowledged;
}

describe.each(PAIRS)('SIGKILL in mid-load, at random moments, on %s', (pair) => {
  const engines = useEngines(pair);
  const kills = KILLS[pair];

  it(`loses nothing that was acknowledged and stores nothing twice, ${kills} times`, { timeout: 480_000 }, async () => {
    const data = freshData();
    const sent: string[] = [];
    const acknowledged = new Set<string>();
    for (let round = 0; round < kills; round++) {
      const agent = await engines.start({ data });
      const controls = Array.from({ length: PER_ROUND }, (_, index) => `K${round * PER_ROUND + index}`);
      sent.push(...controls);
      // So many answers into the load, and up to some commits later.
      const answers = 1 + Math.floor(Math.random() * (PER_ROUND / 2));
      const killed = Promise.withResolvers<unknown>();
      const onAnswer = (answered: number): void => {
        if (answered === answers) setTimeout(() => killed.resolve(agent.stop('SIGKILL')), Math.random() * 20);
      };
      for (const control of await load(agent, controls, onAnswer)) acknowledged.add(control);
      await killed.promise;
      expect(await agent.ended).toBe('SIGKILL');
    }

    // Killed in mid-load: some were answered, some were not.
    expect(acknowledged.size).toBeGreaterThan(0);
    expect(acknowledged.size).toBeLessThan(sent.length);

    const agent = await engines.start({ data });
    const before = await engines.settled(data);
    expect(before.total).toBeGreaterThanOrEqual(acknowledged.size);
    expect(before).toMatchObject({ pending: 0, failed: 0, done: before.total });

    // A sender whose answer was lost sends again. What was stored is a duplicate; the rest is new.
    const again = await load(agent, sent);
    expect(again.size).toBe(sent.length);
    const after = await engines.settled(data);
    expect(after).toMatchObject({ total: sent.length, done: sent.length, pending: 0, failed: 0 });
    // Every acknowledged one was there: the second sending of it stored nothing.
    expect(after.duplicates - before.duplicates).toBe(before.total);

    const ledger = await engines.ledger(data);
    const [unregistered, ...others] = (await ledger.incidents.list({ limit: 10 })).rows;
    await ledger.close();
    expect(others).toEqual([]);
    expect(unregistered).toMatchObject({ reason: 'flow.unregistered', messages: sent.length });
    expect(await agent.stop()).toBe(0);
  });
});
