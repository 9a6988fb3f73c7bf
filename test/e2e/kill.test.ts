import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { freshData, portOf, type RunningAgent, startAgent } from '../support/agent.ts';
import { openTestLedger, settled } from '../support/ledger.ts';
import { type MllpClient, mllpClient } from '../support/mllp-client.ts';
import { oru } from '../support/oru.ts';

const KILLS = 20;
const PER_ROUND = 150;
const data = freshData();

afterAll(() => rmSync(data, { recursive: true, force: true }));

/** Sends until the connection breaks; returns which control ids were acknowledged. */
async function load(agent: RunningAgent, controls: readonly string[]): Promise<Set<string>> {
  const acknowledged = new Set<string>();
  const client: MllpClient = await mllpClient(portOf(agent, 'mllp'));
  await Promise.allSettled(
    controls.map(async (control) => {
      const answer = await client.send(oru(control, 5));
      if (answer.includes(`MSA|AA|${control}`)) acknowledged.add(control);
    }),
  );
  client.end();
  return acknowledged;
}

describe('SIGKILL in mid-load, at random moments', () => {
  it(`loses nothing that was acknowledged and stores nothing twice, ${KILLS} times`, { timeout: 240_000 }, async () => {
    const sent: string[] = [];
    const acknowledged = new Set<string>();
    for (let round = 0; round < KILLS; round++) {
      const agent = await startAgent({ data });
      const controls = Array.from({ length: PER_ROUND }, (_, index) => `K${round * PER_ROUND + index}`);
      sent.push(...controls);
      const delay = 5 + Math.floor(Math.random() * 120);
      const killed = new Promise<void>((resolve) => {
        setTimeout(() => {
          agent.stop('SIGKILL').then(() => resolve(), resolve);
        }, delay);
      });
      for (const control of await load(agent, controls)) acknowledged.add(control);
      await killed;
      expect(await agent.ended).toBe('SIGKILL');
    }

    // Killed in mid-load: some were answered, some were not.
    expect(acknowledged.size).toBeGreaterThan(0);
    expect(acknowledged.size).toBeLessThan(sent.length);

    const agent = await startAgent({ data });
    const before = await settled(data);
    expect(before.total).toBeGreaterThanOrEqual(acknowledged.size);
    expect(before).toMatchObject({ pending: 0, failed: 0, done: before.total });

    // A sender whose answer was lost sends again. What was stored is a duplicate; the rest is new.
    const again = await load(agent, sent);
    expect(again.size).toBe(sent.length);
    const after = await settled(data);
    expect(after).toMatchObject({ total: sent.length, done: sent.length, pending: 0, failed: 0 });
    // Every acknowledged one was there: the second sending of it stored nothing.
    expect(after.duplicates - before.duplicates).toBe(before.total);

    const ledger = await openTestLedger(data);
    const [unregistered, ...others] = (await ledger.incidents.list({ limit: 10 })).rows;
    await ledger.close();
    expect(others).toEqual([]);
    expect(unregistered).toMatchObject({ reason: 'flow.unregistered', messages: sent.length });
    expect(await agent.stop()).toBe(0);
  });
});
